import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { isCount } from '../../lambda/dynamodb/impossible-rows.ts';
import {
  type ExecutionRow,
  impossibleAttributesOfExecution,
  type RefundAccountRow,
} from '../../lambda/dynamodb/refund-items.ts';
import { readRecordRows } from '../orders/stored-order.ts';
import { batchGet, maxBatch } from './batch-get.ts';
import { impossibleText } from './check-order.ts';
import type { Findings } from './progress.ts';
import { type Audit, reportViolation, unlessMalformed, walk } from './walk.ts';

/** What the audit reads of a refund account: never the account itself. */
export type AccountKeyRow = Pick<RefundAccountRow, 'orderKey' | 'refundKey' | 'until'>;

/** Only these attributes are ever read; `until` is a word of DynamoDB's own. */
export const accountKeys = {
  ProjectionExpression: 'orderKey, refundKey, #until',
  ExpressionAttributeNames: { '#until': 'until' },
};

export function impossibleAttributesOfAccount({ orderKey, refundKey, until }: AccountKeyRow): string[] {
  return [
    ...(orderKey.includes('/') ? [] : ['orderKey']),
    ...(attemptIn(refundKey) === undefined ? ['refundKey'] : []),
    ...(isCount(until) ? [] : ['until']),
  ];
}

interface Attempt {
  readonly returnRequestId: string;
  readonly attempt: bigint;
}

function attemptIn(refundKey: string): Attempt | undefined {
  const [, returnRequestId, number] = /^([^#]+)#([1-9]\d{0,6})$/.exec(refundKey) ?? [];
  return returnRequestId === undefined ? undefined : { returnRequestId, attempt: BigInt(number ?? 0) };
}

/**
 * Names every refund account that cannot be, and every one that belongs to no attempt of a refund: nobody would ever
 * need it. That the accounts of refunds are there is checked with their orders.
 */
export async function walkRefundAccounts(run: Audit): Promise<void> {
  const scan = { TableName: run.tables.refundAccounts, ...accountKeys };
  await walk(run, run.progress.refundAccounts, scan, async (rows, page) => {
    page.counts.refundAccounts += rows.length;
    for (let start = 0; start < rows.length; start += maxBatch) {
      await checkBatch(run, rows.slice(start, start + maxBatch) as unknown as AccountKeyRow[], page);
    }
  });
}

const attemptOnly = { ProjectionExpression: 'orderKey, rid, att, acc' };

async function checkBatch(run: Audit, rows: readonly AccountKeyRow[], page: Findings): Promise<void> {
  const possible = rows.filter((row) => {
    const impossible = impossibleAttributesOfAccount(row);
    if (impossible.length === 0) return true;
    reportViolation(run, row.orderKey, page, `the refund account ${row.refundKey}: ${impossibleText(impossible)}`);
    return false;
  });
  // Two attempts of a refund have one execution, and a batch has each key once.
  const keys = new Map<string, Record<string, unknown>>();
  for (const row of possible) {
    const rid = attemptIn(row.refundKey)?.returnRequestId ?? '';
    keys.set(`${row.orderKey} ${rid}`, { orderKey: row.orderKey, rid });
  }
  const executions = new Map<string, ExecutionRow>();
  const found = batchGet(run.client, run.tables.executions, [...keys.values()], attemptOnly, run.runtime);
  for await (const row of found) {
    executions.set(`${String(row['orderKey'])} ${String(row['rid'])}`, row as unknown as ExecutionRow);
  }
  for (const row of possible) {
    const of = attemptIn(row.refundKey);
    if (of === undefined) continue;
    const execution = executions.get(`${row.orderKey} ${of.returnRequestId}`);
    const isNamed = execution !== undefined && isOfAttempt(of.attempt, execution.att, execution.acc === true);
    if (!isNamed) await unlessMalformed(run, row.orderKey, page, async () => await checkAgain(run, row, of, page));
  }
}

/** Whether an account belongs to an execution. That earlier attempts had one is not known any more. */
function isOfAttempt(attempt: bigint, present: bigint, hasAccount: boolean): boolean {
  return attempt < present || (attempt === present && hasAccount);
}

/** Reads an account that nothing names again, consistently: it is written together with what names it. */
async function checkAgain(run: Audit, row: AccountKeyRow, { returnRequestId, attempt }: Attempt, page: Findings) {
  const { client, tables } = run;
  const { orderKey, refundKey } = row;
  // It may have ended meanwhile.
  if ((await readAccountKey(run, { orderKey, refundKey })) === undefined) return;
  const found = await client.send(
    new GetCommand({ TableName: tables.executions, Key: { orderKey, rid: returnRequestId }, ConsistentRead: true }),
  );
  const execution = found.Item as ExecutionRow | undefined;
  if (execution !== undefined) {
    // An execution that cannot be is named with its order.
    if (impossibleAttributesOfExecution(execution).length > 0) return;
    const hasAccount = execution.acc === true;
    if (isOfAttempt(attempt, execution.att, hasAccount)) return;
    const without = `${returnRequestId} is at attempt ${execution.att}${hasAccount ? '' : ', without an account'}`;
    reportViolation(run, orderKey, page, `there is a refund account ${refundKey}, but ${without}`);
    return;
  }
  // Its refund may not be requested yet: then its record says so.
  for await (const record of readRecordRows(client, tables, orderKey, { isConsistent: true })) {
    if (record.rid === returnRequestId && record.acc === true && attempt === 1n) return;
  }
  reportViolation(run, orderKey, page, `there is a refund account ${refundKey} without its record`);
}

/** The row of an account without the account, read consistently; undefined if there is none. */
export async function readAccountKey(
  { client, tables }: Audit,
  Key: Pick<AccountKeyRow, 'orderKey' | 'refundKey'>,
): Promise<AccountKeyRow | undefined> {
  const command = new GetCommand({
    TableName: tables.refundAccounts,
    Key: { ...Key },
    ConsistentRead: true,
    ...accountKeys,
  });
  return (await client.send(command)).Item as AccountKeyRow | undefined;
}
