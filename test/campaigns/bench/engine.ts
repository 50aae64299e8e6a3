import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../../lambda/domain/order.ts';
import { orderRow } from '../../../lambda/dynamodb/items.ts';
import { createLocalClient } from '../../../tools/local/client.ts';
import { startEmbeddedDynamoDb } from '../../../tools/local/embedded-dynamodb.ts';
import { createTables } from '../../../tools/local/tables.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import { store } from '../../../tools/in-memory/requests.ts';
import type { Field } from './contenders.ts';

export interface Engine {
  readonly endpoint: string;
  /** Puts items as fast as batches go; those that exist are overwritten. */
  put(table: string, items: Iterable<object>): Promise<void>;
  putOrders(orders: Iterable<Order>): Promise<void>;
}

/**
 * Does some work on an embedded DynamoDB of its own, with the tables and the store's key. It slows down with every
 * transaction token that it remembers, so what is measured gets a fresh one.
 */
export async function withEngine<Result>(
  field: Pick<Field, 'environment' | 'tables'>,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const embedded = await startEmbeddedDynamoDb({ port: 0 });
  // An engine outlives whoever started it, so an interrupted run has to end it.
  const end = () => process.kill(embedded.pid);
  process.once('exit', end);
  const client = createLocalClient(embedded.endpoint);
  try {
    // Nobody reads a stream here, and the engine takes the longer for each record the longer its stream is.
    await createTables(
      client,
      field.tables.map(({ StreamSpecification: _stream, ...table }) => table),
    );
    await putCredential(client, field.environment['STORE_KEYS_TABLE'] ?? '', store, store, Date.now());
    const put = (table: string, items: Iterable<object>) => putInBatches(client, table, items);
    return await work({
      endpoint: embedded.endpoint,
      put,
      putOrders: (orders) => put(field.environment['ORDERS_TABLE'] ?? '', Iterator.from(orders).map(orderRow)),
    });
  } finally {
    client.destroy();
    process.off('exit', end);
    await embedded.stop();
  }
}

/** As many as DynamoDB takes in one call. */
const batchSize = 25;
const parallelBatches = 4;
const batchTimeoutMs = 60_000;

async function putInBatches(client: DynamoDBDocumentClient, table: string, items: Iterable<object>): Promise<void> {
  const remaining = Iterator.from(items);
  const putSome = async () => {
    for (;;) {
      const batch: object[] = [];
      for (let item = remaining.next(); !item.done; item = remaining.next()) {
        if (batch.push(item.value) === batchSize) break;
      }
      if (batch.length === 0) return;
      const requests = batch.map((Item) => ({ PutRequest: { Item: Item as Record<string, unknown> } }));
      const command = new BatchWriteCommand({ RequestItems: { [table]: requests } });
      const { UnprocessedItems = {} } = await client.send(command, {
        abortSignal: AbortSignal.timeout(batchTimeoutMs),
      });
      if (Object.keys(UnprocessedItems).length > 0) throw new Error(`Not all items were put into ${table}.`);
    }
  };
  await Promise.all(Array.from({ length: parallelBatches }, putSome));
}
