import { applyToLines } from '../../lambda/domain/apply-cancellation.ts';
import { type Decision, decideCancellation } from '../../lambda/domain/decide-cancellation.ts';
import type { OrderLine } from '../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';

/** Quantity, amount per unit and tax per unit of an item; undefined for a tax that is left out. */
export type SmallItem = readonly [quantity: number, amount: number, tax: number | undefined];

/** A line in a state that accepted requests lead to, with what comes of every item for it. */
export interface SmallLine {
  readonly line: OrderLine;
  /** Every item up to the quantity, the unit amount and the unit tax of the line, and each with no tax. */
  readonly items: readonly SmallItem[];
  /** For one of the items. */
  readonly decide: (item: SmallItem) => Decision;
}

/** Every line of up to 3 units at up to 6, in every state. Each state once. */
export function reachableLines(): SmallLine[] {
  const lines: SmallLine[] = [];
  for (let quantity = 1; quantity <= 3; quantity += 1) {
    for (let amount = 0n; amount <= 6n; amount += 1n) {
      for (let tax = 0n; tax <= amount; tax += 1n) {
        lines.push(...statesOf(lineOf({ quantity, unitAmountMinor: amount, unitTaxMinor: tax })));
      }
    }
  }
  return lines;
}

function statesOf(untouched: OrderLine): SmallLine[] {
  const items = itemsFor(untouched);
  const states = new Map<string, SmallLine>();
  const open = [untouched];
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    const { units, amountMinor, taxMinor } = line.canceled;
    const state = `${units} ${amountMinor} ${taxMinor}`;
    if (states.has(state)) continue;
    const decisions = new Map<number, Decision>();
    for (const item of items) {
      const decision = decideOn(line, item);
      decisions.set(keyOf(item), decision);
      if (decision.ok) open.push(...applyToLines([line], decision.cancellation.items));
    }
    states.set(state, { line, items, decide: (item) => decisionOf(decisions, item) });
  }
  return [...states.values()];
}

function itemsFor({ quantity, unitAmountMinor, unitTaxMinor }: OrderLine): SmallItem[] {
  const items: SmallItem[] = [];
  for (let units = 1; units <= quantity; units += 1) {
    for (let amount = 0; amount <= Number(unitAmountMinor); amount += 1) {
      items.push([units, amount, undefined]);
      for (let tax = 0; tax <= Number(unitTaxMinor); tax += 1) items.push([units, amount, tax]);
    }
  }
  return items;
}

/** Each number is below 9. */
function keyOf([quantity, amount, tax = 9]: SmallItem): number {
  return quantity * 100 + amount * 10 + tax;
}

function decisionOf(decisions: ReadonlyMap<number, Decision>, item: SmallItem): Decision {
  const decision = decisions.get(keyOf(item));
  if (decision === undefined) throw new RangeError(`Nothing was decided on ${item.join(', ')}.`);
  return decision;
}

/** What comes of a request for one item of a line, in KRW. */
export function decideOn(line: OrderLine, [quantity, amount, tax]: SmallItem): Decision {
  const { seq, itemType, itemId } = line;
  const items = [{ seq, itemType, itemId, quantity, amount, ...(tax === undefined ? {} : { taxAmount: tax }) }];
  const request = { orderNo: 'ORD20251224001', totalCancelAmount: quantity * amount, items };
  return decideCancellation(orderOf({ lines: [line] }), request, 'KRW');
}
