import type { CancellationRequest, RefundAccount } from './cancellation.ts';
import { violationsOfItem } from './item-rules.ts';
import type { MatchedRequest } from './matched-request.ts';
import { isBeforeCapture, type Order, type PaymentStatus } from './order.ts';
import type { RuleReason, RuleViolation } from './rule-violation.ts';
import { violationsOfTotal } from './total-rule.ts';

/**
 * Every rule that a request breaks: first those about the order, then those about each item, then the total, then lines
 * that are missing from the request.
 * @param currencyCode the value of X-Currency-Code
 */
export function brokenRules(matched: MatchedRequest, currencyCode: string): RuleViolation[] {
  const { order, request, items } = matched;
  const ofItems = items.flatMap((item) => violationsOfItem(item, matched));
  const changesSum = ofItems.some(({ reason }) => reasonsThatChangeTheSum.has(reason));
  return [
    ...violationsOfOrder(order, request, currencyCode),
    ...ofItems,
    ...violationsOfTotal(matched, changesSum),
    ...violationsOfMissingLines(matched),
  ];
}

/** Whoever corrects one of these sends another quantity or amount, and so another sum. */
const reasonsThatChangeTheSum: ReadonlySet<RuleReason> = new Set([
  'DUPLICATE_SEQ',
  'AMOUNT_PRECISION',
  'AMOUNT_EXCEEDS_UNIT_AMOUNT',
  'AMOUNT_NOT_POSITIVE',
  'AMOUNT_WITHOUT_TAX',
  'QUANTITY_EXCEEDS_REMAINING',
  'AMOUNT_EXCEEDS_REMAINING',
  'PARTIAL_BEFORE_CAPTURE',
]);

const cancelableStatuses: ReadonlySet<PaymentStatus> = new Set([
  'REQUESTED',
  'AUTHORIZED',
  'CAPTURED',
  'PARTIALLY_CANCELED',
]);

function violationsOfOrder(order: Order, request: CancellationRequest, currencyCode: string): RuleViolation[] {
  const violations: RuleViolation[] = [];
  if (currencyCode !== order.currencyCode) violations.push(currencyMismatch(order));
  if (!cancelableStatuses.has(order.paymentStatus)) {
    violations.push({ reason: 'ORDER_NOT_CANCELABLE', at: { field: '/orderNo' }, shown: order.paymentStatus });
  }
  const isCaptured = order.paymentStatus === 'CAPTURED' || order.paymentStatus === 'PARTIALLY_CANCELED';
  if (isCaptured && order.refundMethod === 'BANK_ACCOUNT') {
    violations.push(...missingRefundFields(request.refundAccount));
  }
  return violations;
}

export function currencyMismatch({ currencyCode }: Order): RuleViolation {
  return { reason: 'CURRENCY_MISMATCH', at: { header: 'X-Currency-Code' }, shown: currencyCode };
}

function missingRefundFields(account: RefundAccount = {}): RuleViolation[] {
  return (['accountNumber', 'bankCode', 'accountHolderName'] as const)
    .filter((name) => account[name] === undefined)
    .map((name) => ({ reason: 'REFUND_ACCOUNT_REQUIRED', at: { field: `/refundAccount/${name}` } }));
}

/**
 * Before capture every line must be in the request. That its quantity and amount are the full ones is checked for each
 * item.
 */
function violationsOfMissingLines({ order, items }: MatchedRequest): RuleViolation[] {
  if (!isBeforeCapture(order)) return [];
  const requestedSeqs = new Set(items.map(({ requested }) => requested.seq));
  const missing = order.lines.filter((line) => !requestedSeqs.has(line.seq)).map((line) => line.seq);
  if (missing.length === 0) return [];
  const at = { field: '/items' };
  return [{ reason: 'PARTIAL_BEFORE_CAPTURE', ruleCase: 'MISSING_LINES', at, shown: missing.join(', ') }];
}
