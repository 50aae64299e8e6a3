import { randomUUID } from 'node:crypto';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../../lib/stages.ts';

/** Names of tables that no other test knows. */
export function newTableNames(): TableNames {
  const id = randomUUID();
  return {
    orders: `${id}-orders`,
    cancellations: `${id}-cancellations`,
    storeKeys: `${id}-keys`,
    refundAccounts: `${id}-accounts`,
    executions: `${id}-executions`,
    endpoints: `${id}-endpoints`,
  };
}

/** What creates these tables, with the keys that they have in the template. */
export function definitionsOf(tables: TableNames): CreateTableCommandInput[] {
  return [
    definitionOf(tables.orders, 'orderKey'),
    definitionOf(tables.cancellations, 'orderKey', 'cancellationKey'),
    definitionOf(tables.storeKeys, 'accessKeyHash'),
    definitionOf(tables.refundAccounts, 'orderKey', 'refundKey'),
    definitionOf(tables.executions, 'orderKey', 'rid'),
    definitionOf(tables.endpoints, 'storeId'),
  ];
}

function definitionOf(TableName: string, ...names: string[]): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  };
}
