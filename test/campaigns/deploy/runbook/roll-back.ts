import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackNameOf } from '../../../../lib/stages.ts';
import type { Store } from '../../../../tools/in-memory/requests.ts';
import { templateIn, wholeTemplateFile } from '../assembly.ts';
import { sayOfMissingOrder } from '../cancellations.ts';
import { notFound } from '../clone.ts';
import { type Deployment, functionNamed } from '../deployment.ts';
import type { Operator } from '../operator.ts';
import { refusal } from '../unknown-resources.ts';
import { account, region } from '../workshop.ts';
import type { Fillings } from './fill-in.ts';
import type { Runbook } from './runbook.ts';

const stackName = stackNameOf('dev');

/** What the ways back of docs/releases.md are tried on: dev, which was released over once. */
export interface Released {
  readonly runbook: Runbook;
  readonly operator: Operator;
  readonly deployment: Deployment;
  readonly store: Store;
  readonly fillings: Fillings;
}

/** Points the alias at the first version. The detail function has no alias, and stays. */
export async function moveAlias({ runbook, operator, deployment, store, fillings }: Released): Promise<void> {
  const { commits } = operator.clone;
  const names = ['Roll back by hand 1', 'Roll back by hand 3'] as const;
  const output = await runbook.play(operator, names, { ...fillings, NUMBER: '1' });
  for (const [number, commit] of [commits.first, commits.second].entries()) {
    assert.match(
      output,
      new RegExp(`^${number + 1}\\t${commit}\\t`, 'm'),
      'the versions are listed with their commits',
    );
  }
  assert.equal(await commitOfAlias(operator, deployment), commits.first);
  const said = await sayOfMissingOrder(deployment.url, store);
  assert.deepEqual(said, { cancel: notFound.first, detail: notFound.second });
}

/** Deploys the commit of that version, so that the stack is again what has the traffic. */
export async function deployEarlierCommit(released: Released): Promise<void> {
  const { runbook, operator, fillings } = released;
  const { commits } = operator.clone;
  await runbook.play(operator, ['Roll back by hand 4'], { ...fillings, COMMIT: commits.first });
  assert.equal(await operator.clone.head(), commits.first);
  await checkDeployed(released, 'first');
}

/** Deploys the third version, which fails, and whose way back fails too: the code of the version before is gone. */
export async function failToUpdate({ operator }: Released): Promise<void> {
  const { clone, aws, preflight } = operator;
  const [, { Properties = {} }] = Object.entries(templateIn(join(clone.folder, 'cdk.out')).Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith('FunctionCancel'),
  ) ?? ['', {}];
  const { S3Key } = Properties['Code'] as { readonly S3Key: string };
  await aws('s3api', 'delete-object', '--bucket', `cdk-hnb659fds-assets-${account}-${region}`, '--key', S3Key);
  await clone.checkOut(clone.commits.third);
  assert.match(await operator.failToDeploy('dev'), refusal);
  const { exitCode, output } = await preflight('dev');
  assert.equal(exitCode, 1);
  // On AWS it also names the function: the emulator lists all resources of such a stack as they should be.
  assert.match(output, /^FAILED {2}stack: .*\(UPDATE_ROLLBACK_FAILED\)\. Mend: npx cdk rollback \S+ -c stage=dev$/m);
}

/** Lets the stack go back without that function. */
export async function goBackWithoutFunction({ runbook, operator, fillings }: Released): Promise<void> {
  const { StackStatusReason } = await stackOf(operator);
  const [, id = ''] = /failed to update: \[(\w+)\]/.exec(StackStatusReason) ?? [];
  assert.match(id, /^FunctionCancel/, StackStatusReason);
  await runbook.play(operator, ['When a deployment failed 2'], { ...fillings, LOGICAL_ID: id });
  assert.equal((await stackOf(operator)).StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
}

/** Deploys the second version without CodeDeploy. */
export async function breakGlass(released: Released): Promise<void> {
  const { runbook, operator, fillings } = released;
  await operator.clone.checkOut(operator.clone.commits.second);
  const output = await runbook.play(operator, ['Break-glass'], fillings);
  assert.match(output, /^All responses of .* are right\./m);
  await checkDeployed(released, 'second');
}

/** Checks that the stack, the alias and both signed functions are of a version, which CodeDeploy has nothing to do with. */
async function checkDeployed({ operator, deployment, store }: Released, version: 'first' | 'second'): Promise<void> {
  const commit = operator.clone.commits[version];
  const { Tags } = await stackOf(operator);
  assert.equal(Tags.find(({ Key }) => Key === 'commit')?.Value, commit);
  assert.equal(await commitOfAlias(operator, deployment), commit);
  const said = await sayOfMissingOrder(deployment.url, store);
  assert.deepEqual(said, { cancel: notFound[version], detail: notFound[version] });
  assert.ok(!wholeTemplate(operator).includes('CodeDeployLambdaAliasUpdate'), 'the alias is left to CodeDeploy');
}

/** The template of the last deployment, with what was left out for the emulator. */
export function wholeTemplate({ clone }: Operator): string {
  return readFileSync(join(clone.folder, 'cdk.out', wholeTemplateFile), 'utf8');
}

async function commitOfAlias({ aws }: Operator, deployment: Deployment): Promise<string> {
  const cancel = ['--function-name', functionNamed(deployment, 'Cancel').name];
  const { FunctionVersion, RoutingConfig } = (await aws('lambda', 'get-alias', ...cancel, '--name', 'live')) as {
    readonly FunctionVersion: string;
    readonly RoutingConfig?: { readonly AdditionalVersionWeights?: object };
  };
  assert.deepEqual(RoutingConfig?.AdditionalVersionWeights ?? {}, {});
  const query = ['--query', `Versions[?Version=='${FunctionVersion}'].Description | [0]`];
  return String(await aws('lambda', 'list-versions-by-function', ...cancel, ...query));
}

interface Stack {
  readonly StackStatus: string;
  readonly StackStatusReason: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
}

async function stackOf({ aws }: Operator): Promise<Stack> {
  return (await aws('cloudformation', 'describe-stacks', '--stack-name', stackName, '--query', 'Stacks[0]')) as Stack;
}
