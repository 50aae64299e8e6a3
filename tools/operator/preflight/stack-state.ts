import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { type Check, isNamed, type Problem } from './check.ts';

export interface DeployedStack {
  readonly name: string;
  readonly status: string;
  readonly isProtected: boolean;
}

/** @returns undefined if there is no such stack, or one that nothing was ever deployed to */
export async function findStack(client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined;
    return { name, status: String(stack.StackStatus), isProtected: stack.EnableTerminationProtection === true };
  } catch (error) {
    if (isNamed(error, 'ValidationError') && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether a stack never became one: it can only be deleted. */
export function isStillborn({ status }: DeployedStack): boolean {
  return ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED'].includes(status);
}

/** Whether CloudFormation would take a deployment. */
export const stackState: Check = {
  name: 'stack',
  async find({ stage, stack, clients: { cloudFormation } }) {
    if (stack === undefined) return [];
    const { name, status } = stack;
    if (isStillborn(stack)) return stillborn(stack);
    if (status.endsWith('_IN_PROGRESS')) {
      const what = `${name} is being changed by another deployment (${status}).`;
      return [{ what, mend: `aws cloudformation wait ${waiterOf(status)} --stack-name ${name}` }];
    }
    if (status !== 'UPDATE_ROLLBACK_FAILED' && status !== 'UPDATE_FAILED') return [];
    const orphans = status === 'UPDATE_FAILED' ? [] : await failedResources(cloudFormation, name);
    return [
      {
        what: `The last update of ${name} failed (${status})${orphans.length > 0 ? `, at ${orphans.join(', ')}` : ''}.`,
        mend: [`npx cdk rollback ${name} -c stage=${stage.name}`, ...orphans.map((id) => `--orphan ${id}`)].join(' '),
      },
    ];
  },
};

function stillborn({ name, status, isProtected }: DeployedStack): Problem[] {
  // cdk deploy deletes it by itself, but not against its protection.
  if (status === 'ROLLBACK_COMPLETE' && !isProtected) return [];
  const commands = [
    ...(isProtected
      ? [`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`]
      : []),
    `aws cloudformation delete-stack --stack-name ${name}`,
    `aws cloudformation wait stack-delete-complete --stack-name ${name}`,
  ];
  const what = `The first deployment of ${name} failed (${status})${isProtected ? ', and the stack is protected' : ''}.`;
  return [{ what, mend: commands.join(' && ') }];
}

function waiterOf(status: string): string {
  if (status.startsWith('CREATE')) return 'stack-create-complete';
  if (status.startsWith('DELETE')) return 'stack-delete-complete';
  if (status.startsWith('ROLLBACK') || status.startsWith('UPDATE_ROLLBACK')) return 'stack-rollback-complete';
  return 'stack-update-complete';
}

async function failedResources(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    const failed = (page.StackResourceSummaries ?? []).filter(
      ({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED',
    );
    ids.push(...failed.flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []));
  }
  return ids;
}
