// Independent of the service on purpose in all that the write path does: it says by itself when a record decides and what a
// repeated request is, how a cancellation changes an order, which state If-Match names and what a response says. It shares
// the pure decision and the data made of it.

import { isDeepStrictEqual } from 'node:util';
import { cancellationData, type CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { describeViolation, type Violation } from '../../../lambda/contract/violations.ts';
import type { Cancellation, CancellationKind, CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { decideCancellation } from '../../../lambda/domain/decide-cancellation.ts';
import type { Order, PaymentStatus } from '../../../lambda/domain/order.ts';
import type { CancelOperation, CaptureOperation, ChangeOperation, Operation, MerchantResponse } from './history.ts';
import type { SequentialModel } from './linearizability.ts';
import { dayMs, maxSkewMs } from './plan.ts';
import { differencesFrom } from './repeats.ts';

/** One order and its records, as if every request were served alone. */
export interface OrderState {
  readonly order: Order | undefined;
  readonly records: readonly ModelRecord[];
  /** The order as it was before the latest cancellation, which it does not show until an event. */
  readonly earlier?: { readonly order: Order; readonly until: number };
}

interface ModelRecord {
  readonly key: string;
  readonly meaning: number;
  readonly request: CancellationRequest;
  readonly kind: CancellationKind;
  readonly data: CancellationData;
  readonly etag: string;
  /** When it was created, by any clock of the service. */
  readonly createdFromMs: number;
  readonly createdToMs: number;
}

/** How an order stands at the end: what every sequence has to come to. */
export interface FinalOrder {
  readonly order: Order | undefined;
  /** By id. */
  readonly cancellations: ReadonlyMap<string, FinalCancellation>;
}

export interface FinalCancellation {
  /** The event from which on the order shows it. */
  readonly shownAt: number;
  /** The version of the order that it made. */
  readonly version: number;
}

/** A function invocation is over after this time, and has taken the time of its record. */
const longestInvocationMs = 10_000;

/**
 * What section 4 of the contract promises of one order: a key's first request is decided on by the pure rules, and every
 * later one is answered from its record. A refusal says what remained at the one instant at which the order was read,
 * so it has an instant of its own like every other response, and each must be right to the letter. Only where the
 * clocks of two instances may differ about 24 hours having passed, both responses are right.
 *
 * A cancellation has two instants: its record shows, and its order. When the record is first and a twin has been answered
 * from it, the cancellation counts, and whoever reads the order before its own instant still finds what remained before.
 * Only in that time a refusal may say so, where it is also one by the order of after; and the order may have the ETag of
 * before.
 */
export function orderModel(initial: Order | undefined, final: FinalOrder): SequentialModel<Operation, OrderState> {
  return {
    initial: { order: initial, records: [] },
    apply: (state, operation) => {
      if (operation.kind === 'CAPTURE') return captured(state, operation);
      return operation.kind === 'CHANGE' ? changed(state, operation) : canceled(state, operation, final);
    },
    isFinal: ({ order, records }) =>
      records.length === final.cancellations.size && standingOf(order) === standingOf(final.order),
    keyOf: ({ order, records, earlier }) =>
      `${standingOf(order)} ${earlier?.until} ${records
        .map(({ key }) => key)
        .sort()
        .join()}`,
  };
}

function captured(state: OrderState, operation: CaptureOperation): OrderState | undefined {
  const { order, records } = state;
  const { statusBefore } = operation;
  if (order === undefined) return undefined;
  if (!isUnpaid(statusBefore)) {
    const mayBeRead = [order, earlierFor(operation, state)];
    return mayBeRead.some((read) => read?.paymentStatus === statusBefore) ? state : undefined;
  }
  if (order.paymentStatus !== statusBefore) return undefined;
  return { records, order: { ...order, paymentStatus: 'CAPTURED', version: order.version + 1 } };
}

/** It saw the order at the instant at which it changed it. */
function changed({ order, records }: OrderState, { before, after }: ChangeOperation): OrderState | undefined {
  return standingOf(order) === standingOf(before) ? { records, order: after } : undefined;
}

/** The order of before the latest cancellation, where an operation may have read that still. */
function earlierFor({ invokedAt }: Operation, { earlier }: OrderState): Order | undefined {
  return earlier !== undefined && invokedAt < earlier.until ? earlier.order : undefined;
}

function canceled(state: OrderState, operation: CancelOperation, final: FinalOrder): OrderState | undefined {
  const { order, records } = state;
  const { key, response } = operation;
  if (order === undefined) return isRefusal(response, orderNotFound) ? state : undefined;

  const record = records.find((earlier) => earlier.key === key);
  if (record !== undefined) return isRepeat(record, operation, order) ? state : undefined;

  const decided = decide(order, operation);
  if (!decided.ok && isRefusal(response, decided.refusal)) return state;
  const mayBeOfEarlier = response !== undefined && (!decided.ok || response.status === orderChangedStatus);
  const earlier = mayBeOfEarlier ? earlierFor(operation, state) : undefined;
  const decidedEarlier = earlier && decide(earlier, operation);
  if (decidedEarlier?.ok === false && isRefusal(response, decidedEarlier.refusal)) return state;
  return decided.ok ? applied(state, order, operation, decided.cancellation, final) : undefined;
}

type Decided =
  | { readonly ok: true; readonly cancellation: Cancellation }
  | { readonly ok: false; readonly refusal: ExpectedRefusal };

/** Whether the order is in the state that a request is meant for, and then whether the rules allow the request. */
function decide(order: Order, { request, send, ifMatch = '*' }: CancelOperation): Decided {
  const etag = etagOfVersion(order, order.version);
  if (ifMatch !== '*' && ifMatch !== etag && ifMatch !== `W/${etag}`) {
    const violations = [{ reason: 'ORDER_CHANGED', at: { header: 'If-Match' }, shown: etag }] as const;
    return { ok: false, refusal: { status: orderChangedStatus, violations, etag } };
  }
  const decision = decideCancellation(order, request, send.currencyCode);
  return decision.ok ? decision : { ok: false, refusal: { status: 400, violations: decision.violations } };
}

function applied(
  { records }: OrderState,
  order: Order,
  operation: CancelOperation,
  cancellation: Cancellation,
  final: FinalOrder,
): OrderState | undefined {
  const { key, send, request, response, returnRequestId = '' } = operation;
  const made = final.cancellations.get(returnRequestId);
  const version = order.version + 1;
  if (made?.version !== version) return undefined;
  const record: ModelRecord = {
    key,
    meaning: send.meaning,
    request,
    kind: cancellation.kind,
    data: cancellationData(cancellation, returnRequestId),
    etag: etagOfVersion(order, version),
    createdFromMs: operation.invokedAtMs - maxSkewMs,
    createdToMs: Math.min(operation.returnedAtMs, operation.invokedAtMs + longestInvocationMs) + maxSkewMs,
  };
  if (response !== undefined && (response.isReplay || !isSuccess(response, record))) return undefined;
  const canceledOf = new Map(cancellation.items.map((item) => [item.lineIndex, item.canceledAfter]));
  return {
    order: {
      ...order,
      version,
      paymentStatus: cancellation.nextStatus,
      lines: order.lines.map((line, index) => ({ ...line, canceled: canceledOf.get(index) ?? line.canceled })),
    },
    records: [...records, record],
    earlier: { order, until: made.shownAt },
  };
}

/**
 * Whether a request whose key has a record was answered as it must be, at some time that it may have been by its clock.
 */
function isRepeat(record: ModelRecord, operation: CancelOperation, order: Order): boolean {
  const { response, request, send, hasIdempotencyKey, invokedAtMs, returnedAtMs } = operation;
  if (response === undefined) return true;
  const at = { header: operation.keyHeader };
  const isOther = send.meaning !== record.meaning;
  const differences = isOther ? [] : differencesFrom(record.request, request, order, record.kind);
  if (hasIdempotencyKey && (isOther || differences.length > 0)) {
    return isRefusal(response, { status: 422, violations: [{ reason: 'IDEMPOTENCY_KEY_REUSED', at }] });
  }
  const duplicate = { reason: 'DUPLICATE_CANCELLATION', shown: record.data.returnRequestId } as const;
  if (differences.length > 0) {
    const violations = differences.map((field) => ({ ...duplicate, ruleCase: 'DIFFERS', at: { field } }) as const);
    return isRefusal(response, { status: 409, violations });
  }

  const mayBeRetry = hasIdempotencyKey || invokedAtMs - maxSkewMs - record.createdToMs <= dayMs;
  const mayBeLater = !hasIdempotencyKey && returnedAtMs + maxSkewMs - record.createdFromMs > dayMs;
  return (
    (mayBeRetry && isReplay(record, operation, response, order)) ||
    (mayBeLater && isRefusal(response, { status: 409, violations: [{ ...duplicate, at }] }))
  );
}

/** Whether the record's response was repeated, or could not be because the request is in another currency. */
function isReplay(
  record: ModelRecord,
  { send: { currencyCode } }: CancelOperation,
  response: MerchantResponse,
  order: Order,
): boolean {
  if (currencyCode === order.currencyCode) return response.isReplay && isSuccess(response, record);
  const at = { header: 'X-Currency-Code' };
  const violations = [{ reason: 'CURRENCY_MISMATCH', at, shown: order.currencyCode }] as const;
  return isRefusal(response, { status: 400, violations });
}

function isSuccess({ status, envelope, etag }: MerchantResponse, record: ModelRecord): boolean {
  return status === 200 && etag === record.etag && isDeepStrictEqual(envelope.data, record.data);
}

interface ExpectedRefusal {
  readonly status: number;
  readonly violations: readonly Violation[];
  readonly etag?: string;
}

const orderNotFound: ExpectedRefusal = {
  status: 404,
  violations: [{ reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } }],
};
const orderChangedStatus = 412;

function isRefusal(response: MerchantResponse | undefined, { status, violations, etag }: ExpectedRefusal): boolean {
  if (response === undefined) return true;
  if (response.status !== status || response.etag !== etag) return false;
  const errors = violations.map((violation) => describeViolation(violation, 'en'));
  return isDeepStrictEqual(response.envelope.errors, errors);
}

function etagOfVersion({ orderNo }: Order, version: number): string {
  return `"${orderNo}.${version}"`;
}

/** Whether a payment may still be captured. */
export function isUnpaid(status: PaymentStatus): boolean {
  return status === 'REQUESTED' || status === 'AUTHORIZED';
}

/** What of an order can change, in one line. */
export function standingOf(order: Order | undefined): string {
  if (order === undefined) return 'none';
  const lines = order.lines.map(
    ({ canceled: { units, amountMinor, taxMinor } }) => `${units}/${amountMinor}/${taxMinor}`,
  );
  return `${order.paymentStatus} v${order.version} ${lines.join(' ')}`;
}
