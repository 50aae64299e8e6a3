import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { requestDigestOf } from '../../lambda/cancel/request-digest.ts';
import { cancellationData, toDataJson } from '../../lambda/contract/cancellation-data.ts';
import { returnRequestIdOf } from '../../lambda/contract/return-request-id.ts';
import { decideCancellation } from '../../lambda/domain/decide-cancellation.ts';
import { cancellationKeyOf } from '../../lambda/domain/idempotency.ts';
import { cancellationRow, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { cancelMetricNames, commonMetricNames, readMetricNames } from '../../lambda/environment/metric-names.ts';
import { readFunctions } from '../support/read-functions.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { exampleRequest } from '../../tools/in-memory/requests.ts';
import { rowsOf, sectionOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';
import { propertiesOf, resourcesOf, templatesByStage } from '../support/templates.ts';

const textOf = (page: string) => readFileSync(join(projectRoot, page), 'utf8');
const section = sectionOf(textOf('docs/operations.md'), 'What it costs');
const { prod } = templatesByStage();
const countOf = (type: string) => resourcesOf(prod, type).length;

/** Metrics that an alarm looks at: its own, or those of its expression. */
function metricsOfAlarm({ Metrics }: Readonly<Record<string, unknown>>): number {
  const queries = Metrics as ReadonlyArray<{ readonly MetricStat?: object }> | undefined;
  return queries?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

describe('the costs in docs/operations.md', () => {
  test('of a month are of what is deployed', () => {
    const rules = propertiesOf(prod, 'AWS::WAFv2::WebACL')['Rules'] as readonly unknown[];
    // Every signed function counts what is common to them, its two durations, and what is its own.
    const ofSigned = [cancelMetricNames, ...readFunctions.map(() => readMetricNames)];
    const ofFunctions = ofSigned.reduce((sum, names) => sum + commonMetricNames.length + 2 + names.length, 0);
    const ofAlarms = resourcesOf(prod, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) =>
      metricsOfAlarm(Properties),
    );
    const [, , ...rows] = rowsOf(section);
    expect(rows.map(([, number]) => Number(number))).toEqual([
      countOf('AWS::WAFv2::WebACL'),
      rules.length,
      ofFunctions + countOf('AWS::Logs::MetricFilter'),
      // API Gateway's own: Count, 4XXError, 5XXError, Latency, IntegrationLatency.
      5,
      countOf('AWS::CloudWatch::Dashboard'),
      countOf('AWS::KMS::Key'),
      ofAlarms.reduce((sum, count) => sum + count, 0),
    ]);
    for (const [, number, each, together] of rows) expect(together).toBe((Number(number) * Number(each)).toFixed(2));
  });

  test('of a record are of its size, with what DynamoDB adds to each item', () => {
    const attributes = Object.entries(exampleRecord());
    const bytes = attributes.reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 100);
    const usdOfAMillion = (((bytes * 1_000_000) / 2 ** 30) * (0.25 + 0.2)).toFixed(2);
    const prose = section.replaceAll(/\s+/g, ' ');
    expect(prose).toMatch(`takes ${(bytes / 1024).toFixed(1)} KB`);
    expect(prose).toMatch(`A million of them cost ${usdOfAMillion} a month`);
    expect(textOf('docs/decisions.md')).toMatch(`records cost ${usdOfAMillion} USD a month`);
  });
});

/** The record of the cancellation of the specification's whole order, sent without an idempotency key. */
function exampleRecord(): object {
  const request = exampleRequest('full-order');
  const order = orderOf({ orderNo: request.orderNo });
  const decision = decideCancellation(order, request, order.currencyCode);
  if (!decision.ok) throw new Error('The specification allows this cancellation.');
  const returnRequestId = returnRequestIdOf('0'.repeat(26));
  const digest = requestDigestOf(request);
  const record = {
    cancellationKey: cancellationKeyOf(undefined, digest),
    requestDigest: digest,
    kind: 'REFUND',
    createdAtMs: 1_700_000_000_123,
    returnRequestId,
    orderVersion: 2,
    accountTag: undefined,
    dataJson: toDataJson(cancellationData(decision.cancellation, returnRequestId)),
  } as const;
  return cancellationRow(orderKeyOf(order), record, decision.cancellation.items, undefined);
}

/** Bytes of a stored value, as DynamoDB's documentation counts them. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'bigint') return Math.ceil(String(value).replace(/0+$/, '').length / 2) + 1;
  const elements = Object.entries(value as object);
  const names = Array.isArray(value) ? 0 : elements.reduce((sum, [name]) => sum + name.length, 0);
  return elements.reduce((sum, [, element]) => sum + 1 + sizeOf(element), 3 + names);
}
