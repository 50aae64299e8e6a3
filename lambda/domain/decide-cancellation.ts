import type { CanceledItem, Cancellation, CancellationRequest, RefundAccount, RequestedItem } from './cancellation.ts';
import { type Addend, type Mistake, mistakeInAmount, mistakeInTotal } from './likely-mistake.ts';
import { exponentOf, formatAmount, toMinorUnits } from './money.ts';
import { assertWithinPaid, leftOf, type Order, type OrderLine, type PaymentStatus, type Quantities } from './order.ts';

/** Why a request breaks the rules of section 3 of the contract. */
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
  /** What would be accepted there, in major units where it is an amount. */
  readonly accepted?: string | undefined;
  /** Of the order, where its decimals are what is accepted. */
  readonly currencyCode?: string;
  /** What was probably meant. */
  readonly mistake?: Mistake;
  /** What was meant, where the mistake tells. */
  readonly meant?: string;
  /** What is left of the order line concerned, in major units. */
  readonly left?: LineLeft | undefined;
}

export interface LineLeft {
  readonly seq: number;
  readonly units: number;
  readonly amount: string;
  readonly tax: string;
  readonly currencyCode: string;
}

export type Decision =
  | { readonly ok: true; readonly cancellation: Cancellation }
  | { readonly ok: false; readonly violations: readonly RuleViolation[] };

/**
 * Decides whether a request may be applied to an order as it stands, whole or not at all, and reports every rule that
 * it breaks (contract, section 3).
 * @param currencyCode what the merchant's X-Currency-Code says
 * @throws InvariantViolated when the order itself is impossible
 */
export function decideCancellation(order: Order, request: CancellationRequest, currencyCode: string): Decision {
  assertWithinPaid(order);
  const exponent = exponentOf(order.currencyCode);
  const items = request.items.map((item, index) => matchItem(item, index, order, exponent));
  const violations = [
    ...violationsOfOrder(order, request, currencyCode),
    ...items.flatMap((item) => violationsOfItem(item, items, order, exponent)),
    ...violationsOfTotal(request, items, order, exponent),
    ...violationsOfMissingLines(order, items),
  ];
  if (violations.length > 0) return { ok: false, violations };
  return { ok: true, cancellation: cancellationOf(order, items.map(canceledItem)) };
}

interface MatchedItem {
  readonly requested: RequestedItem;
  readonly field: string;
  readonly index: number;
  readonly lineIndex: number;
  readonly line: OrderLine | undefined;
  /** Per unit; undefined where the amount has more decimals than the currency. */
  readonly amountMinor: bigint | undefined;
  readonly taxMinor: bigint | undefined;
}

function matchItem(requested: RequestedItem, index: number, order: Order, exponent: number): MatchedItem {
  const lineIndex = order.lines.findIndex((line) => line.seq === requested.seq);
  return {
    requested,
    field: `/items/${index}`,
    index,
    lineIndex,
    line: order.lines[lineIndex],
    amountMinor: toMinorUnits(requested.amount, exponent),
    taxMinor: toMinorUnits(requested.taxAmount ?? 0, exponent),
  };
}

const cancelableStatuses: ReadonlySet<PaymentStatus> = new Set(['AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED']);

