import type { LineAmounts } from './line-amounts.ts';

/**
 * The tax that belongs to an amount of a line: its share of the tax that remains, in whole minor units, rounded down
 * (contract, section 3). Whoever cancels all that remains of the amount gets all that remains of the tax, so no line
 * keeps a tax that nobody can cancel.
 * @param amountMinor what is taken of the line, not per unit
 */
export function taxOfAmount(remaining: LineAmounts, amountMinor: bigint): bigint {
  return remaining.amountMinor === 0n ? 0n : (remaining.taxMinor * amountMinor) / remaining.amountMinor;
}
