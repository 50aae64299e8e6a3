import type { RequestedItem } from './cancellation.ts';
import { toMinorUnits } from './money.ts';
import type { Order, OrderLine } from './order.ts';

/** An item of a request with the order line that its seq names. */
export interface MatchedItem {
  readonly requested: RequestedItem;
  /** Index of the item in the request. */
  readonly index: number;
  /** Index of the line in the order; -1 if the order has no line with this seq. */
  readonly lineIndex: number;
  /** Undefined if the order has no line with this seq. */
  readonly line: OrderLine | undefined;
  /** Per unit; undefined if the amount has more decimals than the currency. */
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