function violationsOfOrder(order: Order, request: CancellationRequest, currencyCode: string): RuleViolation[] {
  const violations: RuleViolation[] = [];
  if (currencyCode !== order.currencyCode) {
    violations.push({
      reason: 'CURRENCY_MISMATCH',
      at: { header: 'X-Currency-Code' },
      accepted: order.currencyCode,
    });
  }
  if (!cancelableStatuses.has(order.paymentStatus)) {
    violations.push({ reason: 'ORDER_NOT_CANCELABLE', at: { field: '/orderNo' }, accepted: order.paymentStatus });
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

function violationsOfItem(
  item: MatchedItem,
  items: readonly MatchedItem[],
  order: Order,
  exponent: number,
): RuleViolation[] {
  const { requested, line, amountMinor, taxMinor } = item;
  const violations: RuleViolation[] = [];
  const lineLeft = line && describeLeft(line, order.currencyCode, exponent);
  const violate = (
    reason: RuleReason,
    name: keyof RequestedItem,
    accepted?: string,
    more: Pick<RuleViolation, 'currencyCode' | 'mistake' | 'meant'> = {},
  ) => {
    violations.push({ reason, at: { field: `${item.field}/${name}` }, accepted, ...more, left: lineLeft });
  };

  const isRepeated = items.some((other) => other.index < item.index && other.requested.seq === requested.seq);
  if (isRepeated) violate('DUPLICATE_SEQ', 'seq');
  const { currencyCode } = order;
  if (amountMinor === undefined) violate('AMOUNT_PRECISION', 'amount', String(exponent), { currencyCode });
  if (taxMinor === undefined) violate('AMOUNT_PRECISION', 'taxAmount', String(exponent), { currencyCode });
  if (line === undefined) {
    violate('UNKNOWN_ITEM', 'seq', listSeqs(order));
    return violations;
  }

  const left = leftOf(line);
  if (requested.itemId !== line.itemId) {
    const [holder, ...others] = order.lines.filter(({ itemId }) => itemId === requested.itemId);
    const isOnly = holder !== undefined && others.length === 0;
    const hint = isOnly ? ({ mistake: 'SEQ_OF_ANOTHER_LINE', meant: String(holder.seq) } as const) : {};
    violate('ITEM_MISMATCH', 'itemId', line.itemId, hint);
  }
  if (requested.itemType !== line.itemType) violate('ITEM_MISMATCH', 'itemType', line.itemType);
  if (requested.quantity > left.units) violate('QUANTITY_EXCEEDS_REMAINING', 'quantity', String(left.units));

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
    if (quantity * amountMinor > left.amountMinor) {
      violate('AMOUNT_EXCEEDS_REMAINING', 'amount', formatAmount(left.amountMinor, exponent));
    }
  }
  if (taxMinor !== undefined) {
    if (taxMinor > line.unitTaxMinor) {
      violate('TAX_EXCEEDS_UNIT_TAX', 'taxAmount', formatAmount(line.unitTaxMinor, exponent));
    }
    if (quantity * taxMinor > left.taxMinor) {
      violate('TAX_EXCEEDS_REMAINING', 'taxAmount', formatAmount(left.taxMinor, exponent));
    }
  }
  return violations;
}

function describeLeft(line: OrderLine, currencyCode: string, exponent: number): LineLeft {
  const left = leftOf(line);
  return {
    seq: line.seq,
    units: left.units,
    amount: formatAmount(left.amountMinor, exponent),
    tax: formatAmount(left.taxMinor, exponent),
    currencyCode,
  };
}

function violationsOfTotal(
  request: CancellationRequest,
  items: readonly MatchedItem[],
  { currencyCode }: Order,
  exponent: number,
): RuleViolation[] {
  const at = { field: '/totalCancelAmount' };
  const totalMinor = toMinorUnits(request.totalCancelAmount, exponent);
  if (totalMinor === undefined) return [{ reason: 'AMOUNT_PRECISION', at, accepted: String(exponent), currencyCode }];

  let sumMinor = 0n;
  const addends: Addend[] = [];
  for (const { requested, line, amountMinor, taxMinor = 0n } of items) {
    if (amountMinor === undefined) return []; // Reported as that item's own; there is no sum to compare with.
    const { quantity } = requested;
    sumMinor += BigInt(quantity) * amountMinor;
    addends.push({ quantity, amountMinor, taxMinor, unitAmountMinor: line?.unitAmountMinor });
  }
  if (totalMinor === sumMinor) return [];
  const mistake = mistakeInTotal(totalMinor, addends);
  return [{ reason: 'TOTAL_MISMATCH', at, accepted: formatAmount(sumMinor, exponent), ...(mistake && { mistake }) }];
}

/** The lines that an order has, as many as a message need name. */
function listSeqs({ lines }: Order): string {
  const seqs = lines.slice(0, maxListedSeqs).map(({ seq }) => seq);
  return seqs.join(', ') + (lines.length > maxListedSeqs ? ', ...' : '');
}

const maxListedSeqs = 20;

/**
 * Before capture every line has to be there, in its whole quantity and for its full unit amount (see violationsOfItem).
 * What is more than that breaks another rule.
 */
function violationsOfMissingLines(order: Order, items: readonly MatchedItem[]): RuleViolation[] {
  if (!isBeforeCapture(order)) return [];
  const requestedSeqs = new Set(items.map(({ requested }) => requested.seq));
  const missing = order.lines.filter((line) => !requestedSeqs.has(line.seq)).map((line) => line.seq);
  if (missing.length === 0) return [];
  return [{ reason: 'PARTIAL_BEFORE_CAPTURE', at: { field: '/items' }, accepted: missing.join(', ') }];
}

function isBeforeCapture(order: Order): boolean {
  return order.paymentStatus === 'AUTHORIZED';
}

function canceledItem({ requested, line, lineIndex, amountMinor, taxMinor }: MatchedItem): CanceledItem {
  if (line === undefined || amountMinor === undefined || taxMinor === undefined) {
    throw new Error('An item that breaks a rule was about to be canceled.');
  }
  const { seq, itemType, itemId, quantity } = requested;
  const left = leftOf(line);
  const amountTaken = BigInt(quantity) * amountMinor;
  const taxTaken = BigInt(quantity) * taxMinor;
  const unitsTaken = unitsTakenFrom(line, left, quantity, amountMinor, amountTaken);
  return {
    seq,
    itemType,
    itemId,
    quantity,
    amountMinor,
    taxMinor: requested.taxAmount === undefined ? undefined : taxMinor,
    lineIndex,
    taken: { units: unitsTaken, amountMinor: amountTaken, taxMinor: taxTaken },
    canceled: {
      units: line.canceled.units + unitsTaken,
      amountMinor: line.canceled.amountMinor + amountTaken,
      taxMinor: line.canceled.taxMinor + taxTaken,
    },
  };
}

/**
 * The full unit amount cancels units; less than it cancels an amount and the units stay, until nothing is left of the
 * line's amount: then all its units are gone. A free line never has an amount left, so its units go one by one.
 */
function unitsTakenFrom(
  line: OrderLine,
  left: Quantities,
  quantity: number,
  amountMinor: bigint,
  amountTaken: bigint,
): number {
  const isFree = line.unitAmountMinor === 0n;
  const emptiesTheLine = !isFree && amountTaken === left.amountMinor;
  if (emptiesTheLine) return left.units;
  return amountMinor === line.unitAmountMinor ? quantity : 0;
}

function cancellationOf(order: Order, items: CanceledItem[]): Cancellation {
  const { orderNo, currencyCode } = order;
  if (isBeforeCapture(order)) {
    return { kind: 'VOID', orderNo, currencyCode, nextStatus: 'VOIDED', items };
  }
  const canceledByLine = new Map(items.map((item) => [item.lineIndex, item.canceled]));
  const isEverythingCanceled = order.lines.every(
    (line, index) => (canceledByLine.get(index) ?? line.canceled).units === line.quantity,
  );
  const nextStatus = isEverythingCanceled ? 'CANCELED' : 'PARTIALLY_CANCELED';
  return { kind: 'REFUND', orderNo, currencyCode, nextStatus, items };
}
