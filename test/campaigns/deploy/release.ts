import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { exampleText, type Store } from '../../../tools/in-memory/requests.ts';
import { projectRoot } from '../../support/run-node.ts';
import { copyWithoutTypes } from './assembly.ts';
import * as cancellations from './cancellations.ts';
import { type Deployment, describe, functionNamed, logLineWith } from './deployment.ts';
import { checkGatewayResponses, checkMissingFunction } from './gateway-responses.ts';
import { gaps, unknownTypes } from './known-gaps.ts';
import { checkLeftovers } from './leftovers.ts';
import { cancel, issueKey, putOrders } from './merchant.ts';
import type { Operator } from './operator.ts';
import { runHook } from './pre-traffic.ts';
import { playRefunds } from './refunds.ts';
import { checkRoles } from './roles.ts';
import { commits, copyAsSecondVersion, notFound } from './second-version.ts';
import { step } from './steps.ts';
import type { Workshop } from './workshop.ts';

/** The life of a stack: its first deployment, a release over it, and its end. */
export async function playRelease(workshop: Workshop, operator: Operator, probeCode: Uint8Array): Promise<void> {
  const folderNamed = (name: string) => join(workshop.folder, name);
  const [first, second] = [folderNamed('first'), folderNamed('second')];
  await step('cdk synth', async () => {
    await operator.synthesize(projectRoot, folderNamed('first-whole'), commits.first);
    copyWithoutTypes(folderNamed('first-whole'), unknownTypes, first);
  });
  await step('the whole template is refused for the known types', async () => {
    await checkUnknownTypes(operator, folderNamed('first-whole'));
  });
  await step('cdk deploy', async () => await operator.deploy(first));
  const deployment = await describe(workshop, operator, first, probeCode);
  const { url } = deployment;

  const stores = await step('npm run admin: keys are issued and orders put', async () => {
    await putOrders(operator, workshop.folder, cancellations.storeIds);
    const issued: Store[] = [];
    for (const storeId of cancellations.storeIds) issued.push(await issueKey(operator, storeId));
    return issued;
  });
  await step("the specification's examples", async () => await cancellations.sendExamples(url, stores));
  await step('their replays', async () => await cancellations.replayExamples(url, stores));
  await step('refusals', async () => {
    await cancellations.sendRefusals(url, stores);
    await cancellations.checkVersion(url, stores, notFound.first);
  });
  await step('a storm of one key', async () => await cancellations.sendStorm(url, stores));
  await step('refunds leave, are executed, and come back', async () => {
    const store = stores.at(-1);
    assert.ok(store);
    await playRefunds(deployment, workshop.endpoint, store);
  });
  await step('a request is in the log of its function', async () => await checkLog(deployment, operator, stores));
  await step('npm run smoke', async () => {
    await operator.npm('smoke', '--stage', 'dev', '--url', url);
  });
  await step("the gateway's own responses", async () => await checkGatewayResponses(deployment, operator));
  await step('each function runs under a role of its own', async () => await checkRoles(deployment));

  await step('npm run deploy of a second version', async () => {
    const clone = folderNamed('clone');
    mkdirSync(clone);
    copyAsSecondVersion(clone);
    await operator.synthesize(clone, folderNamed('second-whole'), commits.second);
    copyWithoutTypes(folderNamed('second-whole'), unknownTypes, second);
    await operator.release(second);
  });
  await step('it reads what the first one wrote, and goes on with it', async () => {
    await cancellations.checkVersion(url, stores, notFound.second);
    assert.deepEqual(await versionsOf(deployment), [`1 ${commits.first}`, `2 ${commits.second}`]);
    await cancellations.replayExamples(url, stores);
    await cancellations.cancelTheRest(url, stores);
  });
  await step('npm run smoke', async () => {
    await operator.npm('smoke', '--stage', 'dev', '--url', url);
  });
  await step('the hook before traffic tries the second version', async () => await runHook(deployment));
  await step('npm run audit', async () => {
    const output = await operator.npm('audit', '--stage', 'dev', '--progress', folderNamed('audit.json'));
    assert.match(output, /, 0 violations: all sound\./);
  });
  await step('the known gaps of the emulator are all there', async () => await checkGaps(deployment, operator));
  await step('the gateway responds for a function that is missing', async () => {
    await checkMissingFunction(deployment, operator);
  });
  await step('cdk destroy leaves nothing', async () => {
    await operator.destroy(second);
    await checkLeftovers(operator, deployment.keyId);
  });
  deployment.lambda.destroy();
  deployment.dynamodb.destroy();
}

async function checkUnknownTypes(operator: Operator, assembly: string): Promise<void> {
  const output = await operator.deployInVain(assembly);
  const [, named = output] = /Unrecognized resource types: \[(.*)\]/.exec(output) ?? [];
  assert.deepEqual(named.split(', '), unknownTypes.toSorted(), 'correct unknownTypes in known-gaps.ts');
}

async function checkLog(deployment: Deployment, operator: Operator, stores: readonly Store[]): Promise<void> {
  const [store] = stores;
  if (store === undefined) throw new Error('There is no store.');
  const { envelope } = await cancel(deployment.url, store, exampleText('full-order', 'request'));
  const line = await logLineWith(operator, functionNamed(deployment, 'Cancel').logGroup, envelope.requestId);
  assert.ok(line.includes('"REPLAYED"'), line);
}

/** The cancel function's versions with their commits: the first one is kept, to roll back to. */
async function versionsOf(deployment: Deployment): Promise<string[]> {
  const FunctionName = functionNamed(deployment, 'Cancel').name;
  const { Versions = [] } = await deployment.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  return Versions.flatMap(({ Version, Description }) => (Version === '$LATEST' ? [] : [`${Version} ${Description}`]));
}

async function checkGaps(deployment: Deployment, operator: Operator): Promise<void> {
  const closed: string[] = [];
  for (const { what, isOpen } of gaps) {
    if (!(await isOpen(deployment, operator))) closed.push(what);
  }
  assert.deepEqual(closed, [], 'take off known-gaps.ts what the emulator can do now');
}
