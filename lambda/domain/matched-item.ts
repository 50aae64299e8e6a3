import type { RequestedItem } from './cancellation.ts';
import { toMinorUnits } from './money.ts';
import type { Order, OrderLine } from './order.ts';

/** An item of a request beside the order line that it names. */
export interface MatchedItem {
  readonly requested: RequestedItem;
  /** Where the item is in the request. */
  readonly index: number;
  readonly lineIndex: number;
  /** Undefined where the order has no line of this seq. */
  readonly line: OrderLine | undefined;
  /** Per unit; undefined where the amount has more decimals than the currency. */
  readonly amountMinor: bigint | undefined;
  readonly taxMinor: bigint | undefined;
}

/** @param exponent decimals of the order's currency */
export function matchItem(requested: RequestedItem, index: number, order: Order, exponent: number): MatchedItem {
  const lineIndex = order.lines.findIndex((line) => line.seq === requested.seq);
  return {
    requested,
    index,
    lineIndex,
    line: order.lines[lineIndex],
    amountMinor: toMinorUnits(requested.amount, exponent),
    taxMinor: toMinorUnits(requested.taxAmount ?? 0, exponent),
  };
}
