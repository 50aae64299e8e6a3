import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import { hasCancellations } from '../../lambda/domain/order.ts';
import { impossibleAttributesOfOrder } from '../../lambda/dynamodb/impossible-rows.ts';
import { type OrderRow, orderOf } from '../../lambda/dynamodb/items.ts';

/** DynamoDB's limit for the keys of a BatchGetItem. */
export const maxBatch = 100;

/** How often in a row DynamoDB may process no key of a batch; the pauses between them take less than half a minute. */
const maxIdleTries = 8;
const pauses = { baseMs: 100, longestMs: 10_000 };

/**
 * Those of these orders, at most 100, that exist and show a cancellation, or that cannot be.
 * @throws Error when DynamoDB keeps leaving the others unread
 */
export async function touchedAmong(
  client: DynamoDBDocumentClient,
  table: string,
  orderKeys: readonly string[],
  { sleep, random }: Pick<Runtime, 'sleep' | 'random'>,
): Promise<Set<string>> {
  const touched = new Set<string>();
  let keys: Record<string, unknown>[] = orderKeys.map((orderKey) => ({ orderKey }));
  let idleTries = 0;
  while (keys.length > 0) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
    );
    for (const item of (Responses[table] ?? []) as OrderRow[]) {
      if (isTouched(item)) touched.add(item.orderKey);
    }
    const unread = UnprocessedKeys[table]?.Keys ?? [];
    idleTries = unread.length < keys.length ? 0 : idleTries + 1;
    if (idleTries === maxIdleTries) {
      throw new Error(`DynamoDB left ${unread.length} orders of ${table} unread ${maxIdleTries} times in a row.`);
    }
    keys = unread;
    // What was not read was throttled, so asking at once would be throttled too.
    if (keys.length > 0) await sleep(backoffMs(idleTries, pauses, random));
  }
  return touched;
}

/** An order that cannot be counts as touched: the walk over the orders names it. */
function isTouched(row: OrderRow): boolean {
  return impossibleAttributesOfOrder(row).length > 0 || hasCancellations(orderOf(row));
}

/**
 * Exponential backoff with full jitter, in milliseconds: at least 0 and below baseMs x 2 ^ failures, and below longestMs.
 * @param failures number of failed attempts, 1 or more
 */
function backoffMs(
  failures: number,
  { baseMs, longestMs }: { readonly baseMs: number; readonly longestMs: number },
  random: () => number,
): number {
  return random() * Math.min(longestMs, baseMs * 2 ** failures);
}
