// Independent of the service on purpose in all that the write path does: it repeats by itself when a record decides, how a
// cancellation changes an order and what a response says. It shares the pure decision and the data made of it.

import { isDeepStrictEqual } from 'node:util';
import { cancellationData, type CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { describeViolation, type Violation } from '../../../lambda/contract/violations.ts';
import { decideCancellation } from '../../../lambda/domain/decide-cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancelOperation, CaptureOperation, Operation, MerchantResponse } from './history.ts';
import type { SequentialModel } from './linearizability.ts';
import { dayMs, maxSkewMs } from './plan.ts';

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
  readonly data: CancellationData;
  /** When it was created, by any clock of the service. */
  readonly createdFromMs: number;
  readonly createdToMs: number;
}

/** How an order stands at the end: what every sequence has to come to. */
export interface FinalOrder {
  readonly order: Order | undefined;
  /** By the id of each of its cancellations, the event from which on it shows that. */
  readonly shownAt: ReadonlyMap<string, number>;
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
 * Only in that time a refusal may say so, where it is also one by the order of after.
 */
export function orderModel(initial: Order | undefined, final: FinalOrder): SequentialModel<Operation, OrderState> {
  return {
    initial: { order: initial, records: [] },
    apply: (state, operation) =>
      operation.kind === 'CAPTURE' ? captured(state, operation) : canceled(state, operation, final),
    isFinal: ({ order, records }) =>
      records.length === final.shownAt.size && standingOf(order) === standingOf(final.order),
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
  if (statusBefore !== 'AUTHORIZED') {
    const mayBeRead = [order, earlierFor(operation, state)];
    return mayBeRead.some((read) => read?.paymentStatus === statusBefore) ? state : undefined;
  }
  if (order.paymentStatus !== statusBefore) return undefined;
  return { records, order: { ...order, paymentStatus: 'CAPTURED', version: order.version + 1 } };
}

/** The order of before the latest cancellation, where an operation may have read that still. */
function earlierFor({ invokedAt }: Operation, { earlier }: OrderState): Order | undefined {
  return earlier !== undefined && invokedAt < earlier.until ? earlier.order : undefined;
}

function canceled(state: OrderState, operation: CancelOperation, final: FinalOrder): OrderState | undefined {
  const { order, records } = state;
  const { key, request, response, send } = operation;
  if (order === undefined) return isRefusal(response, 404, orderNotFound) ? state : undefined;

  const record = records.find((earlier) => earlier.key === key);
  if (record !== undefined) return isRepeat(record, operation) ? state : undefined;

  const decision = decideCancellation(order, request, send.currencyCode);
  if (!decision.ok) {
    if (isRefusal(response, 400, decision.violations)) return state;
    const earlier = earlierFor(operation, state);
    const earlierDecision = earlier && decideCancellation(earlier, request, send.currencyCode);
    const isOfEarlier = earlierDecision?.ok === false && isRefusal(response, 400, earlierDecision.violations);
    return isOfEarlier ? state : undefined;
  }

  const { returnRequestId = '' } = operation;
  const shownAt = final.shownAt.get(returnRequestId);
  if (shownAt === undefined) return undefined;
  const { cancellation } = decision;
  const data = cancellationData(cancellation, returnRequestId);
  if (response !== undefined && !(isSuccess(response, data) && !response.isReplay)) return undefined;
  const canceledOf = new Map(cancellation.items.map((item) => [item.lineIndex, item.canceledAfter]));
  return {
    order: {
      ...order,
      version: order.version + 1,
      paymentStatus: cancellation.nextStatus,
      lines: order.lines.map((line, index) => ({ ...line, canceled: canceledOf.get(index) ?? line.canceled })),
    },
    records: [
      ...records,
      {
        key,
        meaning: send.meaning,
        data,
        createdFromMs: operation.invokedAtMs - maxSkewMs,
        createdToMs: Math.min(operation.returnedAtMs, operation.invokedAtMs + longestInvocationMs) + maxSkewMs,
      },
    ],
    earlier: { order, until: shownAt },
  };
}

const orderNotFound: readonly Violation[] = [{ reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } }];

/** Whether a request whose key has a record was answered as it must be, at some time that it may have been by its clock. */
function isRepeat(record: ModelRecord, { response, send, hasIdempotencyKey, ...times }: CancelOperation): boolean {
  if (response === undefined) return true;
  const at = { header: 'X-Idempotency-Key' };
  if (send.meaning !== record.meaning) return isRefusal(response, 422, [{ reason: 'IDEMPOTENCY_KEY_REUSED', at }]);

  const mayBeRetry = hasIdempotencyKey || times.invokedAtMs - maxSkewMs - record.createdToMs <= dayMs;
  const mayBeLater = !hasIdempotencyKey && times.returnedAtMs + maxSkewMs - record.createdFromMs > dayMs;
  const shown = record.data.returnRequestId;
  return (
    (mayBeRetry && response.isReplay && isSuccess(response, record.data)) ||
    (mayBeLater && isRefusal(response, 409, [{ reason: 'DUPLICATE_CANCELLATION', at, shown }]))
  );
}

function isSuccess({ status, envelope }: MerchantResponse, data: CancellationData): boolean {
  return status === 200 && isDeepStrictEqual(envelope.data, data);
}

function isRefusal(response: MerchantResponse | undefined, status: number, violations: readonly Violation[]): boolean {
  if (response === undefined) return true;
  if (response.status !== status) return false;
  const errors = violations.map((violation) => describeViolation(violation, 'en'));
  return isDeepStrictEqual(response.envelope.errors, errors);
}

/** What of an order can change, in one line. */
export function standingOf(order: Order | undefined): string {
  if (order === undefined) return 'none';
  const lines = order.lines.map(
    ({ canceled: { units, amountMinor, taxMinor } }) => `${units}/${amountMinor}/${taxMinor}`,
  );
  return `${order.paymentStatus} v${order.version} ${lines.join(' ')}`;
}
