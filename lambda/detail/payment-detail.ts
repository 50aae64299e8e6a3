import { type CancellationData, fromDataJson } from '../contract/cancellation-data.ts';
import { formatTimestamp } from '../contract/timestamp.ts';
import type { CancellationKind } from '../domain/cancellation.ts';
import { exponentOf, toMajorUnits } from '../domain/money.ts';
import { type ItemType, type Order, type OrderLine, type PaymentStatus, remainingOf } from '../domain/order.ts';
import type { PastCancellation } from '../dynamodb/history-repository.ts';

/** `data` of EBP_API_237. Amounts are in major units: `amount` and `taxAmount` per unit, totals for the whole line. */
export interface PaymentDetail {
  readonly orderNo: string;
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly items: readonly DetailItem[];
  /** Oldest first. Null if there are too many to list. */
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

/** The data of the response to the cancellation, with its kind and time. */
export interface DetailCancellation extends Omit<CancellationData, 'orderNo'> {
  readonly kind: CancellationKind;
  /** ISO 8601 in the request's Time-Zone. */
  readonly createdAt: string;
}

/** The order in a response: what was paid, what was canceled of it, and what remains. */
export function orderDetail(order: Order): Pick<PaymentDetail, 'orderNo' | 'currencyCode' | 'paymentStatus' | 'items'> {
  const { orderNo, currencyCode, paymentStatus, lines } = order;
  const exponent = exponentOf(currencyCode);
  return { orderNo, currencyCode, paymentStatus, items: lines.map((line) => itemDetail(line, exponent)) };
}

/** A cancellation in a response. @param timeZone an IANA zone; undefined for UTC */
export function cancellationDetail(
  { kind, createdAtMs, dataJson }: PastCancellation,
  timeZone: string | undefined,
): DetailCancellation {
  const { orderNo: _orderNo, returnRequestId, ...data } = fromDataJson(dataJson);
  return { returnRequestId, kind, createdAt: formatTimestamp(createdAtMs, timeZone), ...data };
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
