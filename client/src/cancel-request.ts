import { decimalText, exactAmount, maxSignificantDigits } from './amounts.ts';
import { type ErrorEntry, InvalidRequestError } from './errors.ts';

export type ItemType = 'PHYSICAL' | 'DIGITAL' | 'SUBSCRIPTION' | 'DELIVERY' | 'SERVICE';

/** What to cancel of an order. Amounts are numbers in major units: 19.99 USD, 2000 KRW. */
export interface CancelRequest {
  readonly orderNo: string;
  /** The sum of quantity x amount: see totalOf. */
  readonly totalCancelAmount: number;
  /** Needed where the order is refunded to a bank account. */
  readonly refundAccount?: RefundAccount;
  /** 1 to 100. */
  readonly items: readonly CancelItem[];
}

export interface CancelItem {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  /** 1 to 1,000,000 units. */
  readonly quantity: number;
  /** Per unit, the tax included. */
  readonly amount: number;
  /** Per unit, a part of the amount. */
  readonly taxAmount?: number;
}

export interface RefundAccount {
  readonly accountNumber?: string | number;
  readonly bankCode?: string;
  readonly accountHolderName?: string;
}

type Priced = Pick<CancelItem, 'quantity' | 'amount'>;

/**
 * The totalCancelAmount of some items: the exact sum of quantity x amount.
 * @throws InvalidRequestError for a quantity or an amount that cannot be
 */
export function totalOf(items: readonly Priced[]): number {
  const errors = items.flatMap(itemErrors);
  const total = exactTotal(items);
  if (errors.length === 0 && exactAmount(Number(decimalText(total))) !== total) {
    errors.push(invalid('/items', `The total has more than ${maxSignificantDigits} digits.`));
  }
  if (errors.length > 0) throw new InvalidRequestError(errors[0]?.message ?? '', { errors });
  return Number(decimalText(total));
}

/**
 * What of a request is wrong for every order there is. The rest is for the service to tell, which knows the order and
 * its currency.
 */
export function requestErrors(request: CancelRequest): ErrorEntry[] {
  if (!isObject(request)) return [invalid('', 'The request must be an object.')];
  const { totalCancelAmount, items } = request;
  const errors: ErrorEntry[] = [];
  if (typeof request.orderNo !== 'string' || request.orderNo === '') {
    errors.push(invalid('/orderNo', 'orderNo must be a string of 1 to 64 characters.'));
  }
  if (exactAmount(totalCancelAmount) === undefined) errors.push(notAnAmount('/totalCancelAmount'));
  if (!Array.isArray(items) || items.length === 0 || items.length > maxItems) {
    return [...errors, invalid('/items', `items must be a list of 1 to ${maxItems} items.`)];
  }
  errors.push(...items.flatMap(itemErrors));
  return errors.length > 0 ? errors : totalErrors(totalCancelAmount, items);
}

const maxItems = 100;
const maxQuantity = 1_000_000;

function itemErrors(item: Priced & Pick<CancelItem, 'taxAmount'>, index: number): ErrorEntry[] {
  const place = `/items/${index}`;
  if (!isObject(item)) return [invalid(place, 'An item must be an object.')];
  const errors: ErrorEntry[] = [];
  if (!isQuantity(item.quantity)) {
    errors.push(invalid(`${place}/quantity`, `quantity must be a whole number from 1 to ${maxQuantity}.`));
  }
  if (exactAmount(item.amount) === undefined) errors.push(notAnAmount(`${place}/amount`));
  if (item.taxAmount !== undefined && exactAmount(item.taxAmount) === undefined) {
    errors.push(notAnAmount(`${place}/taxAmount`));
  }
  return errors;
}

function totalErrors(totalCancelAmount: number, items: readonly CancelItem[]): ErrorEntry[] {
  const total = exactTotal(items);
  const sent = exactAmount(totalCancelAmount);
  if (sent === total) return [];
  const bareSum = sum(items.map(({ amount }) => exactAmount(amount) ?? 0n));
  const tax = sum(items.map(({ quantity, taxAmount = 0 }) => BigInt(quantity) * (exactAmount(taxAmount) ?? 0n)));
  let hint = '';
  if (sent === bareSum) hint = ' The amounts are per unit: multiply each by its quantity.';
  else if (sent === total + tax) hint = ' The tax is part of the amounts: do not add it.';
  const message = `totalCancelAmount must be the sum of quantity x amount, ${decimalText(total)}.${hint}`;
  return [{ field: '/totalCancelAmount', reason: 'TOTAL_MISMATCH', message }];
}

/** Counts what is no quantity or amount as nothing: it is told by itself. */
function exactTotal(items: readonly Priced[]): bigint {
  return sum(
    items.map((item) =>
      isObject(item) && isQuantity(item.quantity) ? BigInt(item.quantity) * (exactAmount(item.amount) ?? 0n) : 0n,
    ),
  );
}

function sum(exactAmounts: readonly bigint[]): bigint {
  let total = 0n;
  for (const exact of exactAmounts) total += exact;
  return total;
}

function isQuantity(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maxQuantity;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function notAnAmount(field: string): ErrorEntry {
  const name = field.slice(field.lastIndexOf('/') + 1);
  return invalid(
    field,
    `${name} must be a number of at least 0 in major units, with at most 4 decimals and ` +
      `${maxSignificantDigits} digits. Add amounts up with totalOf: floats do not add up exactly.`,
  );
}

function invalid(field: string, message: string): ErrorEntry {
  return { field, reason: 'FIELD_INVALID', message };
}
