import { type CancellationKind, cancellationKinds, type RefundAccount } from '../domain/cancellation.ts';
import {
  type Execution,
  type ExecutionState,
  type ExecutionStatus,
  executionStatuses,
  failureReasonPattern,
  pspReferencePattern,
  type Settlement,
  settlements,
} from '../domain/execution.ts';
import { originOf } from '../domain/idempotency.ts';
import { isCurrencyCode } from '../domain/money.ts';
import { InvariantViolated } from '../domain/order.ts';
import { isAmount, isCount, isText } from './impossible-rows.ts';
import { type CancellationRow, orderIdIn, orderKeyOf } from './items.ts';

// The rows that have to do with what becomes of the money: their names are those of items.ts.

/** A row of the Executions table. Times are epoch milliseconds, the amount is in minor units. */
export interface ExecutionRow {
  readonly orderKey: string;
  readonly rid: string;
  readonly kind: CancellationKind;
  readonly cur: string;
  readonly a: bigint;
  /** Attempt, and sequence of the last report in it. */
  readonly att: bigint;
  readonly seq: bigint;
  readonly st: ExecutionStatus;
  /** When the attempt was requested, and when the status was set. */
  readonly req: bigint;
  readonly at: bigint;
  /** Whether the attempt has a row in RefundAccounts. */
  readonly acc?: true;
  /** Why it failed, the PSP's own reference, how a void was settled. */
  readonly why?: string;
  readonly psp?: string;
  readonly how?: Settlement;
  /** Who has resolved it and how, in an operator's words. In no event. */
  readonly note?: string;
  /** Origin, where it is the platform's. */
  readonly org?: 'PLATFORM';
}

/** A row of the RefundAccounts table, the only place of bank accounts. It ends by itself (time to live). */
export interface RefundAccountRow {
  readonly orderKey: string;
  /** returnRequestId#attempt */
  readonly refundKey: string;
  /** Account number, bank code, holder. */
  readonly n?: string;
  readonly b?: string;
  readonly h?: string;
  /** When DynamoDB deletes it: epoch seconds. */
  readonly until: bigint;
}

/** The key of the account of one attempt. */
export interface RefundAccountKey {
  readonly orderKey: string;
  readonly refundKey: string;
}

export function refundAccountKeyOf(orderKey: string, returnRequestId: string, attempt: number): RefundAccountKey {
  return { orderKey, refundKey: `${returnRequestId}#${attempt}` };
}

/** @param untilMs when it ends, epoch milliseconds */
export function refundAccountRow(
  key: RefundAccountKey,
  { accountNumber, bankCode, accountHolderName }: RefundAccount,
  untilMs: number,
): RefundAccountRow {
  return {
    ...key,
    ...(accountNumber === undefined ? {} : { n: String(accountNumber) }),
    ...(bankCode === undefined ? {} : { b: bankCode }),
    ...(accountHolderName === undefined ? {} : { h: accountHolderName }),
    until: endOfAccount(untilMs),
  };
}

/** Whether a bank can pay to it: a void may have been sent with a part of an account only. */
export function isCompleteAccount({ n, b, h }: RefundAccountRow): boolean {
  return [n, b, h].every(isText);
}

/** When a refund account ends, as it is stored. @param untilMs epoch milliseconds */
export function endOfAccount(untilMs: number): bigint {
  return BigInt(Math.ceil(untilMs / 1000));
}

/**
 * The execution that a cancellation begins with: a request, or where the platform has moved the money a success that
 * nobody was asked for. @throws InvariantViolated for a row of which there can be no refund
 */
export function firstExecutionOf(row: CancellationRow): Execution {
  const amountMinor = row.lines.reduce((sum, { a }) => sum + a, 0n);
  const isPaid = originOf(row.cancellationKey) === 'PLATFORM';
  const execution: ExecutionRow = {
    orderKey: row.orderKey,
    rid: row.rid,
    kind: row.kind,
    cur: row.cur ?? '',
    a: amountMinor,
    att: 1n,
    seq: isPaid ? 1n : 0n,
    st: isPaid ? 'SUCCEEDED' : 'REQUESTED',
    req: row.at,
    at: row.at,
    ...(row.acc === undefined ? {} : { acc: row.acc }),
    ...(isPaid ? { org: 'PLATFORM' } : {}),
  };
  return executionOf(execution);
}

