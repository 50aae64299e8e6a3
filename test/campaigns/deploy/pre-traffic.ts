import assert from 'node:assert/strict';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { smokeStore } from '../../../lambda/pre-traffic/smoke-order.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { type Deployment, functionNamed, invoke } from './deployment.ts';

/**
 * Invokes the hook as CodeDeploy does before a version gets traffic. Under its own role it puts the smoke order, and
 * invokes the version, which cancels a part of that order. Whether its report arrives is not asked.
 */
export async function runHook(deployment: Deployment): Promise<void> {
  const before = await canceledSmokeOrders(deployment);
  const { name } = functionNamed(deployment, 'PreTraffic');
  const { error } = await invoke(deployment, name, { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' });
  assert.equal(await canceledSmokeOrders(deployment), before + 1, `the hook canceled nothing: ${error}`);
}

async function canceledSmokeOrders({ dynamodb }: Deployment): Promise<number> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableNamesOf('dev').cancellations }));
  return Items.filter(({ orderKey }) => String(orderKey).startsWith(`${smokeStore.storeId}/`)).length;
}
