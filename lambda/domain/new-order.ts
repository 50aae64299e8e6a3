import { zeroAmounts } from './line-amounts.ts';
import { exponentOf, maxAmount, toMinorUnits } from './money.ts';
import type { ItemType, Order, OrderId, OrderLine, PaymentStatus, RefundMethod } from './order.ts';

/** An order as others describe it: amounts in major units and per unit, the tax part of the amount. */
export interface DescribedOrder extends OrderId {
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly refundMethod: RefundMethod;
  readonly items: readonly DescribedLine[];
}

export interface DescribedLine {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly taxAmount?: number;
}

export type NewOrder =
  | { readonly ok: true; readonly order: Order }
  /** The first thing that is wrong: the field, such as items/0/seq, and a sentence that goes on from its name. */
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** An order has at most so many lines. */
export const maxLines = 500;

/**
 * Makes an order that nothing was canceled of yet, or says what no schema says of it (contract, sections 2 and 6).
 * @param described fits the schema: known currency, counts, amounts within their limits
 * @param maxItems the most items of a request: before capture only a whole order can be canceled
 */
export function newOrder(described: DescribedOrder, maxItems: number): NewOrder {
  const { items, currencyCode, paymentStatus } = described;
  if (paymentStatus !== 'CAPTURED' && items.length > maxItems) {
    const why = `before capture only a whole order can be canceled, and a request has at most ${maxItems}`;
    return wrong('items', `has more than ${maxItems} entries, but ${why}`);
  }
  const exponent = exponentOf(currencyCode);
  const lines: OrderLine[] = [];
  const seqs = new Set<number>();
  for (const [index, { seq, itemType, itemId, quantity, amount, taxAmount = 0 }] of items.entries()) {
    const at = (name: keyof DescribedLine) => `items/${index}/${name}`;
    if (seqs.has(seq)) return wrong(at('seq'), 'is the seq of an earlier item, too');
    seqs.add(seq);
    if (taxAmount > amount) return wrong(at('taxAmount'), 'is more than amount, but the tax is part of the amount');
    const tooPrecise = `has more decimals than ${currencyCode}, which has ${exponent}`;
    const unitAmountMinor = toMinorUnits(amount, exponent);
    if (unitAmountMinor === undefined) return wrong(at('amount'), tooPrecise);
    const unitTaxMinor = toMinorUnits(taxAmount, exponent);
    if (unitTaxMinor === undefined) return wrong(at('taxAmount'), tooPrecise);
    lines.push({ seq, itemType, itemId, quantity, unitAmountMinor, unitTaxMinor, canceled: zeroAmounts });
  }
  const order = { ...orderFields(described), lines, version: 1 };
  if (totalOf(order) > BigInt(maxAmount)) {
    return wrong('items', 'have a total of more than 15 digits, so no response could state it exactly');
  }
  return { ok: true, order };
}

function wrong(field: string, problem: string): NewOrder {
  return { ok: false, field, problem };
}

function orderFields({ storeId, orderNo, currencyCode, paymentStatus, refundMethod }: DescribedOrder) {
  return { storeId, orderNo, currencyCode, paymentStatus, refundMethod };
}

/** What was paid for the whole order, in minor units. */
export function totalOf({ lines }: Pick<Order, 'lines'>): bigint {
  return lines.reduce((sum, { quantity, unitAmountMinor }) => sum + BigInt(quantity) * unitAmountMinor, 0n);
}

/** What never changes of an order, and in what another one under its number differs. */
export type OrderDifference = 'currencyCode' | 'refundMethod' | 'items';

/** In what two orders of one number differ; undefined if they are the same, whatever was canceled of them since. */
export function differenceOf(one: Order, other: Order): OrderDifference | undefined {
  if (one.currencyCode !== other.currencyCode) return 'currencyCode';
  if (one.refundMethod !== other.refundMethod) return 'refundMethod';
  const otherLines = new Map(other.lines.map((line) => [line.seq, line]));
  const areSame =
    one.lines.length === other.lines.length &&
    one.lines.every((line) => {
      const same = otherLines.get(line.seq);
      return same !== undefined && isSameLine(line, same);
    });
  return areSame ? undefined : 'items';
}

function isSameLine(one: OrderLine, other: OrderLine): boolean {
  return (
    one.itemType === other.itemType &&
    one.itemId === other.itemId &&
    one.quantity === other.quantity &&
    one.unitAmountMinor === other.unitAmountMinor &&
    one.unitTaxMinor === other.unitTaxMinor
  );
}
