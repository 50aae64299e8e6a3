import type { CancellationRequest, RefundAccount, RequestedItem } from './cancellation.ts';
import { type Addend, type Mistake, mistakeInAmount, mistakeInTotal } from './likely-mistake.ts';
import type { MatchedItem } from './matched-item.ts';
import { exponentOf, formatAmount, toMinorUnits } from './money.ts';
import { type Order, type OrderLine, type PaymentStatus, remainingOf } from './order.ts';

/** Why a request breaks the rules (contract, section 3). */
export type RuleReason =
  | 'DUPLICATE_SEQ'
  | 'UNKNOWN_ITEM'
  | 'ITEM_MISMATCH'
  | 'AMOUNT_EXCEEDS_UNIT_AMOUNT'
  | 'AMOUNT_NOT_POSITIVE'
  | 'TAX_EXCEEDS_UNIT_TAX'
  | 'QUANTITY_EXCEEDS_REMAINING'
  | 'AMOUNT_EXCEEDS_REMAINING'
  | 'TAX_EXCEEDS_REMAINING'
  | 'TOTAL_MISMATCH'
  | 'AMOUNT_PRECISION'
  | 'CURRENCY_MISMATCH'
  | 'PARTIAL_BEFORE_CAPTURE'
  | 'ORDER_NOT_CANCELABLE'
  | 'REFUND_ACCOUNT_REQUIRED';

export interface RuleViolation {
  readonly reason: RuleReason;
  /** JSON Pointer into the request body, or the name of a header. */
  readonly at: { readonly field: string } | { readonly header: string };
  /** The value that the message shows: usually what would be accepted there. An amount is in major units. */
  readonly shown?: string | undefined;
  /** The order's currency, if `shown` is its number of decimals. */
  readonly currencyCode?: string;
  /** The merchant's probable mistake. */
  readonly mistake?: Mistake;
  /** The value that the merchant probably meant, if the mistake shows it. */
  readonly meant?: string;
  /** What remains of the order line that the item names. */
  readonly remaining?: RemainingOfLine | undefined;
}

/** What remains of an order line, amounts in major units. */
export interface RemainingOfLine {
  readonly seq: number;
  readonly units: number;
  readonly amount: string;
  readonly tax: string;
  readonly currencyCode: string;
}

/**
 * Every rule that a request breaks: first those about the order, then those about each item, then the total, then lines
 * that are missing from the request.
 * @param items the items of the request, in its sequence
 * @param currencyCode the value of X-Currency-Code
 */
export function brokenRules(
  order: Order,
  request: CancellationRequest,
  items: readonly MatchedItem[],
  currencyCode: string,
): RuleViolation[] {
  return [
    ...violationsOfOrder(order, request, currencyCode),
    ...items.flatMap((item) => violationsOfItem(item, items, order)),
    ...violationsOfTotal(request, items, order),
    ...violationsOfMissingLines(order, items),
  ];
}

/** Before capture no money has moved, and only the whole order can be canceled. */
export function isBeforeCapture(order: Order): boolean {
  return order.paymentStatus === 'AUTHORIZED';
}

const cancelableStatuses: ReadonlySet<PaymentStatus> = new Set(['AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED']);

function violationsOfOrder(order: Order, request: CancellationRequest, currencyCode: string): RuleViolation[] {
  const violations: RuleViolation[] = [];
  if (currencyCode !== order.currencyCode) {
    violations.push({
      reason: 'CURRENCY_MISMATCH',
      at: { header: 'X-Currency-Code' },
      shown: order.currencyCode,
    });
  }
  if (!cancelableStatuses.has(order.paymentStatus)) {
    violations.push({ reason: 'ORDER_NOT_CANCELABLE', at: { field: '/orderNo' }, shown: order.paymentStatus });
  }
  const isCaptured = order.paymentStatus === 'CAPTURED' || order.paymentStatus === 'PARTIALLY_CANCELED';
  if (isCaptured && order.refundMethod === 'BANK_ACCOUNT') {
    violations.push(...missingRefundFields(request.refundAccount));
  }
  return violations;
}

function missingRefundFields(account: RefundAccount = {}): RuleViolation[] {
  return (['accountNumber', 'bankCode', 'accountHolderName'] as const)
    .filter((name) => account[name] === undefined)
    .map((name) => ({ reason: 'REFUND_ACCOUNT_REQUIRED', at: { field: `/refundAccount/${name}` } }));
}

