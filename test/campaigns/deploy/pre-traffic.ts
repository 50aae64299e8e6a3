import assert from 'node:assert/strict';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { frozenOrder } from '../../../lambda/pre-traffic/frozen-order.ts';
import { smokeStore } from '../../../lambda/pre-traffic/smoke-order.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { type Deployment, functionNamed, invoke } from './deployment.ts';

/**
 * Invokes the hook as CodeDeploy does before a version gets traffic, for the first time. Under its own role it puts the
 * smoke order, which the version cancels a part of, and the frozen one with its cancellation, which the version has to
 * read and leave as it is. Whether its report arrives is not asked.
 */
export async function runHook(deployment: Deployment): Promise<void> {
  const before = await canceledSmokeOrders(deployment);
  const { name } = functionNamed(deployment, 'PreTraffic');
  const { error } = await invoke(deployment, name, { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' });
  const left = (await canceledSmokeOrders(deployment)).filter((orderKey) => !before.includes(orderKey));
  assert.equal(left.length, 2, `the hook left cancellations of ${left.join(' and ')}: ${error}`);
  assert.ok(left.includes(frozenOrder.orderKey), `the frozen order is not among ${left.join(' and ')}`);
}

/** The order of each cancellation of the reserved store. */
async function canceledSmokeOrders({ dynamodb }: Deployment): Promise<string[]> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableNamesOf('dev').cancellations }));
  return Items.map(({ orderKey }) => String(orderKey)).filter((key) => key.startsWith(`${smokeStore.storeId}/`));
}
