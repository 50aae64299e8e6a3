import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../lib/stages.ts';

/**
 * What tells the audited tables from others of the same names, of another account, say, or restored since. Local engines
 * may have less of it to tell.
 */
export async function identifyTables(client: DynamoDBClient, tables: TableNames): Promise<string> {
  const names = [tables.orders, tables.cancellations];
  const identities = await Promise.all(
    names.map(async (TableName) => {
      const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
      return [Table.TableArn, Table.TableId, Table.CreationDateTime?.toISOString()].join(' ');
    }),
  );
  return identities.join(', ');
}
