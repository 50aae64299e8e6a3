import { applyToLines } from './apply-cancellation.ts';
import type { CanceledItem, Cancellation, CancellationRequest } from './cancellation.ts';
import { addAmounts, type LineAmounts } from './line-amounts.ts';
import { type MatchedItem, matchRequest } from './matched-request.ts';
import { assertWithinPaid, isBeforeCapture, type Order, type OrderLine, remainingOf } from './order.ts';
import type { RuleViolation } from './rule-violation.ts';
import { brokenRules } from './rules.ts';
import { taxOfAmount } from './tax-of-amount.ts';

export type Decision =
  | { readonly ok: true; readonly cancellation: Cancellation }
  | { readonly ok: false; readonly violations: readonly RuleViolation[] };

/**
 * Decides whether a request may be applied to an order as it is now: completely or not at all. A refusal lists every
 * rule that the request breaks (contract, section 3).
 * @param currencyCode the value of X-Currency-Code
 * @throws InvariantViolated when the order itself is impossible
 */
export function decideCancellation(order: Order, request: CancellationRequest, currencyCode: string): Decision {
  assertWithinPaid(order);
  const matched = matchRequest(request, order);
  const violations = brokenRules(matched, currencyCode);
  if (violations.length > 0) return { ok: false, violations };
  return { ok: true, cancellation: cancellationOf(order, matched.items.map(canceledItem)) };
}

function canceledItem({ requested, line, lineIndex, amountMinor, taxMinor }: MatchedItem): CanceledItem {
  if (line === undefined) throw new Error('An item that breaks a rule was about to be canceled.');
  const { seq, itemType, itemId, quantity } = requested;
  const amountTaken = BigInt(quantity) * amountMinor;
  const taken: LineAmounts = {
    units: unitsTakenFrom(line, quantity, amountMinor, amountTaken),
    amountMinor: amountTaken,
    taxMinor: taxMinor === undefined ? taxOfAmount(remainingOf(line), amountTaken) : BigInt(quantity) * taxMinor,
  };
  return {
    seq,
    itemType,
    itemId,
    quantity,
    amountMinor,
    taxMinor,
    lineIndex,
    taken,
    canceledAfter: addAmounts(line.canceled, taken),
  };
}

/**
 * An item with the full unit amount cancels units. With less it cancels an amount and the units stay, until nothing
 * remains of the line's amount: then all its units are canceled. A free line has no amount that could remain, so its
 * units are canceled one by one.
 */
function unitsTakenFrom(line: OrderLine, quantity: number, amountMinor: bigint, amountTaken: bigint): number {
  const remaining = remainingOf(line);
  const isFree = line.unitAmountMinor === 0n;
  const emptiesTheLine = !isFree && amountTaken === remaining.amountMinor;
  if (emptiesTheLine) return remaining.units;
  return amountMinor === line.unitAmountMinor ? quantity : 0;
}

function cancellationOf(order: Order, items: CanceledItem[]): Cancellation {
  const { orderNo, currencyCode } = order;
  if (isBeforeCapture(order)) {
    return { kind: 'VOID', orderNo, currencyCode, nextStatus: 'VOIDED', items };
  }
  const linesAfter = applyToLines(order.lines, items);
  const isEverythingCanceled = linesAfter.every(({ canceled, quantity }) => canceled.units === quantity);
  const nextStatus = isEverythingCanceled ? 'CANCELED' : 'PARTIALLY_CANCELED';
  return { kind: 'REFUND', orderNo, currencyCode, nextStatus, items };
}
