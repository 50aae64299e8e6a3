import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { ExecutionRow } from '../../lambda/dynamodb/refund-items.ts';

/** The executions of an order as they are stored, with one page of them in memory. */
export async function* readExecutionRows(
  client: DynamoDBDocumentClient,
  table: string,
  orderKey: string,
  { isConsistent }: { readonly isConsistent: boolean },
): AsyncGenerator<ExecutionRow, void, undefined> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'orderKey = :orderKey',
      ExpressionAttributeValues: { ':orderKey': orderKey },
      ConsistentRead: isConsistent,
    },
  );
  for await (const { Items = [] } of pages) yield* Items as ExecutionRow[];
}
