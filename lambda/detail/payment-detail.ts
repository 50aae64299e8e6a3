import { type CancellationData, fromDataJson } from '../contract/cancellation-data.ts';
import { formatTimestamp } from '../contract/timestamp.ts';
import type { CancellationKind, Origin } from '../domain/cancellation.ts';
import type { ExecutionState, ExecutionStatus } from '../domain/execution.ts';
import { idempotencyKeyIn, originOf } from '../domain/idempotency.ts';
import { exponentOf, toMajorUnits } from '../domain/money.ts';
import { type ItemType, type Order, type OrderLine, type PaymentStatus, remainingOf } from '../domain/order.ts';
import type { PastCancellation } from '../dynamodb/history-repository.ts';

/** `data` of EBP_API_237. Amounts are in major units: `amount` and `taxAmount` per unit, totals for the whole line. */
export interface PaymentDetail {
  readonly orderNo: string;
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly items: readonly DetailItem[];
  /** In the sequence in which they were applied. Null if there are too many to list. */
  readonly cancellations: readonly DetailCancellation[] | null;
  /** Present if there are more cancellations: send it to get the next page. */
  readonly nextToken?: string;
}

export interface DetailItem {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly taxAmount: number;
  readonly canceledQuantity: number;
  readonly totalCanceledAmount: number;
  readonly totalCanceledTaxAmount: number;
  readonly remainingQuantity: number;
  readonly totalRemainingAmount: number;
  readonly totalRemainingTaxAmount: number;
}

/** The data of the response to the cancellation, with its kind, its time and what it took off each line. */
export interface DetailCancellation extends Omit<CancellationData, 'orderNo' | 'items'> {
  readonly kind: CancellationKind;
  /** PLATFORM: the money went back without this service, and the platform has reported it. */
  readonly origin: Origin;
  /** ISO 8601 in the request's Time-Zone. */
  readonly createdAt: string;
  /** Absent if the cancellation was made without one. */
  readonly idempotencyKey?: string;
  /** What became of the money. Absent until it was handed over, and where it was canceled before there were executions. */
  readonly execution?: DetailExecution;
  readonly items: ReadonlyArray<CancellationData['items'][number] & { readonly canceledQuantity: number }>;
}

export interface DetailExecution {
  readonly status: ExecutionStatus;
  /** From 1: each retry is another one. */
  readonly attempt: number;
  /** When the status became what it is: ISO 8601 in the request's Time-Zone. */
  readonly updatedAt: string;
  /** A code of the executor: only of a refund that is FAILED, where a reason is known. */
  readonly failureReason?: string;
}

/** The order in a response: what was paid, what was canceled of it, and what remains. */
export function orderDetail(order: Order): Pick<PaymentDetail, 'orderNo' | 'currencyCode' | 'paymentStatus' | 'items'> {
  const { orderNo, currencyCode, paymentStatus, lines } = order;
  const exponent = exponentOf(currencyCode);
  return { orderNo, currencyCode, paymentStatus, items: lines.map((line) => itemDetail(line, exponent)) };
}

/** A cancellation in a response. @param timeZone an IANA zone; undefined for UTC */
export function cancellationDetail(
  { cancellationKey, kind, createdAtMs, dataJson, lines }: PastCancellation,
  execution: ExecutionState | undefined,
  timeZone: string | undefined,
): DetailCancellation {
  const { orderNo: _orderNo, returnRequestId, items, ...data } = fromDataJson(dataJson);
  const idempotencyKey = idempotencyKeyIn(cancellationKey);
  const unitsBySeq = new Map(lines.map(({ seq, units }) => [seq, units]));
  return {
    returnRequestId,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    kind,
    origin: originOf(cancellationKey),
    createdAt: formatTimestamp(createdAtMs, timeZone),
    ...(execution === undefined ? {} : { execution: executionDetail(execution, timeZone) }),
    ...data,
    items: items.map((item) => ({ ...item, canceledQuantity: unitsBySeq.get(item.seq) ?? 0 })),
  };
}

function executionDetail(
  { status, attempt, updatedAtMs, failureReason }: ExecutionState,
  timeZone: string | undefined,
): DetailExecution {
  return {
    status,
    attempt,
    updatedAt: formatTimestamp(updatedAtMs, timeZone),
    ...(failureReason === undefined || status !== 'FAILED' ? {} : { failureReason }),
  };
}

function itemDetail(line: OrderLine, exponent: number): DetailItem {
  const { seq, itemType, itemId, quantity, canceled } = line;
  const remaining = remainingOf(line);
  const major = (minor: bigint) => toMajorUnits(minor, exponent);
  return {
    seq,
    itemType,
    itemId,
    quantity,
    amount: major(line.unitAmountMinor),
    taxAmount: major(line.unitTaxMinor),
    canceledQuantity: canceled.units,
    totalCanceledAmount: major(canceled.amountMinor),
    totalCanceledTaxAmount: major(canceled.taxMinor),
    remainingQuantity: remaining.units,
    totalRemainingAmount: major(remaining.amountMinor),
    totalRemainingTaxAmount: major(remaining.taxMinor),
  };
}