export function executionRow(execution: Execution): ExecutionRow {
  const { failureReason, pspReference, settlement, origin } = execution;
  return {
    orderKey: orderKeyOf(execution),
    rid: execution.returnRequestId,
    kind: execution.kind,
    cur: execution.currencyCode,
    a: execution.amountMinor,
    att: BigInt(execution.attempt),
    seq: BigInt(execution.sequence),
    st: execution.status,
    req: BigInt(execution.requestedAtMs),
    at: BigInt(execution.updatedAtMs),
    ...(execution.hasAccount ? { acc: true } : {}),
    ...(failureReason === undefined ? {} : { why: failureReason }),
    ...(pspReference === undefined ? {} : { psp: pspReference }),
    ...(settlement === undefined ? {} : { how: settlement }),
    ...(origin === undefined ? {} : { org: origin }),
  };
}

/** @throws InvariantViolated when nothing that writes executions can have written the row (contract, section 8) */
export function executionOf(row: ExecutionRow): Execution {
  assertPossible(impossibleAttributesOfExecution(row));
  const { why, psp, how, org } = row;
  return {
    ...orderIdIn(row.orderKey),
    returnRequestId: row.rid,
    kind: row.kind,
    currencyCode: row.cur,
    amountMinor: row.a,
    attempt: Number(row.att),
    sequence: Number(row.seq),
    status: row.st,
    requestedAtMs: Number(row.req),
    updatedAtMs: Number(row.at),
    hasAccount: row.acc === true,
    ...(why === undefined ? {} : { failureReason: why }),
    ...(psp === undefined ? {} : { pspReference: psp }),
    ...(how === undefined ? {} : { settlement: how }),
    ...(org === undefined ? {} : { origin: org }),
  };
}

/** The attributes that a merchant sees the state of an execution by. */
export const executionStateAttributes = ['rid', 'att', 'st', 'at', 'why'] as const satisfies Array<keyof ExecutionRow>;
export type ExecutionStateRow = Pick<ExecutionRow, (typeof executionStateAttributes)[number]>;

/** @throws as executionOf */
export function executionStateOf(row: ExecutionStateRow): ExecutionState {
  assertPossible(impossibleAttributesOfState(row));
  const { rid, att, st, at, why } = row;
  return {
    returnRequestId: rid,
    attempt: Number(att),
    status: st,
    updatedAtMs: Number(at),
    ...(why === undefined ? {} : { failureReason: why }),
  };
}

function assertPossible([impossible]: readonly string[]): void {
  if (impossible !== undefined) throw new InvariantViolated(`An execution has an impossible ${impossible}.`);
}

export function impossibleAttributesOfExecution(row: ExecutionRow): string[] {
  const { orderKey, kind, cur, a, seq, req, acc, psp, how, note, org } = row;
  const impossible = impossibleAttributesOfState(row);
  if (!isText(orderKey) || !orderKey.includes('/')) impossible.push('orderKey');
  // Before capture no money can have gone back elsewhere.
  if (!cancellationKinds.includes(kind) || (org === 'PLATFORM' && kind === 'VOID')) impossible.push('kind');
  if (typeof cur !== 'string' || !isCurrencyCode(cur)) impossible.push('cur');
  if (!isAmount(a)) impossible.push('a');
  if (seq !== 0n && !isCount(seq)) impossible.push('seq');
  if (!isAmount(req)) impossible.push('req');
  if (acc !== undefined && typeof acc !== 'boolean') impossible.push('acc');
  if (psp !== undefined && !matches(psp, pspReference)) impossible.push('psp');
  if (how !== undefined && !settlements.includes(how)) impossible.push('how');
  if (note !== undefined && !isText(note)) impossible.push('note');
  if (org !== undefined && org !== 'PLATFORM') impossible.push('org');
  return impossible;
}

function impossibleAttributesOfState({ rid, att, st, at, why }: ExecutionStateRow): string[] {
  const impossible: string[] = [];
  if (!isText(rid)) impossible.push('rid');
  if (!isCount(att)) impossible.push('att');
  if (!executionStatuses.includes(st)) impossible.push('st');
  if (!isAmount(at)) impossible.push('at');
  if (why !== undefined && !matches(why, failureReason)) impossible.push('why');
  return impossible;
}

// Both leave in events, so nothing else may stand there.
const failureReason = new RegExp(failureReasonPattern);
const pspReference = new RegExp(pspReferencePattern);

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
