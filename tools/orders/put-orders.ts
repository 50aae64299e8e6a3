import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import { orderRow } from '../../lambda/dynamodb/items.ts';

/** Puts orders that do not exist yet. Never overwrites one that exists: something may have been canceled of it. */
export async function putOrders(
  client: DynamoDBDocumentClient,
  table: string,
  orders: readonly Order[],
): Promise<{ readonly added: number; readonly existing: string[] }> {
  const existing: string[] = [];
  for (const order of orders) {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: orderRow(order),
          ConditionExpression: 'attribute_not_exists(orderKey)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      existing.push(order.orderNo);
    }
  }
  return { added: orders.length - existing.length, existing };
}
