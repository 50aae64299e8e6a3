import type { OrderLine } from './order.ts';
import { remainingOf } from './order.ts';

/** A rule about taxes that an item breaks, with what would be accepted, per unit. */
export type BrokenTaxRule =
  | {
      readonly reason: 'TAX_EXCEEDS_UNIT_TAX' | 'TAX_EXCEEDS_AMOUNT' | 'TAX_EXCEEDS_REMAINING';
      readonly mostMinor: bigint;
    }
  | {
      readonly reason: 'TAX_LEFT_OVER';
      /** Undefined if there is no unit tax that would be accepted. */
      readonly leastMinor: bigint | undefined;
    }
  | {
      readonly reason: 'AMOUNT_WITHOUT_TAX';
      /** The unit amount, to cancel whole units; undefined if less than that remains. */
      readonly unitAmountMinor: bigint | undefined;
      /** A tax for this amount alone; undefined with the unit amount. */
      readonly inProportionMinor: bigint | undefined;
    };

/**
 * The rules about a taxAmount that was sent (contract, section 3). The order of the results is that of the rules there.
 * @param amountMinor per unit
 * @param taxMinor per unit
 */
export function brokenTaxRules(
  line: OrderLine,
  quantity: number,
  amountMinor: bigint,
  taxMinor: bigint,
): BrokenTaxRule[] {
  const { unitAmountMinor, unitTaxMinor } = line;
  const units = BigInt(quantity);
  const remaining = remainingOf(line);
  const amountTaken = units * amountMinor;
  const broken: BrokenTaxRule[] = [];

  /** Whether more tax than amount would remain. Judged only for what is within what remains. */
  const leavesTaxOver = (unitTax: bigint) =>
    amountTaken <= remaining.amountMinor &&
    units * unitTax <= remaining.taxMinor &&
    remaining.taxMinor - units * unitTax > remaining.amountMinor - amountTaken;
  /** The least unit tax after which not more tax than amount remains. */
  const leastMinor = larger(0n, divideUp(remaining.taxMinor - remaining.amountMinor + amountTaken, units));

  if (taxMinor > unitTaxMinor) broken.push({ reason: 'TAX_EXCEEDS_UNIT_TAX', mostMinor: unitTaxMinor });
  if (taxMinor > amountMinor) broken.push({ reason: 'TAX_EXCEEDS_AMOUNT', mostMinor: amountMinor });
  if (units * taxMinor > remaining.taxMinor) {
    broken.push({ reason: 'TAX_EXCEEDS_REMAINING', mostMinor: remaining.taxMinor });
  }
  if (leavesTaxOver(taxMinor)) {
    const isPossible =
      leastMinor <= unitTaxMinor && leastMinor <= amountMinor && units * leastMinor <= remaining.taxMinor;
    broken.push({ reason: 'TAX_LEFT_OVER', leastMinor: isPossible ? leastMinor : undefined });
  }

  // A price net of tax beside the whole tax: most likely the amount lacks its tax, and the buyer would get too little.
  const isNetOfTax = unitTaxMinor > 0n && taxMinor === unitTaxMinor && amountMinor === unitAmountMinor - unitTaxMinor;
  if (isNetOfTax && !leavesTaxOver(taxMinor - 1n)) {
    const wholeUnitsRemain = quantity <= remaining.units && units * unitAmountMinor <= remaining.amountMinor;
    const share = wholeUnitsRemain ? (remaining.taxMinor * amountMinor) / remaining.amountMinor : 0n;
    broken.push({
      reason: 'AMOUNT_WITHOUT_TAX',
      unitAmountMinor: wholeUnitsRemain ? unitAmountMinor : undefined,
      inProportionMinor: wholeUnitsRemain ? smaller(unitTaxMinor - 1n, larger(share, leastMinor)) : undefined,
    });
  }
  return broken;
}

/** Rounded up, for a divisor above 0. */
function divideUp(dividend: bigint, divisor: bigint): bigint {
  return dividend <= 0n ? dividend / divisor : (dividend + divisor - 1n) / divisor;
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
