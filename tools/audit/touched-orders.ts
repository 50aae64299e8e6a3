import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import { hasCancellations } from '../../lambda/domain/order.ts';
import { impossibleAttributesOfOrder } from '../../lambda/dynamodb/impossible-rows.ts';
import { type OrderRow, orderOf } from '../../lambda/dynamodb/items.ts';
import { batchGet } from './batch-get.ts';

/**
 * Those of these orders, at most 100, that exist and show a cancellation, or that cannot be.
 * @throws Error when DynamoDB keeps leaving the others unread
 */
export async function touchedAmong(
  client: DynamoDBDocumentClient,
  table: string,
  orderKeys: readonly string[],
  runtime: Pick<Runtime, 'sleep' | 'random'>,
): Promise<Set<string>> {
  const touched = new Set<string>();
  const keys = orderKeys.map((orderKey) => ({ orderKey }));
  for await (const row of batchGet(client, table, keys, {}, runtime)) {
    const order = row as unknown as OrderRow;
    if (isTouched(order)) touched.add(order.orderKey);
  }
  return touched;
}

/** An order that cannot be counts as touched: the walk over the orders names it. */
function isTouched(row: OrderRow): boolean {
  return impossibleAttributesOfOrder(row).length > 0 || hasCancellations(orderOf(row));
}
