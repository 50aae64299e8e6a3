import type { OrderLine } from './order.ts';

/** What merchants take amounts for: told by name where it explains what was sent (contract, section 2). */
export type Mistake =
  | 'TAX_ADDED_TO_AMOUNT'
  | 'LINE_TOTAL_AS_AMOUNT'
  | 'TOTAL_OF_OTHER_AMOUNTS'
  | 'SUM_WITHOUT_QUANTITY'
  | 'TAX_ADDED_TO_TOTAL';

/** Why an amount may be more than its line's unit amount; undefined when nothing known explains it. */
export function mistakeInAmount(
  amountMinor: bigint,
  quantity: number,
  { unitAmountMinor, unitTaxMinor }: OrderLine,
): Mistake | undefined {
  if (amountMinor === unitAmountMinor + unitTaxMinor) return 'TAX_ADDED_TO_AMOUNT';
  return amountMinor === BigInt(quantity) * unitAmountMinor ? 'LINE_TOTAL_AS_AMOUNT' : undefined;
}

/** An item as far as it is part of a total. Amounts are per unit. */
export interface Addend {
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  /** Of its order line: no amount can be more. */
  readonly unitAmountMinor: bigint;
}

/** Why a total may differ from the sum of quantity x amount; undefined when nothing known explains it. */
export function mistakeInTotal(totalMinor: bigint, items: readonly Addend[]): Mistake | undefined {
  const isSumOf = (part: (item: Addend) => bigint) => totalMinor === items.reduce((sum, item) => sum + part(item), 0n);
  const isOfRightAmounts = isSumOf(
    ({ quantity, amountMinor, unitAmountMinor }) =>
      BigInt(quantity) * (amountMinor > unitAmountMinor ? unitAmountMinor : amountMinor),
  );
  // First, because the item's own mistake is told already, and the total would have to change with it.
  if (isOfRightAmounts) return 'TOTAL_OF_OTHER_AMOUNTS';
  if (isSumOf(({ amountMinor }) => amountMinor)) return 'SUM_WITHOUT_QUANTITY';
  const isWithTax = isSumOf(({ quantity, amountMinor, taxMinor }) => BigInt(quantity) * (amountMinor + taxMinor));
  return isWithTax ? 'TAX_ADDED_TO_TOTAL' : undefined;
}
