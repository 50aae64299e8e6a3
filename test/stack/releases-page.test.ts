import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { docsThrottle, readThrottle } from '../../lib/reserved-instances.ts';
import { stageNamed } from '../../lib/stages.ts';
import { stageNames } from '../support/assemblies.ts';
import { rowsOf, sectionOf } from '../support/markdown.ts';
import { readFunctions } from '../support/read-functions.ts';
import { projectRoot } from '../support/run-node.ts';
import { nameOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

// Holds the figures of docs/releases.md to what is deployed.

const page = readFileSync(join(projectRoot, 'docs/releases.md'), 'utf8');
const templates = templatesByStage();

/** The rows of a section's table, without its head and the line below. */
const tableOf = (heading: string) => rowsOf(sectionOf(page, heading)).slice(2);
/** A section in one line. */
const proseOf = (heading: string) => sectionOf(page, heading).replaceAll(/\s+/g, ' ');
const written = (number: number) => number.toLocaleString('en-US');
const yesOrNo = (is: boolean) => (is ? 'yes' : 'no');

const functions: Readonly<Record<string, string>> = {
  cancel: 'FunctionCancelFunction',
  ...Object.fromEntries(readFunctions.map(({ id, name }) => [name, `${id}Function`])),
  docs: 'DocumentationDocsFunction',
  publisher: 'RefundsOutPublisherFunction',
  'result-taker': 'RefundsBackTakerFunction',
  'webhook-sender': 'RefundsWebhooksSenderFunction',
  'pre-traffic': 'ReleasePreTrafficFunction',
  'post-traffic': 'ReleasePostTrafficFunction',
};

const functionOf = (name: string, stage: 'staging' | 'prod' = 'prod') =>
  propertiesOf(templates[stage], 'AWS::Lambda::Function', functions[name] ?? name);
const reservedOf = (name: string, stage?: 'staging' | 'prod') =>
  Number(functionOf(name, stage)['ReservedConcurrentExecutions'] ?? 0);
const groupOf = () => propertiesOf(templates.prod, 'AWS::CodeDeploy::DeploymentGroup');

function sizeOf(name: string): string[] {
  const { Timeout, MemorySize } = functionOf(name);
  return [name, `${String(Timeout)} s`, `${written(Number(MemorySize))} MB`];
}

function quotaOf(stage: 'staging' | 'prod'): number {
  const unreserved = 100;
  return ['cancel', ...readFunctions.map(({ name }) => name), 'docs'].reduce(
    (sum, name) => sum + reservedOf(name, stage),
    unreserved,
  );
}

describe('the deployment', () => {
  test('is described stage by stage', () => {
    const stages = stageNames.map(stageNamed);
    expect(tableOf('Stages').map(([, ...cells]) => cells)).toEqual([
      stages.map(({ logRetentionDays }) => `${logRetentionDays} days`),
      stages.map(({ keepsData }) => yesOrNo(keepsData)),
      stages.map(({ hasBackups }) => yesOrNo(hasBackups)),
      stages.map(({ throttle }) => `${written(throttle.rate)}, ${written(throttle.burst)}`),
      stages.map(({ rateLimits }) => `${written(rateLimits.perAccessKey)}, ${written(rateLimits.perAddress)}`),
      stages.map(({ reservedConcurrency = 'none' }) => String(reservedConcurrency)),
      stages.map(({ hasAlarms }) => yesOrNo(hasAlarms)),
      stages.map(({ release }) => (release === 'CANARY' ? 'as a canary' : 'all at once')),
      stages.map(({ refundAccountDays }) => `${refundAccountDays} days`),
      stages.map(({ executors }) =>
        executors === undefined ? 'roles of the account with the right' : 'roles that are filled in',
      ),
    ]);
  });

  test('is described function by function', () => {
    const asTheStageSays = 'as the stage says';
    const notCalled = ['publisher', 'result-taker', 'webhook-sender', 'pre-traffic', 'post-traffic'];
    const ofReads = `${readThrottle.rate}, ${readThrottle.burst}`;
    const ofDocs = `${docsThrottle.rate}, ${docsThrottle.burst} for each of its routes`;
    expect(tableOf('Functions')).toEqual([
      [...sizeOf('cancel'), asTheStageSays, asTheStageSays],
      ...readFunctions.map(({ name }) => [...sizeOf(name), String(reservedOf(name)), ofReads]),
      [...sizeOf('docs'), String(reservedOf('docs')), ofDocs],
      ...notCalled.map((name) => [...sizeOf(name), 'none', 'not called by requests']),
    ]);
    expect(notCalled.map((name) => reservedOf(name))).toEqual(notCalled.map(() => 0));
  });

  test('needs a quota of instances that leaves a hundred to others', () => {
    expect(proseOf('Before the first deployment')).toMatch(
      `staging needs a quota of at least ${quotaOf('staging')}, prod ${quotaOf('prod')}.`,
    );
  });

  test('is rolled back by these alarms', () => {
    const { Alarms } = groupOf()['AlarmConfiguration'] as {
      readonly Alarms: ReadonlyArray<{ readonly Name: unknown }>;
    };
    const alarms = resourcesOf(templates.prod, 'AWS::CloudWatch::Alarm');
    const names = Alarms.map(({ Name }) => {
      const [, alarm] = alarms.find(([id]) => `<${nameOf(id)}>` === textOf(Name)) ?? [];
      return String(alarm?.Properties?.['AlarmName']).replace('payment-cancel-prod-', '');
    });
    expect(proseOf('A release')).toMatch(`when one of these alarms is raised: ${names.join(', ')}.`);
  });

  test('has a canary of this share and this time', () => {
    const configuration = textOf(groupOf()['DeploymentConfigName']);
    const [, percent, minutes] = /LambdaCanary(\d+)Percent(\d+)Minutes/.exec(configuration) ?? [];
    expect(proseOf('A release')).toMatch(`gives the version ${percent} % of the traffic for ${minutes} minutes`);
  });
});

describe('a release', () => {
  test('stays open for this time', () => {
    const { Variables } = functionOf('post-traffic')['Environment'] as {
      readonly Variables: Readonly<Record<string, string>>;
    };
    const minutes = Number(Variables['BAKE_SECONDS']) / 60;
    expect(proseOf('A release')).toMatch(`stays open for ${minutes} more minutes`);
  });
});
