import { exactAmount } from './amounts.ts';
import type { ItemType } from './cancel-request.ts';
import type { CanceledPayment } from './canceled-payment.ts';
import { isRecord } from './envelope.ts';

/** An order: what was paid, what was canceled of it, and what is left. Amounts are in major units. */
export interface PaymentDetail {
  readonly orderNo: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  readonly paymentStatus:
    | 'REQUESTED'
    | 'AUTHORIZED'
    | 'VOIDED'
    | 'CAPTURED'
    | 'PARTIALLY_CANCELED'
    | 'CANCELED'
    | 'FAILED';
  readonly items: readonly DetailItem[];
  /** In the order of their time. Null where there are more than 1000, which are not told one by one. */
  readonly cancellations: readonly DetailCancellation[] | null;
  /** Where more of them follow: what to ask for those with. */
  readonly nextToken?: string;
}

/** A line of the order: `amount` and `taxAmount` are per unit, totals for the whole line. */
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

/** What cancel answered, and when it was. */
export interface DetailCancellation extends Omit<CanceledPayment, 'orderNo'> {
  /** VOID before capture, when no money had moved; REFUND after it. */
  readonly kind: 'VOID' | 'REFUND';
  /** ISO 8601 in the client's zone. */
  readonly createdAt: string;
}

/** Whether the data of an answer tells this very order, with amounts to calculate with. */
export function isDetailOf(orderNo: string, data: unknown): data is PaymentDetail {
  if (!isRecord(data) || !Array.isArray(data['items'])) return false;
  const { cancellations, nextToken } = data;
  return (
    data['orderNo'] === orderNo &&
    typeof data['currencyCode'] === 'string' &&
    typeof data['paymentStatus'] === 'string' &&
    data['items'].every(isLine) &&
    (cancellations === null || (Array.isArray(cancellations) && cancellations.every(isCancellation))) &&
    (nextToken === undefined || (typeof nextToken === 'string' && nextToken !== ''))
  );
}

function isLine(item: unknown): boolean {
  if (!isRecord(item)) return false;
  const counts = [item['seq'], item['quantity'], item['canceledQuantity'], item['remainingQuantity']];
  const amounts = [item['amount'], item['totalCanceledAmount'], item['totalRemainingAmount']];
  return counts.every(Number.isInteger) && amounts.every((amount) => exactAmount(amount) !== undefined);
}

function isCancellation(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['returnRequestId'] === 'string' &&
    typeof value['createdAt'] === 'string' &&
    Array.isArray(value['items'])
  );
}
