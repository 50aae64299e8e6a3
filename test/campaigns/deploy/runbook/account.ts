import assert from 'node:assert/strict';
import { type Operator, operatorOf } from '../operator.ts';
import { account, type Workshop } from '../workshop.ts';
import { fillingsOf } from './fillings.ts';
import type { Runbook } from './runbook.ts';

const otherAccount = '111122223333';

/** Makes another account ready as the documentation says, which has to come to what the preflight's commands come to. */
export async function playInNewAccount(runbook: Runbook, workshop: Workshop, mended: Operator): Promise<void> {
  const env = { ...workshop.env, AWS_ACCESS_KEY_ID: otherAccount };
  const operator = operatorOf({ ...workshop, env }, mended.clone);
  const fillings = { ...fillingsOf(workshop, 'dev'), ACCOUNT: otherAccount };
  await runbook.play(operator, ['Before the first deployment 1'], fillings);
  const output = await runbook.play(operator, ['Before the first deployment 2'], fillings);
  assert.match(output, /^ok {6}bootstrap$[^]*^ok {6}role for access logs$/m);
  assert.doesNotMatch(output, /^(FAILED|note)/m);
  assert.deepEqual(await settingsOf(operator, otherAccount), await settingsOf(mended, account));
}

/** What a deployment needs of an account, without the account's number. */
async function settingsOf({ aws }: Operator, number: string): Promise<unknown> {
  const role = ['--role-name', 'api-gateway-logs'];
  const settings = [
    await aws('apigateway', 'get-account', '--query', 'cloudwatchRoleArn'),
    await aws('iam', 'get-role', ...role, '--query', 'Role.AssumeRolePolicyDocument'),
    await aws('iam', 'list-attached-role-policies', ...role, '--query', 'AttachedPolicies'),
    await aws('cloudformation', 'describe-stacks', '--stack-name', 'CDKToolkit', '--query', 'Stacks[].StackStatus'),
  ];
  return JSON.parse(JSON.stringify(settings).replaceAll(number, 'ACCOUNT'));
}
