import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { accountMissing, type Execution, resolveObstacleOf, retryObstacleOf } from '../../lambda/domain/execution.ts';
import type { OrderId } from '../../lambda/domain/order.ts';
import {
  accountOfNextAttempt,
  type CommandOutcome,
  findAccount,
  findExecution,
  type RefundTables,
  resolveExecution,
  retryExecution,
} from '../../lambda/dynamodb/execution-commands.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { refundAccountKeyOf, type RefundAccountRow, refundAccountRow } from '../../lambda/dynamodb/refund-items.ts';
import { UsageError } from '../command-line.ts';
import type { CompleteAccount } from './account-file.ts';

/** Which refund an operator's command is about. */
export interface RefundId extends OrderId {
  readonly returnRequestId: string;
}

export interface RetryOptions {
  /** Another account; undefined for the one of the attempt before, if it had one. */
  readonly account: CompleteAccount | undefined;
  /** For how long an account is kept. */
  readonly refundAccountDays: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Asks for another attempt, and returns which. @throws UsageError in one line when it cannot be, or was changed meanwhile */
export async function retryRefund(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  refund: RefundId,
  { account, refundAccountDays }: RetryOptions,
  nowMs: number,
): Promise<number> {
  const execution = await existing(client, tables, refund);
  refuse(execution, 'was not retried', retryObstacleOf(execution));
  const untilMs = nowMs + refundAccountDays * dayMs;
  const nextAccount = await accountOf(client, tables, execution, account, untilMs, nowMs);
  const outcome = await retryExecution(client, tables, execution, nextAccount, nowMs);
  await refuseUnlessDone(outcome, client, tables, execution, 'was not retried');
  return execution.attempt + 1;
}

export interface ResolveOptions {
  readonly note: string;
  /** Whether one that may still be paid is meant on purpose. */
  readonly isPendingMeant: boolean;
}

/** Notes that a refund was settled by hand. @throws UsageError as retryRefund */
export async function resolveRefund(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  refund: RefundId,
  { note, isPendingMeant }: ResolveOptions,
  nowMs: number,
): Promise<void> {
  const execution = await existing(client, tables, refund);
  const obstacle = resolveObstacleOf(execution, isPendingMeant);
  const mayBePaid = obstacle !== undefined && ['REQUESTED', 'PENDING'].includes(execution.status);
  refuse(execution, 'was not resolved', mayBePaid ? `${obstacle}: add --although-pending if it never will` : obstacle);
  const outcome = await resolveExecution(client, tables.executions, execution, note, nowMs);
  await refuseUnlessDone(outcome, client, tables, execution, 'was not resolved');
}

async function existing(client: DynamoDBDocumentClient, tables: RefundTables, refund: RefundId): Promise<Execution> {
  const { storeId, orderNo, returnRequestId } = refund;
  const execution = await findExecution(client, tables.executions, refund, returnRequestId);
  if (execution !== undefined) return execution;
  throw new UsageError(
    `The order ${orderNo} of the store ${storeId} has no refund ${returnRequestId} that was ever requested: ` +
      'show-order lists its cancellations, and republish requests the refund of one.',
  );
}

/** The row of the account for the next attempt; undefined if the refund goes the way the payment came. */
async function accountOf(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  execution: Execution,
  account: CompleteAccount | undefined,
  untilMs: number,
  nowMs: number,
): Promise<RefundAccountRow | undefined> {
  const { returnRequestId, attempt, hasAccount, failureReason } = execution;
  if (account !== undefined) {
    const key = refundAccountKeyOf(orderKeyOf(execution), returnRequestId, attempt + 1);
    return refundAccountRow(key, account, untilMs);
  }
  if (!hasAccount) {
    if (failureReason !== accountMissing) return undefined;
    throw new UsageError(
      `${returnRequestId} was not retried: its money goes to a bank account, and none is kept. Ask for the account, and ` +
        'name its file with --account FILE.json.',
    );
  }
  const row = await findAccount(client, tables.refundAccounts, execution, nowMs);
  if (row !== undefined) return accountOfNextAttempt(row, execution, untilMs);
  throw new UsageError(
    `${returnRequestId} was not retried: the refund account of its attempt ${attempt} has ended, because accounts are ` +
      'not kept for ever. Ask for the account once more, and name its file with --account FILE.json.',
  );
}

function refuse({ returnRequestId }: Execution, what: string, obstacle: string | undefined): void {
  if (obstacle !== undefined) throw new UsageError(`${returnRequestId} ${what}: ${obstacle}.`);
}

async function refuseUnlessDone(
  outcome: CommandOutcome,
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  execution: Execution,
  what: string,
): Promise<void> {
  if (outcome === 'DONE') return;
  const { returnRequestId } = execution;
  if (outcome === 'BUSY') refuse(execution, what, 'it is being changed at this moment, so run the command again');
  const now = await findExecution(client, tables.executions, execution, returnRequestId);
  refuse(
    execution,
    what,
    `it was changed meanwhile, and is ${now?.status ?? 'gone'} in attempt ${now?.attempt ?? 0} now`,
  );
}
