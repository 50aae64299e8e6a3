import { describe, expect, test } from '@jest/globals';
import { createDetailTelemetry } from '../../../../lambda/detail/telemetry.ts';
import {
  commonMetricNames,
  readMetricNames,
  durationMetric,
  metricNamespace,
  uncontendedDurationMetric,
} from '../../../../lambda/environment/metric-names.ts';
import { memoryDetail } from '../../../../tools/in-memory/memory-detail.ts';
import { memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import type { Sending } from '../../../../tools/in-memory/send.ts';
import { capturePrinted } from '../../../support/printed-lines.ts';
import { askDetail, dataOf, send } from '../../../support/send.ts';

const orderNo = 'ORD20251224001';
const printed = capturePrinted();

/** What is printed of a request: its log line, and its metrics. */
async function printedOf(body: unknown, sending: Sending = {}, failure?: Error) {
  const service = memoryService([orderOf({ refundMethod: 'BANK_ACCOUNT' })]);
  const refundAccount = { accountNumber: 'canary-1', bankCode: 'canary-2', accountHolderName: 'canary-3' };
  dataOf(await send(service, requestOf([itemOf()], { refundAccount })));
  const detail = memoryDetail(
    service,
    createDetailTelemetry({ service: 'payment-detail-test', version: 'a1b2c3d4e5f6' }, () => startOfTest),
  );
  if (failure !== undefined) {
    detail.history.findOrder = async () => {
      throw failure;
    };
  }
  await askDetail(detail, body, sending);
  const [line = {}, ...otherLines] = printed.logLines();
  const [metrics = {}, ...otherMetrics] = printed.metrics();
  expect([...otherLines, ...otherMetrics]).toEqual([]);
  return { line, metrics };
}

describe('what is printed of a request for a detail', () => {
  test('says what became of it, and that it was no cancellation', async () => {
    const { line } = await printedOf({ orderNo });
    expect(line).toEqual({
      level: 'INFO',
      message: 'detail',
      timestamp: new Date(startOfTest).toISOString(),
      service: 'payment-detail-test',
      version: 'a1b2c3d4e5f6',
      requestId: 'request-1',
      storeId: 'STORE-1',
      orderNo,
      outcome: 'RETURNED',
      status: 200,
      attempts: 1,
      durationMs: 0,
      cancellations: 1,
    });
  });

  test.each<[string, unknown, Sending, Error | undefined, object]>([
    ['a success', { orderNo }, {}, undefined, { Told: 1 }],
    ['a refusal', { orderNo: 'ORD-UNKNOWN' }, {}, undefined, { Refused: 1 }],
    [
      'a wrong key',
      { orderNo },
      { headers: { 'X-Access-Key': 'canary' } },
      undefined,
      { Refused: 1, AuthenticationFailed: 1 },
    ],
    ['a bug', { orderNo }, {}, new Error('canary'), { InternalError: 1 }],
    [
      'no time',
      { orderNo },
      { remainingMs: 0 },
      Object.assign(new Error(), { name: 'TimeoutError' }),
      { Unavailable: 1 },
    ],
  ])('counts %s', async (_what, body, sending, failure, counted) => {
    const { metrics } = await printedOf(body, sending, failure);
    const names = [...commonMetricNames, ...readMetricNames];
    const none = Object.fromEntries(names.map((name) => [name, 0]));
    const definitions = [
      ...names.map((Name) => ({ Name, Unit: 'Count' })),
      { Name: durationMetric, Unit: 'Milliseconds' },
      { Name: uncontendedDurationMetric, Unit: 'Milliseconds' },
    ];
    expect(metrics).toEqual({
      _aws: {
        Timestamp: startOfTest,
        CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [['service']], Metrics: definitions }],
      },
      service: 'payment-detail-test',
      ...none,
      ...counted,
      [durationMetric]: 0,
      [uncontendedDurationMetric]: 0,
    });
    expect(printed.text()).not.toContain('canary');
  });

  test('holds no body, header, key or account number', async () => {
    await printedOf(
      { orderNo, canary: 'canary' },
      { headers: { 'X-Idempotency-Key': 'canary', 'Time-Zone': 'Asia/Seoul' } },
    );
    expect(printed.text()).not.toMatch(/canary|hash-key|access-key|Seoul/);
  });
});
