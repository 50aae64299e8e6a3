import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../../../lambda/dynamodb/client.ts';
import { type TableNames, tableNamesOf } from '../../../../lib/stages.ts';
import { localAwsEnvironment } from '../../../../tools/local/client.ts';
import { createTables } from '../../../../tools/local/tables.ts';
import type { DeployedStack } from '../../../../tools/local/template.ts';
import { putCredential } from '../../../../tools/operator/credentials.ts';
import { putOrders } from '../../../../tools/orders/put-orders.ts';
import { drawPlan, type Plan, type PlannedCancellation, refundKeyOf } from './plan.ts';

/** What a run has for itself: tables with their streams, and in them the orders of its plan. */
export interface World {
  readonly endpoint: string;
  readonly deployed: DeployedStack;
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  /** The name that a table of the template has here. */
  readonly ownNameOf: (name: string) => string;
  readonly plan: Plan;
  /** @throws Error when nothing of the kind is planned */
  readonly plannedOf: (storeId: string, orderNo: string, amount: number) => PlannedCancellation;
}

export async function createWorld(
  endpoint: string,
  deployed: DeployedStack,
  seed: number,
  cancellations: number,
): Promise<World> {
  Object.assign(process.env, localAwsEnvironment(endpoint));
  // As functions have it: every wait is bounded.
  const client = createDocumentClient();
  const id = randomUUID();
  const ownNameOf = (name: string) => `${name}-${id}`;
  const { orders, cancellations: records, storeKeys, refundAccounts, executions, endpoints } = tableNamesOf('dev');
  const tables: TableNames = {
    orders: ownNameOf(orders),
    cancellations: ownNameOf(records),
    storeKeys: ownNameOf(storeKeys),
    refundAccounts: ownNameOf(refundAccounts),
    executions: ownNameOf(executions),
    endpoints: ownNameOf(endpoints),
  };
  await createTables(
    client,
    deployed.tables.map((table) => ({ ...table, TableName: ownNameOf(table.TableName ?? '') })),
  );
  const plan = drawPlan(seed, cancellations);
  for (const store of plan.stores) await putCredential(client, tables.storeKeys, store, store, Date.now());
  await putOrders(client, tables.orders, plan.orders);
  const planned = new Map(
    plan.cancellations.map((one) => [refundKeyOf(one.order.storeId, one.order.orderNo, one.amount), one]),
  );
  return {
    endpoint,
    deployed,
    client,
    tables,
    ownNameOf,
    plan,
    plannedOf(...of) {
      const found = planned.get(refundKeyOf(...of));
      if (found === undefined) throw new Error(`Nothing is planned of ${refundKeyOf(...of)}.`);
      return found;
    },
  };
}
