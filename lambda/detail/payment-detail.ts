import { exponentOf, toMajorUnits } from '../domain/money.ts';
import { type ItemType, leftOf, type Order, type OrderLine, type PaymentStatus } from '../domain/order.ts';
import type { CancellationData } from '../contract/cancellation-data.ts';

/** `data` of EBP_API_237. Amounts are in major units: `amount` and `taxAmount` per unit, totals for the whole line. */
export interface PaymentDetail {
  readonly orderNo: string;
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly items: readonly DetailItem[];
  /** In the order of their time. Null where there are too many to be told one by one. */
  readonly cancellations: readonly DetailCancellation[] | null;
  /** Where there are more cancellations: what to send to be told them. */
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

/** What the answer to the cancellation said, and when it was. */
export interface DetailCancellation extends Omit<CancellationData, 'orderNo'> {
  readonly kind: 'VOID' | 'REFUND';
  /** ISO 8601 in the asked zone. */
  readonly createdAt: string;
}

/** The order in an answer: what was paid, what was canceled of it, and what is left. */
export function orderDetail(order: Order): Pick<PaymentDetail, 'orderNo' | 'currencyCode' | 'paymentStatus' | 'items'> {
  const { orderNo, currencyCode, paymentStatus, lines } = order;
  const exponent = exponentOf(currencyCode);
  return { orderNo, currencyCode, paymentStatus, items: lines.map((line) => itemOf(line, exponent)) };
}

function itemOf(line: OrderLine, exponent: number): DetailItem {
  const { seq, itemType, itemId, quantity, canceled } = line;
  const left = leftOf(line);
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
    remainingQuantity: left.units,
    totalRemainingAmount: major(left.amountMinor),
    totalRemainingTaxAmount: major(left.taxMinor),
  };
}
