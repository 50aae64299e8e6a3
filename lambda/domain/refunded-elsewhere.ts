import type { CancellationRequest } from './cancellation.ts';
import { decideCancellation, type Decision } from './decide-cancellation.ts';
import { exponentOf, formatAmount, toMinorUnits } from './money.ts';
import { isBeforeCapture, type Order } from './order.ts';

/** What money that went back elsewhere was of an order line: quantity and amount per unit, in major units. */
export interface ElsewhereItem {
  readonly seq: number;
  readonly quantity: number;
  readonly amount: number;
}

/**
 * Money that went back elsewhere as the cancellation that it amounts to: what a line is comes from the order, the tax
 * follows the amount, and the total is the sum.
 */
export function cancellationOfElsewhere(order: Order, items: readonly ElsewhereItem[]): CancellationRequest {
  const exponent = exponentOf(order.currencyCode);
  const lines = new Map(order.lines.map((line) => [line.seq, line]));
  const sum = items.reduce(
    (total, { quantity, amount }) => total + BigInt(quantity) * (toMinorUnits(amount, exponent) ?? 0n),
    0n,
  );
  return {
    orderNo: order.orderNo,
    totalCancelAmount: Number(formatAmount(sum, exponent)),
    items: items.map(({ seq, quantity, amount }) => {
      // An item of no line is refused for its seq, whatever else it says.
      const { itemType, itemId } = lines.get(seq) ?? { itemType: 'SERVICE', itemId: '' };
      return { seq, itemType, itemId, quantity, amount };
    }),
  };
}

/**
 * Decides by the rules of quantities and amounts alone: the money has moved already, so nobody needs an account for it.
 * Before capture no money can have gone back: NOT_YET.
 * @param currencyCode of the amounts
 * @throws InvariantViolated when the order itself is impossible
 */
export function decideElsewhere(
  order: Order,
  request: CancellationRequest,
  currencyCode: string,
): Decision | 'NOT_YET' {
  if (isBeforeCapture(order)) return 'NOT_YET';
  const decision = decideCancellation({ ...order, refundMethod: 'ORIGINAL' }, request, currencyCode);
  if (decision.ok) return decision;
  // The total is no word of the event's: what is wrong is an item, and that is said by its own rule.
  const violations = decision.violations.filter(({ reason }) => reason !== 'TOTAL_MISMATCH');
  return { ok: false, violations: violations.length === 0 ? decision.violations : violations };
}
