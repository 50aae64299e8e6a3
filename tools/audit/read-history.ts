import type { Order } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { readRecordRows } from '../orders/stored-order.ts';
import { readExecutionRows } from '../refunds/stored-executions.ts';
import { addRow, emptySummary, type RecordSummary } from './check-order.ts';
import { addExecution, addExpected, endExecutions, noRefunds, type RefundSummary } from './check-refunds.ts';
import type { Audit } from './walk.ts';

/** What was recorded of an order, and what became of its refunds. */
export interface History {
  readonly records: RecordSummary;
  readonly refunds: RefundSummary;
}

export function emptyHistory(): History {
  return { records: emptySummary(), refunds: noRefunds() };
}

/** Reads what belongs to an order: records first, because an execution is made after its record. */
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
  return { records, refunds };
}
