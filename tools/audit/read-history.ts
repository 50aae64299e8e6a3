import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { readRecordRows } from '../orders/stored-order.ts';
import { readExecutionRows } from '../refunds/stored-executions.ts';
import { addRow, emptySummary, type RecordSummary } from './check-order.ts';
import {
  addAccount,
  addExecution,
  addExpected,
  endAccounts,
  endExecutions,
  noRefunds,
  type RefundSummary,
} from './check-refunds.ts';
import { accountAttributes, type AccountKeyRow, impossibleAttributesOfAccount } from './refund-account-keys.ts';
import type { Audit } from './walk.ts';

/** What was recorded of an order, and what became of its refunds. */
export interface History {
  readonly records: RecordSummary;
  readonly refunds: RefundSummary;
}

export function emptyHistory(): History {
  return { records: emptySummary(), refunds: noRefunds() };
}

/**
 * Reads what belongs to an order, in this sequence: an execution is made after its record, and an account before the
 * execution that names it. So nothing that is written meanwhile looks as if a part of it were missing.
 */
export async function readHistory(
  run: Audit,
  order: Order,
  options: { readonly isConsistent: boolean; readonly withRefunds: boolean },
): Promise<History> {
  const { client, tables, refunds: rules } = run;
  const { isConsistent, withRefunds } = options;
  const { records, refunds } = emptyHistory();
  const orderKey = orderKeyOf(order);
  const isWanted = withRefunds && rules !== undefined;
  for await (const row of readRecordRows(client, tables, orderKey, { isConsistent })) {
    addRow(records, row, order.currencyCode);
    if (isWanted) addExpected(refunds, row, order);
  }
  if (!isWanted) return { records, refunds };
  for await (const row of readExecutionRows(client, tables.executions, orderKey, { isConsistent })) {
    addExecution(refunds, row, rules);
  }
  endExecutions(refunds, order, rules);
  if (refunds.wanted.size > 0) {
    for await (const { refundKey, until } of readAccountKeys(run, orderKey, isConsistent)) {
      addAccount(refunds, refundKey, until, order, rules);
    }
    endAccounts(refunds, order, rules);
  }
  return { records, refunds };
}

/** The keys of an order's refund accounts, and when they end: no account leaves the table. */
async function* readAccountKeys({ client, tables }: Audit, orderKey: string, ConsistentRead: boolean) {
  const pages = paginateQuery(
    { client },
    {
      TableName: tables.refundAccounts,
      KeyConditionExpression: 'orderKey = :orderKey',
      ProjectionExpression: accountAttributes,
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':orderKey': orderKey },
      ConsistentRead,
    },
  );
  for await (const { Items = [] } of pages) {
    // One that cannot be is named by the walk over the accounts.
    yield* (Items as AccountKeyRow[]).filter((row) => impossibleAttributesOfAccount(row).length === 0);
  }
}
