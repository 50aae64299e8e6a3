import type { CancellationKind } from '../../lambda/domain/cancellation.ts';
import type { Execution } from '../../lambda/domain/execution.ts';
import { exponentOf, formatAmount } from '../../lambda/domain/money.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { impossibleAttributesOfCancellation } from '../../lambda/dynamodb/impossible-rows.ts';
import { type CancellationRow, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import {
  executionOf,
  type ExecutionRow,
  firstExecutionOf,
  impossibleAttributesOfExecution,
} from '../../lambda/dynamodb/refund-items.ts';
import { smokeStore } from '../../lambda/pre-traffic/smoke-order.ts';
import { ageText } from './age-text.ts';
import { impossibleText } from './check-order.ts';
import { impossiblePairs } from './impossible-pairs.ts';
import { emptyListing, list, type Listing } from './listing.ts';

/** What refunds are judged by. */
export interface RefundRules {
  readonly nowMs: number;
  /** For how long an account is kept. */
  readonly refundAccountDays: number;
  /** What follows the options of npm run admin: --stage NAME, or nothing on localhost. */
  readonly stageOption: string;
}

/** What a record says of its refund. Undefined in the map: the record cannot be, so nothing is known. */
interface ExpectedRefund {
  readonly kind: CancellationKind;
  readonly currencyCode: string;
  readonly amountMinor: bigint;
  readonly createdAtMs: number;
  readonly hasAccount: boolean;
  /** Whether the platform has moved the money, so that nobody was asked for it. */
  readonly isPaid: boolean;
  /** Whether it is of a time when nobody was asked for refunds. */
  readonly isOld: boolean;
}

/** The refunds of an order, summed up as its records and executions are read: there may be any number of them. */
export interface RefundSummary {
  readonly violations: string[];
  readonly expected: Map<string, ExpectedRefund | undefined>;
  /** What is no violation, and somebody should know. */
  readonly failed: Listing;
  readonly waiting: Listing;
  /** Whether there are more records than are compared. */
  isOverfull: boolean;
  executions: number;
  oldRecords: number;
  succeededMinor: bigint;
}

export function noRefunds(): RefundSummary {
  return {
    violations: [],
    expected: new Map(),
    failed: emptyListing(),
    waiting: emptyListing(),
    isOverfull: false,
    executions: 0,
    oldRecords: 0,
    succeededMinor: 0n,
  };
}

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** A record that is younger may still be on its way to the bus. */
const leavesWithinMs = 15 * minuteMs;

/** Whoever pays refunds is expected to be through by then. */
const longMs = dayMs;

/** More cancellations of one order than this are not compared with their executions: memory is bounded. */
const maxCompared = 100_000;

/** Adds a record of the order, before its executions are added. */
export function addExpected(summary: RefundSummary, row: CancellationRow, order: Order): void {
  if (summary.isOverfull) return;
  if (summary.expected.size === maxCompared) {
    summary.isOverfull = true;
    summary.violations.push(`has more than ${maxCompared} cancellations: the refunds of the others were not compared`);
    return;
  }
  const cur = row.cur ?? order.currencyCode;
  const isPossible = impossibleAttributesOfCancellation(row).length === 0 && row.lines.every(({ a }) => a >= 0n);
  if (!isPossible) {
    summary.expected.set(row.rid, undefined);
    return;
  }
  if (cur !== order.currencyCode) {
    summary.violations.push(`${row.rid}: its currency is not the order's, ${order.currencyCode}`);
  }
  const first = firstExecutionOf({ ...row, cur: order.currencyCode });
  const { kind, currencyCode, amountMinor, hasAccount } = first;
  const expected = { kind, currencyCode, amountMinor, hasAccount, isPaid: first.origin === 'PLATFORM' };
  summary.expected.set(row.rid, { ...expected, createdAtMs: Number(row.at), isOld: row.cur === undefined });
}

/** Adds an execution of the order as it is stored, whatever it is, after all records were added. */
export function addExecution(summary: RefundSummary, row: ExecutionRow, rules: RefundRules): void {
  const isOfRecord = summary.expected.has(row.rid);
  const expected = summary.expected.get(row.rid);
  summary.expected.delete(row.rid);
  summary.executions += 1;
  const add = (sentence: string) => summary.violations.push(`${row.rid}: ${sentence}`);
  if (!isOfRecord && !summary.isOverfull) add('has an execution, but no record');
  const impossible = impossibleAttributesOfExecution(row);
  if (impossible.length === 0) impossible.push(...impossiblePairs(row));
  if (impossible.length > 0) {
    add(`its execution has ${impossibleText(impossible)}`);
    return;
  }
  const execution = executionOf(row);
  if (expected) differencesOf(execution, expected).forEach(add);
  if (execution.status === 'SUCCEEDED') summary.succeededMinor += execution.amountMinor;
  addFindings(summary, execution, rules);
}

function differencesOf(execution: Execution, expected: ExpectedRefund): string[] {
  const isFirst = execution.attempt === 1;
  // The money of a void may have been captured after it: then it is refunded as the next attempt.
  const isLateDeposit = !isFirst && expected.kind === 'VOID' && execution.kind === 'REFUND';
  const compared = [
    ...(isLateDeposit ? [] : [['kind', execution.kind, expected.kind] as const]),
    ['origin', execution.origin ?? 'MERCHANT', expected.isPaid ? 'PLATFORM' : 'MERCHANT'],
    // Nobody was asked for what the platform has paid, so nothing becomes of it.
    ...(expected.isPaid
      ? ([
          ['status', execution.status, 'SUCCEEDED'],
          ['attempt', execution.attempt, 1],
        ] as const)
      : []),
    ['currency', execution.currencyCode, expected.currencyCode],
    ['amount', execution.amountMinor, expected.amountMinor],
    // An account may be added by a retry, and the first request is a pure function of the record.
    ...(isFirst
      ? ([
          ['account', execution.hasAccount, expected.hasAccount],
          ['time', execution.requestedAtMs, expected.createdAtMs],
        ] as const)
      : []),
  ] as const;
  return compared
    .filter(([, executed, recorded]) => executed !== recorded)
    .map(([name, executed, recorded]) => `its execution has the ${name} ${executed}, its record ${recorded}`);
}

function addFindings(summary: RefundSummary, execution: Execution, { nowMs }: RefundRules): void {
  const { status, updatedAtMs, failureReason } = execution;
  const ageMs = nowMs - updatedAtMs;
  const is = `${refundText(execution)}, ${status} for ${ageText(ageMs)}`;
  if (status === 'FAILED') list(summary.failed, failureReason === undefined ? is : `${is}: ${failureReason}`);
  const isWaiting = status === 'REQUESTED' || status === 'PENDING';
  if (isWaiting && ageMs > longMs) list(summary.waiting, is);
}

function refundText(execution: Execution): string {
  const { returnRequestId, amountMinor, currencyCode, attempt } = execution;
  const amount = formatAmount(amountMinor, exponentOf(currencyCode));
  return `${orderKeyOf(execution)} ${returnRequestId}: ${amount} ${currencyCode}, attempt ${attempt}`;
}

/** After all executions: judges the records that have none, and the sum of what was paid. */
export function endExecutions(summary: RefundSummary, order: Order, rules: RefundRules): void {
  const { storeId, orderNo } = order;
  const canceledMinor = order.lines.reduce((sum, { canceled }) => sum + canceled.amountMinor, 0n);
  if (summary.succeededMinor > canceledMinor) {
    summary.violations.push(`refunds of ${summary.succeededMinor} succeeded, but only ${canceledMinor} is canceled`);
  }
  if (storeId === smokeStore.storeId) return;
  for (const [returnRequestId, expected] of summary.expected) {
    if (expected === undefined) continue;
    if (expected.isOld) {
      summary.oldRecords += 1;
      continue;
    }
    const ageMs = rules.nowMs - expected.createdAtMs;
    if (ageMs <= leavesWithinMs) continue;
    const options = `--store ${storeId} --order ${orderNo} --refund ${returnRequestId}${rules.stageOption}`;
    const missing = expected.isPaid ? 'its event never left' : 'nobody was asked for its refund';
    summary.violations.push(
      `NEVER_LEFT: ${returnRequestId} was recorded ${ageText(ageMs)} ago, and ${missing}: ` +
        `npm run admin -- republish ${options}`,
    );
  }
}
