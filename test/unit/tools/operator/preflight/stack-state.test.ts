import { describe, expect, test } from '@jest/globals';
import { stageNamed } from '../../../../../lib/stages.ts';
import { type DeployedStack, findStack, stackState } from '../../../../../tools/operator/preflight/stack-state.ts';
import { awsError, stubAws } from '../../../../support/stub-aws.ts';

const name = 'payment-cancel-prod';

async function problemsOf(stack: Partial<DeployedStack> | undefined, resources: object[] = []) {
  const { clients } = stubAws({ ListStackResources: { StackResourceSummaries: resources } });
  const environment = { account: '111111111111', region: 'us-east-1' };
  const whole = stack && { name, status: 'UPDATE_COMPLETE', isProtected: true, ...stack };
  return await stackState.find({ stage: stageNamed('prod'), environment, clients, stack: whole });
}

const remove = `aws cloudformation delete-stack --stack-name ${name} && aws cloudformation wait stack-delete-complete --stack-name ${name}`;
const unprotect = `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`;

describe('a stack', () => {
  test('is found with its state and its protection', async () => {
    const Stacks = [{ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: true }];
    const { clients, calls } = stubAws({ DescribeStacks: { Stacks } });
    expect(await findStack(clients.cloudFormation, name)).toEqual({
      name,
      status: 'CREATE_COMPLETE',
      isProtected: true,
    });
    expect(calls).toEqual([['DescribeStacks', { StackName: name }]]);
  });

  test.each([
    ['there is none', awsError('ValidationError', `Stack with id ${name} does not exist`)],
    ['it was only planned', { Stacks: [{ StackStatus: 'REVIEW_IN_PROGRESS' }] }],
  ])('is not found when %s', async (_what, DescribeStacks) => {
    const { clients } = stubAws({ DescribeStacks });
    expect(await findStack(clients.cloudFormation, name)).toBeUndefined();
  });

  test('is an error when CloudFormation says something else', async () => {
    const { clients } = stubAws({ DescribeStacks: awsError('ValidationError', 'The name is too long.') });
    await expect(findStack(clients.cloudFormation, name)).rejects.toThrow('The name is too long.');
  });
});

describe('a deployment', () => {
  test.each([undefined, { status: 'CREATE_COMPLETE' }, { status: 'UPDATE_ROLLBACK_COMPLETE' }])(
    'can start on %j',
    async (stack) => {
      expect(await problemsOf(stack)).toEqual([]);
    },
  );

  test('after a first one that failed needs the protection off: then cdk deploy could delete the stack, but it is done here', async () => {
    expect(await problemsOf({ status: 'ROLLBACK_COMPLETE' })).toEqual([
      {
        what: `The first deployment of ${name} failed (ROLLBACK_COMPLETE), and the stack is protected.`,
        mend: `${unprotect} && ${remove}`,
      },
    ]);
    expect(await problemsOf({ status: 'ROLLBACK_COMPLETE', isProtected: false })).toEqual([]);
  });

  test.each(['CREATE_FAILED', 'ROLLBACK_FAILED', 'DELETE_FAILED'])(
    'after %s needs the stack deleted, protected or not',
    async (status) => {
      expect(await problemsOf({ status, isProtected: false })).toMatchObject([{ mend: remove }]);
      expect(await problemsOf({ status })).toMatchObject([{ mend: `${unprotect} && ${remove}` }]);
    },
  );

  test.each([
    ['CREATE_IN_PROGRESS', 'stack-create-complete'],
    ['UPDATE_IN_PROGRESS', 'stack-update-complete'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'stack-update-complete'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'stack-rollback-complete'],
    ['DELETE_IN_PROGRESS', 'stack-delete-complete'],
  ])('waits for another one in %s', async (status, waiter) => {
    expect(await problemsOf({ status })).toEqual([
      {
        what: `${name} is being changed by another deployment (${status}).`,
        mend: `aws cloudformation wait ${waiter} --stack-name ${name}`,
      },
    ]);
  });

  test('after a rollback that failed goes on without the resources at which it failed', async () => {
    const resources = [
      { LogicalResourceId: 'FunctionLive7A09DEE6', ResourceStatus: 'UPDATE_FAILED' },
      { LogicalResourceId: 'TablesOrders', ResourceStatus: 'UPDATE_COMPLETE' },
    ];
    expect(await problemsOf({ status: 'UPDATE_ROLLBACK_FAILED' }, resources)).toEqual([
      {
        what: `The last update of ${name} failed (UPDATE_ROLLBACK_FAILED), at FunctionLive7A09DEE6.`,
        mend: `npx cdk rollback ${name} -c stage=prod --orphan FunctionLive7A09DEE6`,
      },
    ]);
  });
});
