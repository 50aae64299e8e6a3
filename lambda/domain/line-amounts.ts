/**
 * What was canceled of an order line, what remains of it, or what one cancellation takes from it. Totals, not per unit.
 */
export interface LineAmounts {
  readonly units: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
}

export const zeroAmounts: LineAmounts = { units: 0, amountMinor: 0n, taxMinor: 0n };

export function areEqualAmounts(one: LineAmounts, other: LineAmounts): boolean {
  return one.units === other.units && one.amountMinor === other.amountMinor && one.taxMinor === other.taxMinor;
}

export function addAmounts(one: LineAmounts, other: LineAmounts): LineAmounts {
  return {
    units: one.units + other.units,
    amountMinor: one.amountMinor + other.amountMinor,
    taxMinor: one.taxMinor + other.taxMinor,
  };
}

/** Whether units, amount or tax are below 0, which no line and no cancellation ever is. */
export function isNegative({ units, amountMinor, taxMinor }: LineAmounts): boolean {
  return units < 0 || amountMinor < 0n || taxMinor < 0n;
}
