import type { RequestedItem } from '../../lambda/domain/cancellation.ts';
import { formatAmount, toMinorUnits } from '../../lambda/domain/money.ts';

// Arithmetic on amounts as they are sent, exact to 12 decimals, whatever the currency.

const scale = 12;

function toUnits(amount: number): bigint {
  const units = toMinorUnits(amount, scale);
  if (units === undefined) throw new RangeError(`${amount} has more than ${scale} decimals.`);
  return units;
}

function toAmount(units: bigint): number {
  return Number(formatAmount(units, 0, scale));
}

/** The sum of quantity x amount. */
export function sumOf(items: readonly RequestedItem[]): number {
  return toAmount(items.reduce((sum, { quantity, amount }) => sum + BigInt(quantity) * toUnits(amount), 0n));
}

export function plus(one: number, other: number): number {
  return toAmount(toUnits(one) + toUnits(other));
}

/** An amount divided among units, with so many decimals, rounded down. */
export function shareOf(amount: number, quantity: number, decimals: number): number {
  const unit = 10n ** BigInt(scale - decimals);
  return toAmount((toUnits(amount) / BigInt(quantity) / unit) * unit);
}
