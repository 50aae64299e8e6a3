import type { Mistake } from './likely-mistake.ts';

/** Why a request breaks the rules (contract, section 3). */
export type RuleReason =
  | 'DUPLICATE_SEQ'
  | 'UNKNOWN_ITEM'
  | 'ITEM_MISMATCH'
  | 'AMOUNT_EXCEEDS_UNIT_AMOUNT'
  | 'AMOUNT_NOT_POSITIVE'
  | 'AMOUNT_WITHOUT_TAX'
  | 'TAX_EXCEEDS_UNIT_TAX'
  | 'TAX_EXCEEDS_AMOUNT'
  | 'TAX_LEFT_OVER'
  | 'QUANTITY_EXCEEDS_REMAINING'
  | 'AMOUNT_EXCEEDS_REMAINING'
  | 'TAX_EXCEEDS_REMAINING'
  | 'TOTAL_MISMATCH'
  | 'AMOUNT_PRECISION'
  | 'CURRENCY_MISMATCH'
  | 'PARTIAL_BEFORE_CAPTURE'
  | 'ORDER_NOT_CANCELABLE'
  | 'REFUND_ACCOUNT_REQUIRED';

/** A case of a reason that needs other words than usual. */
export type RuleCase =
  /** PARTIAL_BEFORE_CAPTURE: whole lines are missing from the request. */
  | 'MISSING_LINES'
  /** AMOUNT_NOT_POSITIVE: no amount is accepted any more. */
  | 'NOTHING_REMAINS'
  /** AMOUNT_WITHOUT_TAX: the full unit amount is more than what remains. */
  | 'LESS_THAN_UNITS_REMAIN'
  /** TAX_LEFT_OVER: no tax per unit would be accepted. */
  | 'NO_UNIT_TAX_FITS'
  /** TOTAL_MISMATCH: items have to be corrected first, so the sum is not known yet. */
  | 'ITEMS_FIRST';

export interface RuleViolation {
  readonly reason: RuleReason;
  readonly ruleCase?: RuleCase | undefined;
  /** JSON Pointer into the request body, or the name of a header. */
  readonly at: { readonly field: string } | { readonly header: string };
  /** The value that the message shows: usually what would be accepted there. An amount is in major units. */
  readonly shown?: string | undefined;
  /** What was sent, if the message compares it with what is accepted. */
  readonly sent?: string;
  /** The quantity that `shown` is accepted with. */
  readonly withQuantity?: string;
  /** Another value that would be accepted. */
  readonly orElse?: string;
  /** The order's currency, if `shown` is its number of decimals. */
  readonly currencyCode?: string;
  /** The merchant's probable mistake. */
  readonly mistake?: Mistake | undefined;
  /** The value that the merchant probably meant, if the mistake shows it. */
  readonly meant?: string;
  /** What remains of the order line that the item names. */
  readonly remaining?: RemainingOfLine | undefined;
}

/** What remains of an order line, amounts in major units. */
export interface RemainingOfLine {
  readonly seq: number;
  readonly itemId: string;
  readonly units: number;
  readonly amount: string;
  readonly tax: string;
  readonly currencyCode: string;
  /** The items that cancel all of it, one after the other, such as "2 x 10000" and "1 x 5000"; absent if that is no help. */
  readonly steps?: readonly string[] | undefined;
}
