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

/** An order, read consistently; undefined if there is none. @throws InvariantViolated */
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

/** All records of an order in the sequence of their keys. @throws InvariantViolated */
export async function* readRecords(
  ...query: Parameters<typeof readRecordRows>
): AsyncGenerator<CancellationRecord, void, undefined> {
  for await (const row of readRecordRows(...query)) yield cancellationRecordOf(row);
}

/** The records as they are stored, with one page of them in memory: there may be any number. */
export async function* readRecordRows(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  orderKey: string,
  { isConsistent }: { readonly isConsistent: boolean },
): AsyncGenerator<CancellationRow, void, undefined> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tables.cancellations,
      KeyConditionExpression: 'orderKey = :orderKey',
      ExpressionAttributeValues: { ':orderKey': orderKey },
      ConsistentRead: isConsistent,
    },
  );
  for await (const { Items = [] } of pages) yield* Items as CancellationRow[];
}
