import { decimalText, exactAmount } from './amounts.ts';
import { isRecord } from './envelope.ts';
import { type ErrorEntry, InvalidRequestError } from './errors.ts';
import { type Language, maxQuantity, sentences } from './sentences.ts';

export const itemTypes = ['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE'] as const;
export type ItemType = (typeof itemTypes)[number];

/** What to cancel of an order. Amounts are numbers in major units: 19.99 USD, 2000 KRW. */
export interface CancelRequest {
  readonly orderNo: string;
  /** The sum of quantity x amount: see totalOf. */
  readonly totalCancelAmount: number;
  /** Required if the order is refunded to a bank account. */
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
  /** Per unit, a part of the amount. Left out, it is the tax that belongs to the amount. */
  readonly taxAmount?: number;
}

export interface RefundAccount {
  /** Better as text: leading zeros stay, and no digit is lost. */
  readonly accountNumber?: string | number;
  readonly bankCode?: string;
  readonly accountHolderName?: string;
}

type Priced = Pick<CancelItem, 'quantity' | 'amount'>;

/**
 * The totalCancelAmount of some items: the exact sum of quantity x amount.
 * @param language of the error messages
 * @throws InvalidRequestError for a quantity or an amount that is not possible
 */
export function totalOf(items: readonly Priced[], language: Language = 'en'): number {
  const errors = itemsErrors(items, language);
  if (errors[0] !== undefined) throw new InvalidRequestError(errors[0].message, { errors });
  let total = 0n;
  for (const { quantity, amount } of items) total += BigInt(quantity) * (exactAmount(amount) ?? 0n);
  const sum = Number(decimalText(total));
  if (exactAmount(sum) === total) return sum;
  const error = invalid('/items', sentences.TOTAL_TOO_LONG[language]());
  throw new InvalidRequestError(error.message, { errors: [error] });
}

function itemsErrors(items: readonly Priced[], language: Language): ErrorEntry[] {
  if (!Array.isArray(items)) return [invalid('/items', sentences.NO_ITEMS[language]())];
  return items.flatMap((item: unknown, index) => itemErrors(item, `/items/${index}`, language));
}

function itemErrors(item: unknown, place: string, language: Language): ErrorEntry[] {
  if (!isRecord(item)) return [invalid(place, sentences.NO_ITEM[language]())];
  const errors: ErrorEntry[] = [];
  if (!isQuantity(item['quantity'])) errors.push(invalid(`${place}/quantity`, sentences.NO_QUANTITY[language]()));
  if (exactAmount(item['amount']) === undefined)
    errors.push(invalid(`${place}/amount`, sentences.NO_AMOUNT[language]()));
  return errors;
}

function isQuantity(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maxQuantity;
}

function invalid(field: string, message: string): ErrorEntry {
  return { field, reason: 'FIELD_INVALID', message };
}
