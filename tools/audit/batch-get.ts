import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lambda/environment/runtime.ts';

/** DynamoDB's limit for the keys of a BatchGetItem. */
export const maxBatch = 100;

/** Which attributes are read; all, if it names none. */
export type Projection = Pick<KeysAndAttributes, 'ProjectionExpression' | 'ExpressionAttributeNames'>;

/** How often in a row DynamoDB may process no key of a batch; the pauses between them take less than half a minute. */
const maxIdleTries = 8;
const pauses = { baseMs: 100, longestMs: 10_000 };

/**
 * The rows of these keys, at most 100 different ones, as far as they exist.
 * @param projection the attributes that are read
 * @throws Error when DynamoDB keeps leaving the others unread
 */
export async function* batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  allKeys: ReadonlyArray<Record<string, unknown>>,
  projection: Projection,
  { sleep, random }: Pick<Runtime, 'sleep' | 'random'>,
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  let keys = [...allKeys];
  let idleTries = 0;
  while (keys.length > 0) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ...projection } } }),
    );
    yield* Responses[table] ?? [];
    const unread = UnprocessedKeys[table]?.Keys ?? [];
    idleTries = unread.length < keys.length ? 0 : idleTries + 1;
    if (idleTries === maxIdleTries) {
      throw new Error(`DynamoDB left ${unread.length} rows of ${table} unread ${maxIdleTries} times in a row.`);
    }
    keys = unread;
    // What was not read was throttled, so asking at once would be throttled too.
    if (keys.length > 0) await sleep(backoffMs(idleTries, pauses, random));
  }
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
