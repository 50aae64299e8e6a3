import { type Addend, mistakeInTotal } from './likely-mistake.ts';
import type { MatchedRequest } from './matched-request.ts';
import { decimalsOf, formatAmount } from './money.ts';
import { remainingOf } from './order.ts';
import type { RuleViolation } from './rule-violation.ts';

/**
 * The total must be the sum of quantity x amount, with no more decimals than the currency has (contract, section 3).
 * @param itemsFirst whether items have to be corrected in a way that changes the sum
 */
export function violationsOfTotal(matched: MatchedRequest, itemsFirst: boolean): RuleViolation[] {
  const { request, order, items, total, exponent, scale } = matched;
  const at = { field: '/totalCancelAmount' };
  const violations: RuleViolation[] = [];
  if (decimalsOf(request.totalCancelAmount) > exponent) {
    violations.push({ reason: 'AMOUNT_PRECISION', at, shown: String(exponent), currencyCode: order.currencyCode });
  }
  const addends: Addend[] = items.map(({ requested: { quantity }, scaledLine, amountMinor, taxMinor = 0n }) => ({
    quantity,
    amountMinor,
    taxMinor,
    unitAmountMinor: scaledLine?.unitAmountMinor,
    remainingMinor: scaledLine && remainingOf(scaledLine).amountMinor,
  }));
  const sum = addends.reduce((sumSoFar, { quantity, amountMinor }) => sumSoFar + BigInt(quantity) * amountMinor, 0n);
  if (total !== sum) {
    const mistake = mistakeInTotal(total, addends, { itemsFirst, exponent });
    violations.push({
      reason: 'TOTAL_MISMATCH',
      ...(itemsFirst ? { ruleCase: 'ITEMS_FIRST' } : {}),
      at,
      shown: formatAmount(sum, exponent, scale),
      ...(mistake && { mistake, meant: formatAmount(sum, exponent, scale) }),
    });
  }
  return violations;
}
