import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { accountMissing, type Execution } from '../domain/execution.ts';
import type { OrderId } from '../domain/order.ts';
import { orderKeyOf } from './items.ts';
import {
  executionOf,
  type ExecutionRow,
  refundAccountKeyOf,
  type RefundAccountRow,
  endOfAccount,
} from './refund-items.ts';

// What changes an execution as it was read: operators' commands, and a deposit that came after a void. Apart from
// execution-repository.ts, so that publisher and result taker do not have it.

export interface RefundTables {
  readonly executions: string;
  readonly refundAccounts: string;
}

/**
 * What became of a write. CHANGED: the execution is not as it was read any more, and nothing was written. BUSY: somebody
 * else was writing it at the same moment, and nothing was written.
 */
export type CommandOutcome = 'DONE' | 'CHANGED' | 'BUSY';

/** The execution of a cancellation, read consistently; undefined if there is none. @throws InvariantViolated */
export async function findExecution(
  client: DynamoDBDocumentClient,
  table: string,
  order: OrderId,
  returnRequestId: string,
): Promise<Execution | undefined> {
  const Key = { orderKey: orderKeyOf(order), rid: returnRequestId };
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && executionOf(Item as ExecutionRow);
}

/** The account of the present attempt, read consistently; undefined if there is none, or it has ended. */
export async function findAccount(
  client: DynamoDBDocumentClient,
  table: string,
  execution: Execution,
  nowMs: number,
  abortSignal?: AbortSignal,
): Promise<RefundAccountRow | undefined> {
  const Key = refundAccountKeyOf(orderKeyOf(execution), execution.returnRequestId, execution.attempt);
  const command = new GetCommand({ TableName: table, Key: { ...Key }, ConsistentRead: true });
  const { Item } = await client.send(command, abortSignal && { abortSignal });
  const row = Item as RefundAccountRow | undefined;
  // DynamoDB deletes it some time after its end.
  return row && row.until * 1000n > BigInt(nowMs) ? row : undefined;
}

/** The same account under the next attempt, with a new end. @param untilMs epoch milliseconds */
export function accountOfNextAttempt(
  row: RefundAccountRow,
  { returnRequestId, attempt }: Execution,
  untilMs: number,
): RefundAccountRow {
  return { ...row, ...refundAccountKeyOf(row.orderKey, returnRequestId, attempt + 1), until: endOfAccount(untilMs) };
}

/**
 * Asks for another attempt of a refund that failed, with its account if it has one: both or neither.
 * @param account under the key of the next attempt
 */
export async function retryExecution(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  execution: Execution,
  account: RefundAccountRow | undefined,
  nowMs: number,
): Promise<CommandOutcome> {
  const changes = { ...nextAttempt(execution, nowMs), ...(account === undefined ? {} : { acc: true }) };
  const removed = [...saidBefore, ...(account === undefined ? ['acc'] : [])];
  return await write(client, [
    updateOf(tables.executions, execution, changes, removed),
    ...(account === undefined ? [] : [{ Put: { TableName: tables.refundAccounts, Item: account } }]),
  ]);
}

/**
 * Turns the execution of a void into a refund in full, because its money was captured after it was voided: the next
 * attempt, with its account if it has one.
 * @param payBack its account, under the key of the next attempt; isMissing: it needs one and has none, so that nobody
 *   can be asked, and the attempt has FAILED
 */
export async function payBackDeposit(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  execution: Execution,
  payBack: { readonly account: RefundAccountRow | undefined; readonly isMissing: boolean; readonly nowMs: number },
  abortSignal: AbortSignal,
): Promise<CommandOutcome> {
  const { account, isMissing, nowMs } = payBack;
  const changes = {
    ...nextAttempt(execution, nowMs),
    kind: 'REFUND',
    ...(isMissing ? { seq: 1, st: 'FAILED', why: accountMissing } : {}),
    ...(account === undefined ? {} : { acc: true }),
  };
  const all = [...saidBefore, 'acc', 'note'];
  const removed = all.filter((name) => !(name in changes));
  return await write(
    client,
    [
      updateOf(tables.executions, execution, changes, removed),
      ...(account === undefined ? [] : [{ Put: { TableName: tables.refundAccounts, Item: account } }]),
    ],
    abortSignal,
  );
}

/** What the executor said of an attempt: it is not said of the next one. */
const saidBefore = ['why', 'psp', 'how'];

function nextAttempt({ attempt }: Execution, nowMs: number) {
  return { att: attempt + 1, seq: 0, st: 'REQUESTED', req: nowMs, at: nowMs };
}

/** Notes that a refund was settled by hand. Reports are without effect from then on. */
export async function resolveExecution(
  client: DynamoDBDocumentClient,
  table: string,
  execution: Execution,
  note: string,
  nowMs: number,
): Promise<CommandOutcome> {
  const changes = { seq: execution.sequence + 1, st: 'RESOLVED', at: nowMs, note };
  return await write(client, [updateOf(table, execution, changes, ['why'])]);
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Changes an execution on the condition that it is still what it was when it was read. */
function updateOf(
  TableName: string,
  execution: Execution,
  changes: Readonly<Record<string, unknown>>,
  removed: readonly string[],
): TransactItem {
  const names = [...Object.keys(changes), ...removed, 'kind', 'att', 'seq', 'st'];
  const sets = Object.keys(changes).map((name) => `#${name} = :${name}`);
  return {
    Update: {
      TableName,
      Key: { orderKey: orderKeyOf(execution), rid: execution.returnRequestId },
      UpdateExpression: `SET ${sets.join(', ')} REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
      // Of two commands at once, or a command and a report, one finds it changed.
      ConditionExpression: '#kind = :wasKind AND #att = :attempt AND #seq = :sequence AND #st = :status',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ':wasKind': execution.kind,
        ':attempt': execution.attempt,
        ':sequence': execution.sequence,
        ':status': execution.status,
        ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
}

/**
 * A transaction even for one item: it has a token, so that a call whose answer was lost is not taken for somebody
 * else's when the SDK sends it again.
 */
async function write(
  client: DynamoDBDocumentClient,
  TransactItems: TransactItem[],
  abortSignal?: AbortSignal,
): Promise<CommandOutcome> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems }), abortSignal && { abortSignal });
    return 'DONE';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = new Set(error.CancellationReasons?.map(({ Code }) => Code));
    if (codes.has('ConditionalCheckFailed')) return 'CHANGED';
    if (codes.has('TransactionConflict')) return 'BUSY';
    throw error;
  }
}
