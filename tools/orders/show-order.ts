import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { etagOf } from '../../lambda/contract/etag.ts';
import { idempotencyKeyIn, originOf } from '../../lambda/domain/idempotency.ts';
import { exponentOf, formatAmount } from '../../lambda/domain/money.ts';
import type { LineAmounts } from '../../lambda/domain/line-amounts.ts';
import { type Order, remainingOf } from '../../lambda/domain/order.ts';
import { type CancellationRecord, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { executionOf } from '../../lambda/dynamodb/refund-items.ts';
import type { TableNames } from '../../lib/stages.ts';
import { executionView } from '../refunds/execution-view.ts';
import { readExecutionRows } from '../refunds/stored-executions.ts';
import { readOrder, readRecords } from './stored-order.ts';

/**
 * An order with what was canceled and what remains of each line, and its cancellations in the sequence in which they
 * were applied, each with what became of its refund; undefined if there is none. Amounts are decimals in major units.
 * Refund accounts are left out.
 * @throws InvariantViolated
 */
export async function showOrder(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  storeId: string,
  orderNo: string,
): Promise<object | undefined> {
  const orderKey = orderKeyOf({ storeId, orderNo });
  const order = await readOrder(client, tables, orderKey);
  if (order === undefined) return undefined;
  const records = await Array.fromAsync(readRecords(client, tables, orderKey, { isConsistent: true }));
  const rows = await Array.fromAsync(readExecutionRows(client, tables.executions, orderKey, { isConsistent: true }));
  return orderView(
    order,
    records.toSorted((one, other) => one.orderVersion - other.orderVersion),
    new Map(rows.map((row) => [row.rid, executionView(executionOf(row), row.note)])),
  );
}

function orderView(
  order: Order,
  records: readonly CancellationRecord[],
  executions: ReadonlyMap<string, object>,
): object {
  const exponent = exponentOf(order.currencyCode);
  const amounts = ({ units, amountMinor, taxMinor }: LineAmounts) => ({
    quantity: units,
    amount: formatAmount(amountMinor, exponent),
    taxAmount: formatAmount(taxMinor, exponent),
  });
  return {
    storeId: order.storeId,
    orderNo: order.orderNo,
    currencyCode: order.currencyCode,
    paymentStatus: order.paymentStatus,
    refundMethod: order.refundMethod,
    version: order.version,
    etag: etagOf(order),
    items: order.lines.map((line) => ({
      seq: line.seq,
      itemType: line.itemType,
      itemId: line.itemId,
      quantity: line.quantity,
      amount: formatAmount(line.unitAmountMinor, exponent),
      taxAmount: formatAmount(line.unitTaxMinor, exponent),
      canceled: amounts(line.canceled),
      remaining: amounts(remainingOf(line)),
    })),
    cancellations: records.map((record) => ({
      returnRequestId: record.returnRequestId,
      kind: record.kind,
      origin: originOf(record.cancellationKey),
      createdAt: new Date(record.createdAtMs).toISOString(),
      version: record.orderVersion,
      idempotencyKey: idempotencyKeyIn(record.cancellationKey) ?? null,
      lines: record.lines.map(({ seq, ...taken }) => ({ seq, ...amounts(taken) })),
      // Null: the refund was never requested.
      execution: executions.get(record.returnRequestId) ?? null,
    })),
  };
}