function violationsOfItem(item: MatchedItem, items: readonly MatchedItem[], order: Order): RuleViolation[] {
  const { requested, line, amountMinor, taxMinor } = item;
  const { currencyCode } = order;
  const exponent = exponentOf(currencyCode);
  const violations: RuleViolation[] = [];
  const remainingText = line && formatRemaining(line, currencyCode, exponent);
  const violate = (
    reason: RuleReason,
    name: keyof RequestedItem,
    shown?: string,
    more: Pick<RuleViolation, 'currencyCode' | 'mistake' | 'meant'> = {},
  ) => {
    const at = { field: `/items/${item.index}/${name}` };
    violations.push({ reason, at, shown, ...more, remaining: remainingText });
  };

  const isRepeated = items.some((other) => other.index < item.index && other.requested.seq === requested.seq);
  if (isRepeated) violate('DUPLICATE_SEQ', 'seq');
  if (amountMinor === undefined) violate('AMOUNT_PRECISION', 'amount', String(exponent), { currencyCode });
  if (taxMinor === undefined) violate('AMOUNT_PRECISION', 'taxAmount', String(exponent), { currencyCode });
  if (line === undefined) {
    violate('UNKNOWN_ITEM', 'seq', listSeqs(order));
    return violations;
  }

  const remaining = remainingOf(line);
  if (requested.itemId !== line.itemId) {
    const [holder, ...others] = order.lines.filter(({ itemId }) => itemId === requested.itemId);
    const isOnly = holder !== undefined && others.length === 0;
    const hint = isOnly ? ({ mistake: 'SEQ_OF_ANOTHER_LINE', meant: String(holder.seq) } as const) : {};
    violate('ITEM_MISMATCH', 'itemId', line.itemId, hint);
  }
  if (requested.itemType !== line.itemType) violate('ITEM_MISMATCH', 'itemType', line.itemType);
  if (requested.quantity > remaining.units) violate('QUANTITY_EXCEEDS_REMAINING', 'quantity', String(remaining.units));

  if (isBeforeCapture(order) && requested.quantity < line.quantity) {
    violate('PARTIAL_BEFORE_CAPTURE', 'quantity', String(line.quantity));
  }

  const quantity = BigInt(requested.quantity);
  if (amountMinor !== undefined) {
    const unitAmount = formatAmount(line.unitAmountMinor, exponent);
    const isFree = line.unitAmountMinor === 0n;
    if (amountMinor > line.unitAmountMinor) {
      const mistake = mistakeInAmount(amountMinor, requested.quantity, line);
      violate('AMOUNT_EXCEEDS_UNIT_AMOUNT', 'amount', unitAmount, mistake && { mistake });
    }
    if (amountMinor <= 0n && !isFree) violate('AMOUNT_NOT_POSITIVE', 'amount', unitAmount);
    if (isBeforeCapture(order) && amountMinor < line.unitAmountMinor) {
      violate('PARTIAL_BEFORE_CAPTURE', 'amount', unitAmount);
    }
    if (quantity * amountMinor > remaining.amountMinor) {
      violate('AMOUNT_EXCEEDS_REMAINING', 'amount', formatAmount(remaining.amountMinor, exponent));
    }
  }
  if (taxMinor !== undefined) {
    if (taxMinor > line.unitTaxMinor) {
      violate('TAX_EXCEEDS_UNIT_TAX', 'taxAmount', formatAmount(line.unitTaxMinor, exponent));
    }
    if (quantity * taxMinor > remaining.taxMinor) {
      violate('TAX_EXCEEDS_REMAINING', 'taxAmount', formatAmount(remaining.taxMinor, exponent));
    }
  }
  return violations;
}

function formatRemaining(line: OrderLine, currencyCode: string, exponent: number): RemainingOfLine {
  const { units, amountMinor, taxMinor } = remainingOf(line);
  return {
    seq: line.seq,
    units,
    amount: formatAmount(amountMinor, exponent),
    tax: formatAmount(taxMinor, exponent),
    currencyCode,
  };
}

function violationsOfTotal(
  request: CancellationRequest,
  items: readonly MatchedItem[],
  { currencyCode }: Order,
): RuleViolation[] {
  const at = { field: '/totalCancelAmount' };
  const exponent = exponentOf(currencyCode);
  const totalMinor = toMinorUnits(request.totalCancelAmount, exponent);
  if (totalMinor === undefined) return [{ reason: 'AMOUNT_PRECISION', at, shown: String(exponent), currencyCode }];

  let sumMinor = 0n;
  const addends: Addend[] = [];
  for (const { requested, line, amountMinor, taxMinor = 0n } of items) {
    if (amountMinor === undefined) return []; // Reported for that item; there is no sum to compare with.
    const { quantity } = requested;
    sumMinor += BigInt(quantity) * amountMinor;
    addends.push({ quantity, amountMinor, taxMinor, unitAmountMinor: line?.unitAmountMinor });
  }
  if (totalMinor === sumMinor) return [];
  const mistake = mistakeInTotal(totalMinor, addends);
  return [{ reason: 'TOTAL_MISMATCH', at, shown: formatAmount(sumMinor, exponent), ...(mistake && { mistake }) }];
}

/** A message lists at most this many lines of an order. */
const maxListedSeqs = 20;

function listSeqs({ lines }: Order): string {
  const seqs = lines.slice(0, maxListedSeqs).map(({ seq }) => seq);
  return seqs.join(', ') + (lines.length > maxListedSeqs ? ', ...' : '');
}

/**
 * Before capture every line must be in the request. That its quantity and amount are the full ones is checked for each
 * item.
 */
function violationsOfMissingLines(order: Order, items: readonly MatchedItem[]): RuleViolation[] {
  if (!isBeforeCapture(order)) return [];
  const requestedSeqs = new Set(items.map(({ requested }) => requested.seq));
  const missing = order.lines.filter((line) => !requestedSeqs.has(line.seq)).map((line) => line.seq);
  if (missing.length === 0) return [];
  return [{ reason: 'PARTIAL_BEFORE_CAPTURE', at: { field: '/items' }, shown: missing.join(', ') }];
}
