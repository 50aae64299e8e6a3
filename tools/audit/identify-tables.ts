import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../lib/stages.ts';

/**
 * What distinguishes the audited tables from others with the same names, for example in another account, or restored
 * since. Local engines may return less of it.
 */
export async function identifyTables(client: DynamoDBClient, tables: TableNames): Promise<string> {
  const names = [tables.orders, tables.cancellations, tables.storeKeys, tables.refundAccounts, tables.executions];
  const identities = await Promise.all(
    names.map(async (TableName) => {
      const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
      return [Table.TableArn, Table.TableId, Table.CreationDateTime?.toISOString()].join(' ');
    }),
  );
  return identities.join(', ');
}
