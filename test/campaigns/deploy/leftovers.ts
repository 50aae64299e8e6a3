import assert from 'node:assert/strict';
import { stackNameOf } from '../../../lib/stages.ts';
import type { Operator } from './operator.ts';

const stackName = stackNameOf('dev');
const own = (name: string) => `starts_with(${name}, '${stackName}')`;

/** Commands that list what a stack may leave behind, each with a query for the names of what is left. */
const lists: readonly string[][] = [
  ['cloudformation', 'describe-stacks', '--query', `Stacks[?StackName=='${stackName}'].StackName`],
  ['lambda', 'list-functions', '--query', `Functions[?${own('FunctionName')}].FunctionName`],
  ['dynamodb', 'list-tables', '--query', `TableNames[?${own('@')}]`],
  ['sqs', 'list-queues', '--queue-name-prefix', stackName, '--query', 'QueueUrls'],
  ['events', 'list-event-buses', '--query', `EventBuses[?${own('Name')}].Name`],
  ['apigateway', 'get-rest-apis', '--query', `items[?${own('name')}].name`],
  ['logs', 'describe-log-groups', '--query', `logGroups[?contains(logGroupName, '${stackName}')].logGroupName`],
  ['iam', 'list-roles', '--query', `Roles[?${own('RoleName')}].RoleName`],
  ['wafv2', 'list-web-acls', '--scope', 'REGIONAL', '--query', `WebACLs[?${own('Name')}].Name`],
  ['cloudwatch', 'list-dashboards', '--query', `DashboardEntries[?${own('DashboardName')}].DashboardName`],
];

/** Checks that a destroyed stack has left nothing, and that its key waits for its deletion. */
export async function checkLeftovers({ aws }: Operator, keyId: string): Promise<void> {
  for (const list of lists) {
    const left = ((await aws(...list)) ?? []) as string[];
    assert.deepEqual(left, [], `aws ${list.slice(0, 2).join(' ')} still lists something`);
  }
  const { KeyMetadata } = (await aws('kms', 'describe-key', '--key-id', keyId)) as {
    readonly KeyMetadata: { readonly KeyState: string };
  };
  assert.equal(KeyMetadata.KeyState, 'PendingDeletion');
}
