import assert from 'node:assert/strict';
import { stackNameOf, tableNamesOf } from '../../../../lib/stages.ts';
import { type Operator, unattended } from '../operator.ts';
import { refusal } from '../unknown-resources.ts';
import type { Fillings } from './fill-in.ts';
import { wholeTemplate } from './roll-back.ts';
import type { Runbook } from './runbook.ts';

const stackName = stackNameOf('staging');
const names = tableNamesOf('staging');
/** In the sequence of the alphabet. */
const tables = [
  names.cancellations,
  names.endpoints,
  names.executions,
  names.orders,
  names.refundAccounts,
  names.storeKeys,
];

/** Deploys staging for the first time, in vain. It leaves a stack and tables, which are protected. */
export async function failFirstDeployment(operator: Operator): Promise<void> {
  const { aws } = operator;
  assert.match(await operator.failToDeploy('staging'), refusal);
  assert.deepEqual(await stackOf(operator), [['ROLLBACK_COMPLETE', true]]);
  assert.deepEqual(await tablesOf(operator), tables);
  for (const table of tables) {
    const deletion = aws('dynamodb', 'delete-table', '--table-name', table);
    await assert.rejects(deletion, /protected against deletion/, `${table} is protected`);
  }
  const found = await operator.preflight('staging');
  assert.equal(found.exitCode, 1);
  assert.match(found.output, /^FAILED {2}stack: .*, and the stack is protected\./m);
}

/** Cleans up after it. What is left then are keys, which stop nothing. */
export async function cleanUp(runbook: Runbook, operator: Operator, fillings: Fillings): Promise<void> {
  await removeStack(runbook, operator, fillings);
  const { exitCode, output } = await operator.preflight('staging');
  assert.equal(exitCode, 0, output);
  assert.match(output, /^note {4}leftovers: The key /m);
}

/** Deletes the stage on purpose. What is left then is the log group of the firewall, too. */
export async function deleteStaging(runbook: Runbook, operator: Operator, fillings: Fillings): Promise<void> {
  await removeStack(runbook, operator, fillings);
  const { output } = await operator.preflight('staging');
  const group = 'leftovers: The log group aws-waf-logs-payment-cancel-staging';
  assert.deepEqual(output.match(/(?<=^FAILED {2}).*?(?= is left)/gm), [group]);
  await runbook.play(operator, ['When a deployment failed 3'], fillings);
  const { exitCode, output: after } = await operator.preflight('staging');
  assert.equal(exitCode, 0, after);
}

async function removeStack(runbook: Runbook, operator: Operator, fillings: Fillings): Promise<void> {
  await runbook.play(operator, ['When a deployment failed 1'], fillings);
  assert.deepEqual(await stackOf(operator), []);
  assert.deepEqual(await tablesOf(operator), []);
}

/** Deploys staging for the first time. */
export async function deployStaging(runbook: Runbook, operator: Operator, fillings: Fillings): Promise<void> {
  const output = await runbook.play(operator, ['Deploy'], fillings, unattended);
  assert.match(output, /^All responses of .* are right\./m);
  assert.deepEqual(await stackOf(operator), [['CREATE_COMPLETE', true]]);
  assert.ok(wholeTemplate(operator).includes('CodeDeployLambdaAliasUpdate'), 'the alias is not left to CodeDeploy');
}

async function stackOf({ aws }: Operator): Promise<unknown> {
  const query = `Stacks[?StackName=='${stackName}'].[StackStatus,EnableTerminationProtection]`;
  return await aws('cloudformation', 'describe-stacks', '--query', query);
}

async function tablesOf({ aws }: Operator): Promise<unknown> {
  return await aws('dynamodb', 'list-tables', '--query', `TableNames[?starts_with(@, '${stackName}')] | sort(@)`);
}
