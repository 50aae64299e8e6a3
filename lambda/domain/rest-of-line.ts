import type { LineAmounts } from './line-amounts.ts';
import type { OrderLine } from './order.ts';
import { remainingOf } from './order.ts';

/** A part of a line that one item of a request can name. The amount is per unit. */
export interface Part {
  readonly quantity: number;
  readonly amountMinor: bigint;
}

/**
 * The items that cancel all that remains of a line, one request after the other: one if there is a quantity x amount for
 * it, else as many whole units as possible and then the rest of one unit (contract, section 3). Empty if nothing remains.
 */
export function restOfLine(line: OrderLine): readonly Part[] {
  const { unitAmountMinor } = line;
  const remaining = remainingOf(line);
  if (unitAmountMinor === 0n) return remaining.units === 0 ? [] : [{ quantity: remaining.units, amountMinor: 0n }];
  if (remaining.amountMinor === 0n) return [];
  const wholeUnits = remaining.amountMinor / unitAmountMinor;
  const rest = remaining.amountMinor % unitAmountMinor;
  if (rest === 0n) return [{ quantity: Number(wholeUnits), amountMinor: unitAmountMinor }];
  const equalParts = partsOfEqualAmount(remaining, Number(wholeUnits) + 1);
  if (equalParts !== undefined) return [equalParts];
  const restOfUnit = { quantity: 1, amountMinor: rest };
  return wholeUnits === 0n
    ? [restOfUnit]
    : [{ quantity: Number(wholeUnits), amountMinor: unitAmountMinor }, restOfUnit];
}

/** How many quantities are tried: a line may have a million units. */
const maxTries = 100;

function partsOfEqualAmount({ units, amountMinor }: LineAmounts, fewest: number): Part | undefined {
  const most = Math.min(units, fewest + maxTries);
  for (let quantity = fewest; quantity <= most; quantity += 1) {
    if (amountMinor % BigInt(quantity) === 0n) return { quantity, amountMinor: amountMinor / BigInt(quantity) };
  }
  return undefined;
}
