import { ConditionalCheckFailedException, CreateTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutorTable, TableRow } from '../../conformance/executor.ts';

/** A table of the local engine for rows of any shape, so that they outlive a restart as the orders do. */
export interface EngineTable<Row extends TableRow> extends ExecutorTable<Row> {
  all(): Promise<Row[]>;
}

/** Creates the table unless it is there. */
export async function openEngineTable<Row extends TableRow>(
  client: DynamoDBDocumentClient,
  TableName: string,
): Promise<EngineTable<Row>> {
  const create = new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await client.send(create).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  return {
    async get(id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
      return Item && (valueIn(Item) as Row);
    },
    async put(row) {
      // Of a row only its version is an attribute; the rest is text, so that it reads back as it was.
      const { id, version } = row;
      const command = new PutCommand({
        TableName,
        Item: { id, version, row: JSON.stringify(row) },
        ...(version === 1
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': version - 1 },
            }),
      });
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async all() {
      const rows: Row[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
        rows.push(...((page.Items ?? []).map(valueIn) as Row[]));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return rows;
    },
  };
}

function valueIn({ row }: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(String(row));
}
