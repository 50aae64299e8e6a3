import { type OrderLine, remainingOf } from './order.ts';

/**
 * Frequent mistakes. A response names one if it explains the value that was sent (contract, section 3). The examples
 * are about an order line of 2 units. Each unit costs 50000, with a tax of 5000 in it, which is sent as taxAmount 5000.
 */
export type Mistake =
  /** One unit is sent with the amount 55000. */
  | 'TAX_ADDED_TO_AMOUNT'
  /** 2 x 50000 is sent as the amount 100000. */
  | 'LINE_TOTAL_AS_AMOUNT'
  /** In a currency with two decimals, 19.99 is sent as 1999. */
  | 'MINOR_UNITS'
  /** 2 x 55000 is sent with the total 100000: the amount is wrong, and the total is right. */
  | 'TOTAL_OF_OTHER_AMOUNTS'
  /** 2 x 50000 is sent with the total 50000. */
  | 'SUM_WITHOUT_QUANTITY'
  /** 2 x 30000 is sent with the total 30000: the total should be 60000, or the amount 15000. */
  | 'SUM_OR_LINE_TOTALS'
  /** 2 x 50000 is sent with the total 55000. */
  | 'SUM_WITHOUT_QUANTITY_PLUS_TAX'
  /** 2 x 45000 is sent with the total 100000: the tax is missing in the amount, and the total is right. */
  | 'AMOUNTS_LACK_TAX'
  /** 2 x 50000 is sent with the total 110000. */
  | 'TAX_ADDED_TO_TOTAL'
  /** 2 x 20000 is sent with taxAmount 2000 and the total 44000: the total should be 40000, or the amount 22000. */
  | 'TAX_ADDED_OR_LEFT_OUT'
  /** 2 x 50000 is sent with the total 90000. */
  | 'TAX_TAKEN_FROM_TOTAL'
  /** Line 1 is named with the itemId of line 2. */
  | 'SEQ_OF_ANOTHER_LINE';

/**
 * The mistake that explains why an amount is more than its line's unit amount, and the amount that was meant if it is
 * another one than that; undefined if no known mistake does.
 * @param exponent decimals of the currency
 */
export function mistakeInAmount(
  amountMinor: bigint,
  quantity: number,
  line: OrderLine,
  exponent: number,
): { readonly mistake: Mistake; readonly meantMinor?: bigint } | undefined {
  const { unitAmountMinor, unitTaxMinor } = line;
  if (amountMinor === unitAmountMinor + unitTaxMinor) return { mistake: 'TAX_ADDED_TO_AMOUNT' };
  if (amountMinor === BigInt(quantity) * unitAmountMinor) return { mistake: 'LINE_TOTAL_AS_AMOUNT' };
  const factor = 10n ** BigInt(exponent);
  const meantMinor = amountMinor / factor;
  const isWhole = amountMinor % factor === 0n;
  // An amount that is only somewhat too large is no mistake of this kind.
  const isFarTooLarge = amountMinor >= 10n * unitAmountMinor;
  const canBeMeant = meantMinor <= unitAmountMinor && BigInt(quantity) * meantMinor <= remainingOf(line).amountMinor;
  return exponent > 0 && isWhole && isFarTooLarge && canBeMeant ? { mistake: 'MINOR_UNITS', meantMinor } : undefined;
}

/** The part of an item that counts in a total. Amounts are per unit. */
export interface Addend {
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  /** The unit amount of the order line, which no amount may exceed; undefined if the order has no such line. */
  readonly unitAmountMinor: bigint | undefined;
  /** What remains of the line's amount; undefined if the order has no such line. */
  readonly remainingMinor: bigint | undefined;
}

/**
 * The mistake that explains why a total differs from the sum of quantity x amount; undefined if no known one does. If
 * either the total or the amounts may be wrong, the mistake covers both: correcting the wrong one would cancel another
 * sum. Whoever corrects what is named gets no other error about amounts.
 * @param itemsFirst whether the amounts have to be corrected, so that the total may be right
 * @param exponent decimals of the currency
 */
export function mistakeInTotal(
  totalMinor: bigint,
  items: readonly Addend[],
  { itemsFirst, exponent }: { readonly itemsFirst: boolean; readonly exponent: number },
): Mistake | undefined {
  const isSumOf = (part: (item: Addend) => bigint) => totalMinor === items.reduce((sum, item) => sum + part(item), 0n);
  // First, because the amount of that item is reported already, and the total is right once it is corrected.
  if (items.every(remainsOnceCapped) && isSumOf((item) => BigInt(item.quantity) * cappedAmount(item))) {
    return 'TOTAL_OF_OTHER_AMOUNTS';
  }
  const isSumPlusTax = isSumOf(({ quantity, amountMinor, taxMinor }) => BigInt(quantity) * (amountMinor + taxMinor));
  const taxed = items.filter(({ taxMinor }) => taxMinor > 0n);
  if (isSumPlusTax && taxed.every(isNetUnit)) return 'AMOUNTS_LACK_TAX';
  if (itemsFirst) return undefined;
  if (isSumOf(({ amountMinor }) => amountMinor)) {
    const several = items.filter(({ quantity }) => quantity > 1);
    const mayBeLineTotals = several.every(({ quantity, amountMinor }) => amountMinor % BigInt(quantity) === 0n);
    return several.every(isWholeUnit) || !mayBeLineTotals ? 'SUM_WITHOUT_QUANTITY' : 'SUM_OR_LINE_TOTALS';
  }
  if (isSumPlusTax) {
    const mayLackTax = taxed.every(mayHaveTaxAdded);
    return taxed.every(isWholeUnit) || !mayLackTax ? 'TAX_ADDED_TO_TOTAL' : 'TAX_ADDED_OR_LEFT_OUT';
  }
  if (isSumOf(({ quantity, amountMinor, taxMinor }) => BigInt(quantity) * (amountMinor - taxMinor))) {
    return 'TAX_TAKEN_FROM_TOTAL';
  }
  if (isSumOf(({ amountMinor, taxMinor }) => amountMinor + taxMinor)) return 'SUM_WITHOUT_QUANTITY_PLUS_TAX';
  const factor = 10n ** BigInt(exponent);
  const isInMinorUnits = isSumOf(({ quantity, amountMinor }) => BigInt(quantity) * amountMinor * factor);
  return isInMinorUnits ? 'MINOR_UNITS' : undefined;
}

function isWholeUnit({ amountMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor === unitAmountMinor;
}

/** Whether an amount is the full unit amount without its tax. */
function isNetUnit({ amountMinor, taxMinor, unitAmountMinor }: Addend): boolean {
  return amountMinor + taxMinor === unitAmountMinor;
}

/** The amount, or the unit amount if that is less. */
function cappedAmount({ amountMinor, unitAmountMinor = amountMinor }: Addend): bigint {
  return amountMinor > unitAmountMinor ? unitAmountMinor : amountMinor;
}

function remainsOnceCapped(item: Addend): boolean {
  const { remainingMinor } = item;
  return remainingMinor === undefined || BigInt(item.quantity) * cappedAmount(item) <= remainingMinor;
}

function mayHaveTaxAdded({ quantity, amountMinor, taxMinor, unitAmountMinor, remainingMinor }: Addend): boolean {
  const gross = amountMinor + taxMinor;
  const isWithinUnit = unitAmountMinor === undefined || gross <= unitAmountMinor;
  return isWithinUnit && (remainingMinor === undefined || BigInt(quantity) * gross <= remainingMinor);
}
