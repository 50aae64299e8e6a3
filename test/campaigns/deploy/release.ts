import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { exampleText, type Store } from '../../../tools/in-memory/requests.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { replaceTemplate, templateIn } from './assembly.ts';
import { playBus } from './bus.ts';
import * as cancellations from './cancellations.ts';
import { notFound } from './clone.ts';
import { type Deployment, describe, functionNamed, logLineWith } from './deployment.ts';
import { checkGatewayResponses, checkMissingFunction } from './gateway-responses.ts';
import { forEmulator } from './for-emulator.ts';
import { gaps } from './known-gaps.ts';
import { inLanes } from './lanes.ts';
import { checkLeftovers } from './leftovers.ts';
import { cancel, issueKey, putOrders } from './merchant.ts';
import type { Operator } from './operator.ts';
import { eventStoreId } from './orders.ts';
import { runHook } from './pre-traffic.ts';
import { checkRoles } from './roles.ts';
import { fillingsOf } from './runbook/fillings.ts';
import * as rollBack from './runbook/roll-back.ts';
import type { Runbook } from './runbook/runbook.ts';
import { step } from './steps.ts';
import { unknownTypes } from './unknown-resources.ts';
import type { Workshop } from './workshop.ts';

/** The orders of the last one come in by events. */
const keyHolders = [...cancellations.storeIds, eventStoreId];

/** The life of the dev stage: its first deployment, a release over it, the ways back, and its end. */
export async function playRelease(
  workshop: Workshop,
  operator: Operator,
  runbook: Runbook,
  probeCode: Uint8Array,
): Promise<void> {
  const { clone } = operator;
  const [whole, first] = [join(workshop.folder, 'whole'), join(workshop.folder, 'first')];
  await step('cdk synth', async () => await operator.synthesize('dev', whole));
  await step('the whole template is refused for the known types', async () => await checkUnknownTypes(operator, whole));
  await step('cdk deploy', async () => {
    cpSync(whole, first, { recursive: true });
    replaceTemplate(first, forEmulator(templateIn(whole)));
    await operator.deploy(first);
  });
  const deployment = await describe(workshop, operator, 'dev', first, probeCode);
  const { url } = deployment;

  const issued = await step('npm run admin: keys are issued and orders put', async () => {
    await putOrders(operator, workshop.folder, cancellations.storeIds);
    return await inLanes(keyHolders.length, 2, async (index) => await issueKey(operator, keyHolders[index] ?? ''));
  });
  const ofEvents = issued.at(-1);
  const stores = issued.slice(0, -1);
  const [store] = stores;
  const ofRefunds = stores.at(-1);
  if (store === undefined || ofRefunds === undefined || ofEvents === undefined) throw new Error('There is no store.');
  await step("the specification's examples", async () => await cancellations.sendExamples(url, stores));
  await step('their replays', async () => await cancellations.replayExamples(url, stores));
  await step('refusals', async () => {
    await cancellations.sendRefusals(url, stores);
    const said = await cancellations.sayOfMissingOrder(url, store);
    assert.deepEqual(said, { cancel: notFound.first, detail: notFound.first });
  });
  await step('a storm of one key', async () => await cancellations.sendStorm(url, stores));
  const fillings = fillingsOf(workshop, 'dev');
  const { endpoint } = workshop;
  await playBus({ deployment, endpoint, operator, runbook, fillings, stores: { ofEvents, ofRefunds } });
  await step('a request is in the log of its function', async () => await checkLog(deployment, operator, store));
  await step('npm run smoke', async () => {
    await operator.npm('smoke', '--stage', 'dev', '--url', url);
  });
  await step("the gateway's own responses", async () => await checkGatewayResponses(deployment, operator));
  await step('each function runs under a role of its own', async () => await checkRoles(deployment));

  await step('runbook: the deployment of a second version', async () => {
    await clone.checkOut(clone.commits.second);
    await runbook.play(operator, ['Deploy'], fillings);
  });
  await step('it reads what the first one wrote, and goes on with it', async () => {
    const said = await cancellations.sayOfMissingOrder(url, store);
    assert.deepEqual(said, { cancel: notFound.second, detail: notFound.second });
    const { first: one, second: two } = clone.commits;
    assert.deepEqual(await versionsOf(deployment), [`1 ${one}`, `2 ${two}`]);
    await cancellations.replayExamples(url, stores);
    await cancellations.cancelTheRest(url, stores);
  });
  await step('runbook: the smoke test with a certificate', async () => {
    const { cert, key } = selfSignedCertificate();
    writeFileSync(join(clone.folder, 'client.pem'), cert);
    writeFileSync(join(clone.folder, 'client-key.pem'), key);
    const output = await runbook.play(operator, ['A domain of your own'], fillings);
    assert.match(output, /^All responses of .* are right\./m);
  });
  await step('the hook before traffic tries the second version', async () => await runHook(deployment));

  const released = { runbook, operator, deployment, store, fillings };
  await step('runbook: the alias is moved back', async () => await rollBack.moveAlias(released));
  await step('runbook: the commit of that version', async () => await rollBack.deployEarlierCommit(released));
  await step('an update fails, and its way back too', async () => await rollBack.failToUpdate(released));
  await step('runbook: back without the function', async () => await rollBack.goBackWithoutFunction(released));
  await step('runbook: break-glass', async () => await rollBack.breakGlass(released));
  await step('runbook: what the emulator cannot run', async () => await runbook.tryTheOthers(operator, fillings));

  await step('npm run audit', async () => {
    const output = await operator.npm('audit', '--stage', 'dev', '--progress', join(workshop.folder, 'audit.json'));
    assert.match(output, /, 0 violations: all sound\./);
  });
  await step('the known gaps of the emulator are all there', async () => await checkGaps(deployment, operator));
  await step('the gateway responds for a function that is missing', async () => {
    await checkMissingFunction(deployment, operator);
  });
  await step('cdk destroy leaves nothing', async () => {
    await operator.destroy(first);
    await checkLeftovers(operator, deployment.keyId);
  });
  deployment.lambda.destroy();
  deployment.dynamodb.destroy();
}

async function checkUnknownTypes(operator: Operator, assembly: string): Promise<void> {
  const output = await operator.deployInVain(assembly);
  const [, named = output] = /Unrecognized resource types: \[(.*)\]/.exec(output) ?? [];
  assert.deepEqual(named.split(', '), unknownTypes.toSorted(), 'correct unknownTypes');
}

async function checkLog(deployment: Deployment, operator: Operator, store: Store): Promise<void> {
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
