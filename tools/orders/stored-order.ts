import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import {
  type CancellationRow,
  type CancellationRecord,
  cancellationRecordOf,
  type OrderRow,
  orderOf,
} from '../../lambda/dynamodb/items.ts';
import type { TableNames } from '../../lib/stages.ts';

/** The order as it is stored, read consistently; undefined if there is none. */
export async function readOrder(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  orderKey: string,
): Promise<Order | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tables.orders, Key: { orderKey }, ConsistentRead: true }),
  );
  return Item && orderOf(Item as OrderRow);
}

/** All records of an order in the sequence of their keys, with one page of them in memory: there may be any number. */
export async function* readRecords(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  orderKey: string,
  { isConsistent }: { readonly isConsistent: boolean },
): AsyncGenerator<CancellationRecord> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tables.cancellations,
      KeyConditionExpression: 'orderKey = :orderKey',
      ExpressionAttributeValues: { ':orderKey': orderKey },
      ConsistentRead: isConsistent,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) yield cancellationRecordOf(item as CancellationRow);
  }
}
