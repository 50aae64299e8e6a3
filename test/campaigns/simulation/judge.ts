import type { Order } from '../../../lambda/domain/order.ts';
import { type OrderRow, orderKeyOf, orderOf } from '../../../lambda/dynamodb/items.ts';
import { checkResponse, refusalOf } from './responses.ts';
import {
  type Applied,
  type CancelOperation,
  BrokenPromise,
  type Operation,
  type PlatformOperation,
} from './history.ts';
import { linearize } from './linearizability.ts';
import { type FinalCancellation, orderModel, standingOf } from './order-model.ts';
import type { PlannedCredential } from './plan.ts';

/** A history at its end, when everything that was under way has arrived. */
export interface EndedHistory {
  readonly credentials: readonly PlannedCredential[];
  /** Those that were there from the beginning. */
  readonly orders: readonly Order[];
  readonly operations: readonly CancelOperation[];
  /** By order key. */
  readonly changes: ReadonlyMap<string, readonly PlatformOperation[]>;
  /** By the id of the cancellation. */
  readonly applied: ReadonlyMap<string, Applied>;
  orderAtEnd(orderKey: string): OrderRow | undefined;
}

/** Judges every response by itself, and those of each order together. @throws BrokenPromise */
export function judge(history: EndedHistory): void {
  const { credentials, operations, changes, applied } = history;
  const byOrder = new Map<string, Operation[]>();
  for (const [orderKey, ofOrder] of changes) byOrder.set(orderKey, [...ofOrder]);
  for (const operation of operations) {
    const isOfOrder = checkResponse(operation, credentials[operation.send.credential] as PlannedCredential);
    checkRecord(operation, applied);
    if (!isOfOrder || refusalOf(operation) === 'UNAVAILABLE') continue;
    const orderKey = orderKeyOf({ storeId: operation.storeId, orderNo: operation.request.orderNo });
    const known = byOrder.get(orderKey);
    if (known === undefined) byOrder.set(orderKey, [withoutUnknown(operation)]);
    else known.push(withoutUnknown(operation));
  }
  for (const [orderKey, ofOrder] of byOrder) judgeOrder(orderKey, ofOrder, history);
}

/**
 * A success has a record that says what was answered. Where a response says that nothing was canceled, or that something
 * failed, nothing was, not even later; only where it says that the outcome is not known, anything may be.
 */
function checkRecord(operation: CancelOperation, applied: EndedHistory['applied']): void {
  const { name, response, returnRequestId = '' } = operation;
  const refusal = refusalOf(operation);
  if (refusal !== undefined && refusal !== 'OUTCOME_UNKNOWN' && applied.has(returnRequestId)) {
    throw new BrokenPromise(`${name} was answered with ${refusal}, and was applied.`);
  }
  const data = response?.envelope.data;
  if (!data) return;
  if (applied.get(data.returnRequestId)?.record.data !== JSON.stringify(data)) {
    throw new BrokenPromise(`${name} was answered with a success that no record has.`);
  }
}

/** Where nothing is known of the effect, it may be at any time, or never. */
function withoutUnknown(operation: CancelOperation): CancelOperation {
  const isUnknown = refusalOf(operation) === 'OUTCOME_UNKNOWN';
  return isUnknown ? { ...operation, response: undefined, returnedAt: Infinity, returnedAtMs: Infinity } : operation;
}

function judgeOrder(
  orderKey: string,
  operations: readonly Operation[],
  { orders, applied, orderAtEnd }: EndedHistory,
): void {
  const initial = orders.find(({ storeId, orderNo }) => orderKeyOf({ storeId, orderNo }) === orderKey);
  const item = orderAtEnd(orderKey);
  const order = item && orderOf(item);
  const cancellations = new Map<string, FinalCancellation>();
  for (const [id, { record, shownAt }] of applied) {
    if (record.orderKey === orderKey) cancellations.set(id, { shownAt, version: Number(record.v) });
  }
  const judged = linearize(operations, orderModel(initial, { order, cancellations }));
  if (judged.ok) return;
  const fitted = judged.longest.map(({ name }) => name).join(', ');
  throw new BrokenPromise(
    `${orderKey}: no sequence of its requests explains their responses and how it ends. ` +
      `It ends as ${standingOf(order)}. The most that fits: ${fitted === '' ? 'nothing' : fitted}.`,
  );
}
