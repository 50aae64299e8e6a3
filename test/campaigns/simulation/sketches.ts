import { cancellationData, type CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { describeViolation, type Violation } from '../../../lambda/contract/violations.ts';
import { applyCancellation } from '../../../lambda/domain/apply-cancellation.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { allowed, first, refused } from '../../support/decisions.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import type { CancelOperation, Operation, MerchantResponse } from './history.ts';
import { linearize } from './linearizability.ts';
import { orderModel } from './order-model.ts';
import type { Send } from './plan.ts';

// Histories of one order, made by hand: the specification's, of which 2 x 50000, 3000 and 3000 were paid.

export const captured = orderOf();
export const third = requestOf([itemOf()]);
export const second = requestOf([itemOf({ seq: 2, itemId: 'P002' })]);
export const part = requestOf([itemOf({ amount: 2000 })]);
export const units = requestOf([first]);

/** An order after these requests, and the data that each was answered with. */
export function after(order: Order, ...requests: ReadonlyArray<readonly [id: string, request: CancellationRequest]>) {
  const data: CancellationData[] = [];
  let present = order;
  for (const [id, request] of requests) {
    const cancellation = allowed(present, request);
    data.push(cancellationData(cancellation, id));
    present = applyCancellation(present, cancellation);
  }
  return { order: present, data: data as [CancellationData, ...CancellationData[]] };
}

interface Sketch {
  readonly request: CancellationRequest;
  /** From and to which event. */
  readonly at: readonly [invokedAt: number, returnedAt: number];
  readonly atMs?: number;
  readonly id?: string;
  readonly key?: string;
  readonly meaning?: number;
  readonly currencyCode?: string;
  readonly ifMatch?: string;
  readonly response?: MerchantResponse;
}

export function canceling(sketch: Sketch): CancelOperation {
  const { request, at, atMs = 0, id, key, meaning = 0, currencyCode = 'KRW', ifMatch, response } = sketch;
  return {
    kind: 'CANCEL',
    name: id ?? 'request',
    send: { request, meaning, currencyCode } as Send,
    storeId: captured.storeId,
    request,
    key: key ?? `meaning ${meaning}`,
    hasIdempotencyKey: key !== undefined,
    keyHeader: 'X-Idempotency-Key',
    ifMatch,
    invokedAt: at[0],
    invokedAtMs: atMs,
    returnedAt: at[1],
    returnedAtMs: at[1] === Infinity ? Infinity : atMs + 10,
    returnRequestId: id,
    response,
    hindrances: { faults: 0, refusals: [] },
  };
}

export function answered(status: number, envelope: object, etag?: string, isReplay = false): MerchantResponse {
  return { status, isReplay, retryAfter: undefined, etag, envelope: envelope as MerchantResponse['envelope'] };
}

export const etag = (version: number) => `"${captured.orderNo}.${version}"`;
export const success = (data: CancellationData, version = 2) => answered(200, { data }, etag(version));
export const replay = (data: CancellationData, version = 2) => answered(200, { data }, etag(version), true);
export const refusal = (status: number, ...violations: readonly Violation[]) =>
  answered(status, { data: null, errors: violations.map((violation) => describeViolation(violation, 'en')) });
export const changed = (version: number) => ({
  ...refusal(412, { reason: 'ORDER_CHANGED', at: { header: 'If-Match' }, shown: etag(version) }),
  etag: etag(version),
});
export const refusedOn = (order: Order, request: CancellationRequest) => refusal(400, ...refused(order, request));
export const at = { header: 'X-Idempotency-Key' };

export function capturing(atStep: number, statusBefore: Order['paymentStatus']): Operation {
  return { kind: 'CAPTURE', name: 'capture', invokedAt: atStep, returnedAt: atStep, statusBefore };
}

/**
 * Whether the history is sound: that it can have been, and ended like this.
 * @param ids of the cancellations, which made the last versions of the order
 * @param shownAt when the order shows them
 */
export function verdict(
  operations: readonly Operation[],
  end: Order,
  ids: readonly string[],
  start = captured,
  shownAt = 0,
): 'SOUND' | 'BROKEN' {
  const cancellations = new Map(
    ids.map((id, index) => [id, { shownAt, version: end.version - ids.length + 1 + index }]),
  );
  const model = orderModel(start, { order: end, cancellations });
  return linearize(operations, model).ok ? 'SOUND' : 'BROKEN';
}
