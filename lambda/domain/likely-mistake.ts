import type { OrderLine } from './order.ts';

/** What merchants take amounts for: told by name where it explains what was sent (contract, section 2). */
export type Mistake =
  | 'TAX_ADDED_TO_AMOUNT'
  | 'LINE_TOTAL_AS_AMOUNT'
  | 'TOTAL_OF_OTHER_AMOUNTS'
  | 'SUM_WITHOUT_QUANTITY'
  | 'SUM_OR_LINE_TOTALS'
  | 'SUM_WITHOUT_QUANTITY_PLUS_TAX'
  | 'AMOUNT_WITHOUT_TAX'
  | 'TAX_ADDED_TO_TOTAL'
  | 'TAX_ADDED_OR_LEFT_OUT'
  | 'TAX_TAKEN_FROM_TOTAL'
  | 'SEQ_OF_ANOTHER_LINE';

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
  /** Of its order line, if the order has it: no amount can be more. */
  readonly unitAmountMinor: bigint | undefined;
}

/**
 * Why a total may differ from the sum of quantity x amount; undefined when nothing known explains it. Where either the
 * total or the amounts may be wrong, both are told: whoever corrects the one instead of the other cancels another sum.
 */
export function mistakeInTotal(totalMinor: bigint, items: readonly Addend[]): Mistake | undefined {
  const isSumOf = (part: (item: Addend) => bigint) => totalMinor === items.reduce((sum, item) => sum + part(item), 0n);
  const isOfRightAmounts = isSumOf(
    ({ quantity, amountMinor, unitAmountMinor = amountMinor }) =>
      BigInt(quantity) * (amountMinor > unitAmountMinor ? unitAmountMinor : amountMinor),
  );
  // First, because the item's own mistake is told already, and the total would have to change with it.
  if (isOfRightAmounts) return 'TOTAL_OF_OTHER_AMOUNTS';
  if (isSumOf(({ amountMinor }) => amountMinor)) {
    const several = items.filter(({ quantity }) => quantity > 1);
    return several.every(isWholeUnit) ? 'SUM_WITHOUT_QUANTITY' : 'SUM_OR_LINE_TOTALS';
  }
  if (isSumOf(({ quantity, amountMinor, taxMinor }) => BigInt(quantity) * (amountMinor + taxMinor))) {
    const taxed = items.filter(({ taxMinor }) => taxMinor > 0n);
    if (taxed.every(isWholeUnit)) return 'TAX_ADDED_TO_TOTAL';
    return taxed.every(isNetUnit) ? 'AMOUNT_WITHOUT_TAX' : 'TAX_ADDED_OR_LEFT_OUT';
  }
  if (isSumOf(({ quantity, amountMinor, taxMinor }) => BigInt(quantity) * (amountMinor - taxMinor))) {
    return 'TAX_TAKEN_FROM_TOTAL';
  }
  return isSumOf(({ amountMinor, taxMinor }) => amountMinor + taxMinor) ? 'SUM_WITHOUT_QUANTITY_PLUS_TAX' : undefined;
}

/** Whether an amount is all that a unit costs. */
function isWholeUnit({ amountMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor === unitAmountMinor;
}

/** Whether an amount is that, but for its tax. */
function isNetUnit({ amountMinor, taxMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor + taxMinor === unitAmountMinor;
}
