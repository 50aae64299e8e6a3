import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { withBlocks } from '../../../tools/generate/marked-blocks.ts';
import { templateOf } from '../../support/synthesize-template.ts';
import { propertiesOf } from '../../support/templates.ts';
import { batchKinds, batchOf, eventOfOrder, eventsOfRefund } from './chain-batches.ts';
import { billedMs, chainTables, memoryMb, millions, pricesOf } from './chain-price.ts';
import { batchSizes } from './chain.ts';

/** 3.456 times as long on Lambda, with 512 MB of 1769. */
const figures = batchKinds.flatMap((kind) =>
  batchSizes.map((size) => ({ kind, size, cpuMs: [1, 2, 9], elapsedMs: [20], logBytes: 1000 })),
);

const [orders, refunds, webhooks] = millions;
const usdOf = (million: (typeof millions)[number], size: 1 | 10) =>
  Object.fromEntries(pricesOf(million, figures, size).map(({ component, usd }) => [component, usd]));

describe('an invocation', () => {
  test.each([
    ['cancellations', 19 + 2 * 3.455],
    ['executions', 15 + 2 * 3.455],
    ['reports', 4 + 2 * 3.455],
    ['orders', 8 + 2 * 3.455],
    ['webhooks', 104 + 2 * 3.455],
  ])('with %s is billed for its waits and its part of a core', (kind, ms) => {
    const one = figures.find((each) => each.kind === kind);
    expect(one && billedMs(one)).toBeCloseTo(ms, 2);
  });

  test('has the memory that all four functions have', () => {
    const template = templateOf('prod');
    const names = ['OutPublisher', 'BackTaker', 'InTaker', 'WebhooksSender'].map((name) => `Refunds${name}Function`);
    const sizes = names.map((name) => propertiesOf(template, 'AWS::Lambda::Function', name)['MemorySize']);
    expect(sizes).toEqual(names.map(() => memoryMb));
  });
});

describe('a million refunds', () => {
  test('cost what their events, messages, writes and logs cost', () => {
    expect(usdOf(refunds, 1)).toMatchObject({
      EventBridge: 3,
      SQS: expect.closeTo(1.2),
      'DynamoDB writes': 1.25,
      'CloudWatch Logs': 1.5,
    });
  });

  test('cost less the more come together: fewer invocations, and fewer requests to the queue', () => {
    expect(usdOf(refunds, 10)).toMatchObject({
      EventBridge: 3,
      SQS: expect.closeTo(0.48),
      'Lambda requests': expect.closeTo(0.06),
    });
    expect(usdOf(refunds, 1)['Lambda requests']).toBeCloseTo(0.6);
    expect(usdOf(refunds, 10)['Lambda duration, 512 MB, arm64']).toBeCloseTo(
      (usdOf(refunds, 1)['Lambda duration, 512 MB, arm64'] ?? NaN) / 10,
    );
  });

  test('are a request, a report and a success, each of less than the 64 KB that an event is priced by', () => {
    expect(eventsOfRefund).toMatchObject([
      { source: 'payment-cancel', 'detail-type': 'payment.refund_requested.v1' },
      { source: 'refund-executor', 'detail-type': 'executor.report.v1' },
      { source: 'payment-cancel', 'detail-type': 'payment.refund_succeeded.v1' },
    ]);
    for (const event of eventsOfRefund) expect(JSON.stringify(event).length).toBeLessThan(64 * 1024);
  });
});

describe('a million orders', () => {
  test('cost an event, a message, a read and a write each', () => {
    expect(usdOf(orders, 1)).toMatchObject({
      EventBridge: 1,
      SQS: expect.closeTo(1.2),
      'DynamoDB reads': 0.125,
      'DynamoDB writes': 0.625,
      'CloudWatch Logs': 0.5,
    });
    expect(eventOfOrder).toMatchObject({ source: 'payment-platform', 'detail-type': 'payment.captured.v1' });
  });
});

describe('a million webhooks', () => {
  test('cost no event of their own, but wait for merchants and send data', () => {
    expect(usdOf(webhooks, 10)).toMatchObject({ SQS: expect.closeTo(0.48), 'data out': expect.closeTo(0.135) });
    expect(usdOf(webhooks, 10)).not.toHaveProperty('EventBridge');
    expect(usdOf(webhooks, 10)).not.toHaveProperty('DynamoDB writes');
  });
});

test('a batch has as many records as it is said to have', () => {
  for (const kind of batchKinds) expect(batchOf(kind, 10)).toMatchObject({ Records: { length: 10 } });
});

test('docs/performance.md has a place for the tables', () => {
  const page = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
  const tables = chainTables(figures);
  expect(withBlocks(page, 'bench', new Map([['chain', tables]]))).toContain(tables);
  expect(tables).toContain('| 10 of cancellations |');
});
