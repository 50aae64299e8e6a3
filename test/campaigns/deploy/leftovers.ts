import assert from 'node:assert/strict';
import { stackName } from './assembly.ts';
import type { Operator } from './operator.ts';

/**
 * Commands that list what a stack may leave behind, each with a query for the names of what is left. Functions of
 * roles.ts were not part of the stack, and have left their logs.
 */
const lists: readonly string[][] = [
  ['cloudformation', 'describe-stacks', '--query', `Stacks[?StackName=='${stackName}'].StackName`],
  ['lambda', 'list-functions', '--query', 'Functions[].FunctionName'],
  ['dynamodb', 'list-tables', '--query', 'TableNames'],
  ['apigateway', 'get-rest-apis', '--query', 'items[].name'],
  [
    'logs',
    'describe-log-groups',
    '--query',
    "logGroups[?!starts_with(logGroupName, '/aws/lambda/probe-')].logGroupName",
  ],
  ['iam', 'list-roles', '--query', `Roles[?starts_with(RoleName, '${stackName}')].RoleName`],
  ['wafv2', 'list-web-acls', '--scope', 'REGIONAL', '--query', 'WebACLs[].Name'],
  ['cloudwatch', 'list-dashboards', '--query', 'DashboardEntries[].DashboardName'],
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
