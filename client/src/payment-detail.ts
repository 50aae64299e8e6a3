import { exactAmount } from './amounts.ts';
import { type ItemType, itemTypes } from './cancel-request.ts';
import type { CanceledItem, CanceledPayment } from './canceled-payment.ts';
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
/** What became of the money (docs/merchants.md). */
const executionStatuses = ['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'RESOLVED'] as const;
const kinds = ['VOID', 'REFUND'] as const;
const origins = ['MERCHANT', 'PLATFORM'] as const;

/** An order: what was paid, what was canceled of it, and what remains. Amounts are in major units. */
export interface PaymentDetail {
  readonly orderNo: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  readonly paymentStatus: (typeof paymentStatuses)[number];
  readonly items: readonly DetailItem[];
  /** In the sequence in which they were applied. Null if there are more than 1000, which are not listed. */
  readonly cancellations: readonly DetailCancellation[] | null;
  /** Present if more cancellations follow: the option to get them with. */
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

/** The data that cancel returned, when that was, and what it took off each line. */
export interface DetailCancellation extends Omit<CanceledPayment, 'orderNo' | 'items'> {
  /** VOID before capture, when no money had moved; REFUND after it. */
  readonly kind: (typeof kinds)[number];
  /** PLATFORM: the money went back without a request of yours, at the PSP or by a charge-back. */
  readonly origin: (typeof origins)[number];
  /** ISO 8601 in the client's zone. */
  readonly createdAt: string;
  /** Absent if the cancellation was made without one. */
  readonly idempotencyKey?: string;
  /** What became of the money. Absent until it was handed over: ask again a little later. */
  readonly execution?: DetailExecution;
  readonly items: readonly DetailCanceledItem[];
}

export interface DetailExecution {
  /** SUCCEEDED may still become FAILED, because banks send money back. None of them changes what was canceled. */
  readonly status: (typeof executionStatuses)[number];
  /** From 1: each retry is another one. */
  readonly attempt: number;
  /** When the status became what it is: ISO 8601 in the client's zone. */
  readonly updatedAt: string;
  /** A code, only of a refund that is FAILED, where a reason is known. */
  readonly failureReason?: string;
}

export interface DetailCanceledItem extends CanceledItem {
  /** The units that left the line: 0 if an amount was canceled and the units stayed. */
  readonly canceledQuantity: number;
}

/**
 * Whether the data of a response describes this very order, as the types say. A value that they do not know, such as a
 * paymentStatus of a later service, is refused, because a program that decides by the status would take it for another
 * one. Fields that they do not know are ignored.
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
    (cancellation['idempotencyKey'] === undefined || isText(cancellation['idempotencyKey'])) &&
    isOneOf(kinds, cancellation['kind']) &&
    isOneOf(origins, cancellation['origin']) &&
    (cancellation['execution'] === undefined || isExecution(cancellation['execution'])) &&
    ['totalProductAmount', 'totalDeliveryAmount'].every((name) => isAmount(cancellation[name])) &&
    ['totalProductTaxAmount', 'totalDeliveryTaxAmount'].every((name) => isAmount(cancellation[name])) &&
    isCount(cancellation['processedCount']) &&
    isListOf(isCanceledItem, cancellation['items'])
  );
}

function isExecution(execution: unknown): boolean {
  if (!isRecord(execution)) return false;
  const { status, attempt, updatedAt, failureReason } = execution;
  const isReason = failureReason === undefined || isText(failureReason);
  return isOneOf(executionStatuses, status) && isCount(attempt) && isText(updatedAt) && isReason;
}

function isCanceledItem(item: Fields): boolean {
  const { seq, itemId, quantity, amount, taxAmount = 0, canceledQuantity } = item;
  return isText(itemId) && [seq, quantity, canceledQuantity].every(isCount) && [amount, taxAmount].every(isAmount);
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
