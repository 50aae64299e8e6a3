import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type ExecutionRow,
  impossibleAttributesOfExecution,
  refundAccountKeyOf,
} from '../../lambda/dynamodb/refund-items.ts';
import { readRecordRows } from '../orders/stored-order.ts';
import { type AccountVerdict, judgeAccount } from './account-ends.ts';
import { batchGet, maxBatch } from './batch-get.ts';
import type { RefundRules } from './check-refunds.ts';
import { list } from './listing.ts';
import type { Findings } from './progress.ts';
import {
  accountKeys,
  type AccountKeyRow,
  impossibleAttributesOfAccount,
  readAccountKey,
} from './refund-account-keys.ts';
import { touchedAmong } from './touched-orders.ts';
import { type Audit, reportViolation, walk } from './walk.ts';

/**
 * Finds executions of orders that show no cancellation, or do not exist: those of all others are compared with their
 * records when their orders are checked. Finds executions whose refund account is missing, or ends soon.
 */
export async function walkExecutions(run: Audit, rules: RefundRules): Promise<void> {
  const scan = { TableName: run.tables.executions };
  await walk(run, run.progress.executions, scan, async (rows, page) => {
    page.counts.executions += rows.length;
    const executions = rows as unknown as ExecutionRow[];
    await findUnrecorded(run, executions, page);
    // One that cannot be is named with its order.
    const withAccount = executions.filter((row) => row.acc && impossibleAttributesOfExecution(row).length === 0);
    for (let start = 0; start < withAccount.length; start += maxBatch) {
      await checkAccounts(run, withAccount.slice(start, start + maxBatch), rules, page);
    }
  });
}

async function findUnrecorded(run: Audit, rows: readonly ExecutionRow[], page: Findings): Promise<void> {
  const byOrder = Map.groupBy(rows, ({ orderKey }) => orderKey);
  const orderKeys = [...byOrder.keys()];
  for (let start = 0; start < orderKeys.length; start += maxBatch) {
    const batch = orderKeys.slice(start, start + maxBatch);
    const touched = await touchedAmong(run.client, run.tables.orders, batch, run.runtime);
    for (const orderKey of batch.filter((key) => !touched.has(key))) {
      const unrecorded = new Set(byOrder.get(orderKey)?.map(({ rid }) => rid));
      await reportUnrecorded(run, orderKey, unrecorded, page);
    }
  }
}

/** If there are records, the order contradicts them, which the walk over the records has found. */
async function reportUnrecorded(run: Audit, orderKey: string, unrecorded: Set<string>, page: Findings): Promise<void> {
  for await (const { rid } of readRecordRows(run.client, run.tables, orderKey, { isConsistent: true })) {
    unrecorded.delete(rid);
  }
  for (const rid of unrecorded) reportViolation(run, orderKey, page, `${rid}: has an execution, but no record`);
}

async function checkAccounts(
  run: Audit,
  rows: readonly ExecutionRow[],
  rules: RefundRules,
  page: Findings,
): Promise<void> {
  const keys = rows.map((row) => ({ ...accountKeyOf(row) }));
  const found = new Map<string, AccountKeyRow>();
  for await (const row of batchGet(run.client, run.tables.refundAccounts, keys, accountKeys, run.runtime)) {
    const account = row as unknown as AccountKeyRow;
    found.set(`${account.orderKey} ${account.refundKey}`, account);
  }
  for (const row of rows) {
    const { orderKey, refundKey } = accountKeyOf(row);
    let verdict = verdictOf(row, found.get(`${orderKey} ${refundKey}`), rules);
    if (verdict.kind === 'MISSING') verdict = await checkAgain(run, row, rules);
    if (verdict.kind === 'ENDING') list(page.refunds.ending, `${orderKey} ${refundKey}: ${verdict.text}`);
    if (verdict.kind === 'MISSING') {
      const date = new Date(verdict.keptUntilMs).toISOString();
      reportViolation(
        run,
        orderKey,
        page,
        `${row.rid}: its account ${refundKey} is missing, and is kept until ${date}`,
      );
    }
  }
}

/** Reads an execution whose account seems to be missing consistently, and its account after it: they are written together. */
async function checkAgain(run: Audit, { orderKey, rid }: ExecutionRow, rules: RefundRules): Promise<AccountVerdict> {
  const command = new GetCommand({ TableName: run.tables.executions, Key: { orderKey, rid }, ConsistentRead: true });
  const row = (await run.client.send(command)).Item as ExecutionRow | undefined;
  if (!row?.acc || impossibleAttributesOfExecution(row).length > 0) return { kind: 'FINE' };
  return verdictOf(row, await readAccountKey(run, accountKeyOf(row)), rules);
}

function accountKeyOf({ orderKey, rid, att }: ExecutionRow) {
  return refundAccountKeyOf(orderKey, rid, Number(att));
}

function verdictOf(row: ExecutionRow, account: AccountKeyRow | undefined, rules: RefundRules): AccountVerdict {
  // One that cannot be is named by the walk over the accounts.
  if (account !== undefined && impossibleAttributesOfAccount(account).length > 0) return { kind: 'FINE' };
  const endsAtMs = account && Number(account.until) * 1000;
  return judgeAccount({ status: row.st, requestedAtMs: Number(row.req), endsAtMs }, rules);
}
