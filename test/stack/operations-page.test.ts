import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { maxItems } from '../../lambda/contract/limits.ts';
import { attemptsMs } from '../../lambda/dynamodb/backoff.ts';
import { requestTimeoutMs, retries } from '../../lambda/dynamodb/client.ts';
import { credentialCacheMs } from '../../lambda/dynamodb/credential-repository.ts';
import { readThrottle } from '../../lib/reserved-instances.ts';
import { credentialItem } from '../../tools/operator/credentials.ts';
import { createStageClient } from '../../tools/operator/stage-client.ts';
import { orderImportSchema } from '../../tools/orders/order-import.schema.ts';
import { rowsOf, sectionOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';
import { propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

// Holds the figures of docs/operations.md to what is deployed; operations-costs.test.ts those of its last section.

const page = readFileSync(join(projectRoot, 'docs/operations.md'), 'utf8');
const templates = templatesByStage();

/** The rows of a section's table, without its head and the line below. */
const tableOf = (heading: string) => rowsOf(sectionOf(page, heading)).slice(2);
/** A section in one line. */
const proseOf = (heading: string) => sectionOf(page, heading).replaceAll(/\s+/g, ' ');
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

const alarms = resourcesOf(templates.prod, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
  const alarm = Properties as unknown as Alarm;
  return { ...alarm, name: alarm.AlarmName.replace('payment-cancel-prod-', '') };
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

describe('the limits', () => {
  const timeout = String(propertiesOf(templates.prod, 'AWS::Lambda::Function', 'FunctionCancelFunction')['Timeout']);

  test('of time are those of the code', () => {
    const holder = { storeId: 'S', divisionCode: 'D', channelCode: 'C' };
    const { issuedAt, expiresAt } = credentialItem(holder, { accessKey: 'a', hashKey: 'h' }, 0);
    expect(tableOf('Time limits').map(([, limit]) => limit)).toEqual([
      // API Gateway's own.
      '29 s',
      `${timeout} s`,
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
    expect(contract).toMatch(`| time for a response | ${timeout} seconds`);
    expect(contract).toMatch(`${readThrottle.rate} requests per second for all stores together`);
    expect(guide).toMatch(`The service responds within ${timeout}.`);
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
