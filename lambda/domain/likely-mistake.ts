import type { OrderLine } from './order.ts';

/**
 * Frequent mistakes. A response names one if it explains the value that was sent (contract, section 3). The examples
 * are about an order line of 2 units. Each unit costs 50000, with a tax of 5000 in it, which is sent as taxAmount 5000.
 */
export type Mistake =
  /** One unit is sent with the amount 55000. */
  | 'TAX_ADDED_TO_AMOUNT'
  /** 2 x 50000 is sent as the amount 100000. */
  | 'LINE_TOTAL_AS_AMOUNT'
  /** 2 x 55000 is sent with the total 100000: the amount is wrong, and the total is right. */
  | 'TOTAL_OF_OTHER_AMOUNTS'
  /** 2 x 50000 is sent with the total 50000. */
  | 'SUM_WITHOUT_QUANTITY'
  /** 2 x 30000 is sent with the total 30000: the total should be 60000, or the amount 15000. */
  | 'SUM_OR_LINE_TOTALS'
  /** 2 x 50000 is sent with the total 55000. */
  | 'SUM_WITHOUT_QUANTITY_PLUS_TAX'
  /** 2 x 45000 is sent with the total 100000: the tax is missing in the amount, and the total is right. */
  | 'AMOUNT_WITHOUT_TAX'
  /** 2 x 50000 is sent with the total 110000. */
  | 'TAX_ADDED_TO_TOTAL'
  /** 2 x 20000 is sent with taxAmount 2000 and the total 44000: the total should be 40000, or the amount 22000. */
  | 'TAX_ADDED_OR_LEFT_OUT'
  /** 2 x 50000 is sent with the total 90000. */
  | 'TAX_TAKEN_FROM_TOTAL'
  /** Line 1 is named with the itemId of line 2. */
  | 'SEQ_OF_ANOTHER_LINE';

/** The mistake that explains why an amount is more than its line's unit amount; undefined if no known one does. */
export function mistakeInAmount(
  amountMinor: bigint,
  quantity: number,
  { unitAmountMinor, unitTaxMinor }: OrderLine,
): Mistake | undefined {
  if (amountMinor === unitAmountMinor + unitTaxMinor) return 'TAX_ADDED_TO_AMOUNT';
  return amountMinor === BigInt(quantity) * unitAmountMinor ? 'LINE_TOTAL_AS_AMOUNT' : undefined;
}

/** The part of an item that counts in a total. Amounts are per unit. */
export interface Addend {
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  /** The unit amount of the order line, which no amount may exceed; undefined if the order has no such line. */
  readonly unitAmountMinor: bigint | undefined;
}

/**
 * The mistake that explains why a total differs from the sum of quantity x amount; undefined if no known one does. If
 * either the total or the amounts may be wrong, the mistake covers both: correcting the wrong one would cancel another
 * sum.
 */
export function mistakeInTotal(totalMinor: bigint, items: readonly Addend[]): Mistake | undefined {
  const isSumOf = (part: (item: Addend) => bigint) => totalMinor === items.reduce((sum, item) => sum + part(item), 0n);
  const isOfRightAmounts = isSumOf(
    ({ quantity, amountMinor, unitAmountMinor = amountMinor }) =>
      BigInt(quantity) * (amountMinor > unitAmountMinor ? unitAmountMinor : amountMinor),
  );
  // First, because the amount of that item is reported already, and the total is right once it is corrected.
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

function isWholeUnit({ amountMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor === unitAmountMinor;
}

/** Whether an amount is the full unit amount without its tax. */
function isNetUnit({ amountMinor, taxMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor + taxMinor === unitAmountMinor;
}
