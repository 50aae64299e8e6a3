import { describe, expect, test } from '@jest/globals';
import { reservedInstancesOf } from '../../../../../lib/reserved-instances.ts';
import { stageNamed } from '../../../../../lib/stages.ts';
import { concurrency } from '../../../../../tools/operator/preflight/concurrency.ts';
import type { DeployedStack } from '../../../../../tools/operator/preflight/stack-state.ts';
import { type Answers, awsError, stubAws } from '../../../../support/stub-aws.ts';

const stage = stageNamed('prod');
const needed = reservedInstancesOf(stage);
const deployed: DeployedStack = { name: 'payment-cancel-prod', status: 'UPDATE_COMPLETE', isProtected: true };

async function problemsOf(
  { quota, unreserved }: { readonly quota: number; readonly unreserved: number },
  stack?: DeployedStack,
  answers: Answers = {},
) {
  const AccountLimit = { ConcurrentExecutions: quota, UnreservedConcurrentExecutions: unreserved };
  const { clients } = stubAws({ GetAccountSettings: { AccountLimit }, ...answers });
  const environment = { account: '111111111111', region: 'us-east-1' };
  return await concurrency.find({ stage, environment, clients, stack });
}

const desired = (value: number) => expect.stringContaining(`--quota-code L-B99A9384 --desired-value ${value} `);

describe('the quota of a first deployment', () => {
  test('is enough when it leaves exactly a hundred', async () => {
    expect(await problemsOf({ quota: needed + 100, unreserved: needed + 100 })).toEqual([]);
  });

  test('is not enough with one instance less, and the command asks for that one', async () => {
    expect(await problemsOf({ quota: needed + 99, unreserved: needed + 99 })).toEqual([
      {
        what: `prod reserves ${needed} instances, but of the quota of ${needed + 99} only ${needed - 1} can be reserved: 100 have to stay unreserved.`,
        mend: desired(needed + 100),
      },
    ]);
  });

  test('of a new account is raised to what the stage needs', async () => {
    const [problem] = await problemsOf({ quota: 10, unreserved: 10 });
    expect(problem).toMatchObject({ what: expect.stringContaining('only 0 can be'), mend: desired(needed + 100) });
  });

  test('is what others of the account have left', async () => {
    const [problem] = await problemsOf({ quota: 1000, unreserved: 300 });
    expect(problem?.mend).toEqual(desired(1000 + needed - 200));
  });
});

describe('the quota of a later deployment', () => {
  test('counts what the stack has reserved already as its own', async () => {
    const answers = {
      ListStackResources: functions('cancel', 'docs'),
      GetFunctionConcurrency: ({ FunctionName }: { readonly FunctionName: string }) =>
        FunctionName === 'cancel' ? { ReservedConcurrentExecutions: needed } : {},
    };
    const scarce = { quota: needed + 100, unreserved: 100 };
    expect(await problemsOf(scarce, deployed, answers)).toEqual([]);
    expect(await problemsOf(scarce, undefined, answers)).toHaveLength(1);
  });

  test('does not count a function that somebody has deleted', async () => {
    const answers = {
      ListStackResources: functions('gone'),
      GetFunctionConcurrency: awsError('ResourceNotFoundException'),
    };
    expect(await problemsOf({ quota: needed + 100, unreserved: needed + 100 }, deployed, answers)).toEqual([]);
  });
});

function functions(...names: string[]) {
  return {
    StackResourceSummaries: [
      { ResourceType: 'AWS::DynamoDB::Table', PhysicalResourceId: 'payment-cancel-prod-orders' },
      ...names.map((name) => ({ ResourceType: 'AWS::Lambda::Function', PhysicalResourceId: name })),
    ],
  };
}
