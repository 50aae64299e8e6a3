import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';

/** Creates the template's tables in a local engine. Those that exist are not changed, but get the stream they lack. */
export async function createTables(client: DynamoDBClient, tables: readonly CreateTableCommandInput[]): Promise<void> {
  for (const table of tables) {
    try {
      await client.send(new CreateTableCommand(table));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
      if (table.StreamSpecification) await addStream(client, table);
    }
  }
}

/** A table of an older file has none. */
async function addStream(client: DynamoDBClient, { TableName, StreamSpecification }: CreateTableCommandInput) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.LatestStreamArn !== undefined) return;
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
}

/** The stream of a table. @throws Error where the engine has none */
export async function streamArnOf(client: DynamoDBClient, TableName: string): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.LatestStreamArn === undefined) throw new Error(`The engine has no stream for the table ${TableName}.`);
  return Table.LatestStreamArn;
}
