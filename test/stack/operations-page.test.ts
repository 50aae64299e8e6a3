import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { maxItems } from '../../lambda/contract/limits.ts';
import { attemptsMs } from '../../lambda/dynamodb/backoff.ts';
import { requestTimeoutMs, retries } from '../../lambda/dynamodb/client.ts';
import { credentialCacheMs } from '../../lambda/dynamodb/credential-repository.ts';
import { docsThrottle, readThrottle } from '../../lib/reserved-instances.ts';
import { stageNamed } from '../../lib/stages.ts';
import { credentialItem } from '../../tools/operator/credentials.ts';
import { createStageClient } from '../../tools/operator/stage-client.ts';
import { orderImportSchema } from '../../tools/orders/order-import.schema.ts';
import { readFunctions } from '../support/read-functions.ts';
import { stageNames } from '../support/assemblies.ts';
import { rowsOf, sectionOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';
import { nameOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

// Holds the figures of docs/operations.md to what is deployed; operations-costs.test.ts those of its last section.

const page = readFileSync(join(projectRoot, 'docs/operations.md'), 'utf8');
const templates = templatesByStage();

/** The rows of a section's table, without its head and the line below. */
const tableOf = (heading: string) => rowsOf(sectionOf(page, heading)).slice(2);
/** A section in one line. */
const proseOf = (heading: string) => sectionOf(page, heading).replaceAll(/\s+/g, ' ');
const written = (number: number) => number.toLocaleString('en-US');
const yesOrNo = (is: boolean) => (is ? 'yes' : 'no');
const dayMs = 24 * 60 * 60 * 1000;

interface Alarm {
  readonly AlarmName: string;
  readonly Threshold: number;
  readonly AlarmActions: readonly unknown[];
  readonly MetricName?: string;
  readonly Period?: number;
  readonly Metrics?: ReadonlyArray<{
    readonly Expression?: string;
    readonly MetricStat?: { readonly Period: number };
  }>;
}

const alarms = resourcesOf(templates.prod, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
  const alarm = Properties as unknown as Alarm;
  return { ...alarm, id, name: alarm.AlarmName.replace('payment-cancel-prod-', '') };
});

const expressionOf = ({ Metrics = [] }: Alarm) => Metrics.map(({ Expression = '' }) => Expression).join('');
/** Failures or requests below which an alarm keeps silent. */
const fewestOf = (alarm: Alarm) => Number(/FILL\(\w+, 0\) >= (\d+)/.exec(expressionOf(alarm))?.[1]);
const periodsOf = ({ Period, Metrics = [] }: Alarm) =>
  [Period, ...Metrics.map(({ MetricStat }) => MetricStat?.Period)].filter((period) => period !== undefined);

/** From what on an alarm is raised, as the runbook says it. */
function fromOf(alarm: Alarm): string {
  const expression = expressionOf(alarm);
  if (alarm.MetricName === 'IteratorAge') return `${alarm.Threshold / 1000} s`;
  if (expression.includes('/ all')) return `${alarm.Threshold} % and ${fewestOf(alarm)}`;
  return expression.includes('p99') ? `${alarm.Threshold / 1000} s` : String(alarm.Threshold);
}

describe('the runbook', () => {
  const runbook = tableOf('Alarms');

  test('has a row for each alarm, with what it is raised from, and no other row', () => {
    const expected = alarms.map((alarm) => [alarm.name, fromOf(alarm)]);
    expect(runbook).toHaveLength(expected.length);
    expect(runbook.map(([name, from]) => [name, from])).toEqual(expect.arrayContaining(expected));
  });

  test('says of each alarm what it means, what to look at and what to do', () => {
    for (const [, , ...cells] of runbook) {
      expect(cells).toHaveLength(3);
      for (const cell of cells) expect(cell).toMatch(/.{5}/);
    }
  });

  test('says which alarms wake somebody', () => {
    const paging = alarms.filter(({ AlarmActions: [topic] }) => textOf(topic) === '<OperationsPageTopic>');
    const names = paging.map(({ name }) => name);
    expect(runbook.filter(([, , means]) => means?.includes('**Page.**')).map(([name]) => name)).toEqual(names);
    expect(proseOf('Alarms')).toMatch(
      `${names.slice(0, -1).join(', ')} and ${names.at(-1)} go to the SNS topic of the output \`PageTopic\``,
    );
  });

  test('says over which time alarms count, and from how many failures and requests on', () => {
    const [seconds = 0, others] = [...new Set(alarms.flatMap(periodsOf))].toSorted((one, two) => one - two);
    expect(others).toBe(dayMs / 1000);
    expect(proseOf('Alarms')).toMatch(`Each alarm counts over ${seconds / 60} minutes, KeysExpiring over a day`);
    const [failures, requests] = new Set(alarms.map(fewestOf).filter(Number.isFinite));
    expect(proseOf('Alarms')).toMatch(
      `only from ${failures} failures on, the percentile only from ${requests} requests on`,
    );
  });
});

const functions: Readonly<Record<string, string>> = {
  cancel: 'FunctionCancelFunction',
  ...Object.fromEntries(readFunctions.map(({ id, name }) => [name, `${id}Function`])),
  docs: 'DocumentationDocsFunction',
  publisher: 'RefundsOutPublisherFunction',
  'result-taker': 'RefundsBackTakerFunction',
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
    const notCalled = ['publisher', 'result-taker', 'pre-traffic', 'post-traffic'];
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
    const names = Alarms.map(({ Name }) => alarms.find(({ id }) => `<${nameOf(id)}>` === textOf(Name))?.name);
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

describe('the limits', () => {
  test('of time are those of the code', () => {
    const holder = { storeId: 'S', divisionCode: 'D', channelCode: 'C' };
    const { issuedAt, expiresAt } = credentialItem(holder, { accessKey: 'a', hashKey: 'h' }, 0);
    expect(tableOf('Time limits').map(([, limit]) => limit)).toEqual([
      // API Gateway's own.
      '29 s',
      `${String(functionOf('cancel')['Timeout'])} s`,
      `${retries.maxAttempts} attempts of ${requestTimeoutMs / 1000} s`,
      `other attempts for ${attemptsMs / 1000} s`,
      `${credentialCacheMs / 1000} s`,
      `${Number(expiresAt - issuedAt) / dayMs} days`,
    ]);
  });

  test('of requests are the same on the pages for merchants', () => {
    const [contract, guide] = ['contract', 'merchants'].map((name) =>
      readFileSync(join(projectRoot, `docs/${name}.md`), 'utf8'),
    );
    const seconds = String(functionOf('cancel')['Timeout']);
    expect(contract).toMatch(`| time for a response | ${seconds} seconds`);
    expect(contract).toMatch(`${readThrottle.rate} requests per second for all stores together`);
    expect(guide).toMatch(`The service responds within ${seconds}.`);
  });

  test('of an audit are those of its client', async () => {
    const client = createStageClient();
    expect(proseOf('Audit')).toMatch(`gives up after ${await client.config.maxAttempts()} attempts of one call`);
    client.destroy();
  });

  test('of an order file are those of its schema', () => {
    const { maxItems: maxLines, minItems } = orderImportSchema.properties.items;
    expect(proseOf('The file')).toMatch(
      `An order has ${minItems} to ${maxLines} items, and at most ${maxItems} before capture`,
    );
  });
});
