import { exactAmount } from './amounts.ts';
import { type ItemType, itemTypes } from './cancel-request.ts';
import type { CanceledPayment } from './canceled-payment.ts';
import { isRecord } from './envelope.ts';

const paymentStatuses = [
  'REQUESTED',
  'AUTHORIZED',
  'VOIDED',
  'CAPTURED',
  'PARTIALLY_CANCELED',
  'CANCELED',
  'FAILED',
] as const;
const kinds = ['VOID', 'REFUND'] as const;

/** An order: what was paid, what was canceled of it, and what is left. Amounts are in major units. */
export interface PaymentDetail {
  readonly orderNo: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  readonly paymentStatus: (typeof paymentStatuses)[number];
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
  readonly kind: (typeof kinds)[number];
  /** ISO 8601 in the client's zone. */
  readonly createdAt: string;
}

/**
 * Whether the data of an answer tells this very order, as the types say. What they do not know, such as a paymentStatus
 * that a later service may have, is refused: a program that goes by the status would take it for another one. Fields that
 * they do not know are left alone.
 */
export function isDetailOf(orderNo: string, data: unknown): data is PaymentDetail {
  if (!isRecord(data)) return false;
  const { cancellations, nextToken } = data;
  return (
    data['orderNo'] === orderNo &&
    isText(data['currencyCode']) &&
    isOneOf(paymentStatuses, data['paymentStatus']) &&
    isListOf(isLine, data['items']) &&
    (cancellations === null || isListOf(isCancellation, cancellations)) &&
    (nextToken === undefined || isText(nextToken))
  );
}

function isLine(line: Fields): boolean {
  return (
    isText(line['itemId']) &&
    isOneOf(itemTypes, line['itemType']) &&
    ['seq', 'quantity', 'canceledQuantity', 'remainingQuantity'].every((name) => isCount(line[name])) &&
    ['amount', 'totalCanceledAmount', 'totalRemainingAmount'].every((name) => isAmount(line[name])) &&
    ['taxAmount', 'totalCanceledTaxAmount', 'totalRemainingTaxAmount'].every((name) => isAmount(line[name]))
  );
}

function isCancellation(cancellation: Fields): boolean {
  return (
    isText(cancellation['returnRequestId']) &&
    isText(cancellation['createdAt']) &&
    isOneOf(kinds, cancellation['kind']) &&
    ['totalProductAmount', 'totalDeliveryAmount'].every((name) => isAmount(cancellation[name])) &&
    ['totalProductTaxAmount', 'totalDeliveryTaxAmount'].every((name) => isAmount(cancellation[name])) &&
    isCount(cancellation['processedCount']) &&
    isListOf(isCanceledItem, cancellation['items'])
  );
}

function isCanceledItem(item: Fields): boolean {
  const { seq, itemId, quantity, amount, taxAmount = 0 } = item;
  return isText(itemId) && [seq, quantity].every(isCount) && [amount, taxAmount].every(isAmount);
}

type Fields = Readonly<Record<string, unknown>>;

function isListOf(isEntry: (entry: Fields) => boolean, value: unknown): boolean {
  return Array.isArray(value) && value.every((entry: unknown) => isRecord(entry) && isEntry(entry));
}

function isOneOf(accepted: readonly unknown[], value: unknown): boolean {
  return accepted.includes(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isAmount(value: unknown): boolean {
  return exactAmount(value) !== undefined;
}
