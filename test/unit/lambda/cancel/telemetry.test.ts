import { describe, expect, test } from '@jest/globals';
import { refused } from '../../../../lambda/signed-route/outcome.ts';
import type { CancellationData } from '../../../../lambda/contract/cancellation-data.ts';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { Contended, DatabaseUnavailable, OutcomeUnknown } from '../../../../lambda/dynamodb/failures.ts';
import type { CancelOutcome } from '../../../../lambda/cancel/cancel-outcome.ts';
import { createCancelHandler } from '../../../../lambda/cancel/handler.ts';
import {
  cancelMetricNames,
  commonMetricNames,
  durationMetric,
  metricNamespace,
} from '../../../../lambda/environment/metric-names.ts';
import { createCancelTelemetry } from '../../../../lambda/cancel/telemetry.ts';
import { memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf, signatureOf } from '../../../../tools/in-memory/requests.ts';
import { capturePrinted } from '../../../support/printed-lines.ts';
import { send } from '../../../support/send.ts';
import type { RequestReport } from '../../../../lambda/signed-route/request-report.ts';

const printed = capturePrinted();

const newTelemetry = () =>
  createCancelTelemetry({ service: 'payment-cancel-test', version: 'a1b2c3d4e5f6' }, () => startOfTest);

const data = { orderNo: 'ORD-1', returnRequestId: 'RETREQ1' } as CancellationData;
const canceled: CancelOutcome = { ok: true, data, kind: 'REFUND', isReplay: false, etag: '"ORD-1.2"' };

function reportOf(overrides: Partial<RequestReport<CancelOutcome>> = {}): RequestReport<CancelOutcome> {
  return {
    requestId: 'request-1',
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    outcome: canceled,
    status: 200,
    durationMs: 12,
    attempts: 2,
    conflicts: 1,
    isOutcomeUnknown: false,
    keyExpiresSoon: false,
    error: undefined,
    ...overrides,
  };
}

describe('a log line', () => {
  test('says what became of a request', () => {
    newTelemetry().report(reportOf());
    expect(printed.logLines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'cancel',
        timestamp: new Date(startOfTest).toISOString(),
        service: 'payment-cancel-test',
        version: 'a1b2c3d4e5f6',
        requestId: 'request-1',
        storeId: 'STORE-1',
        orderNo: 'ORD-1',
        outcome: 'CANCELED',
        status: 200,
        attempts: 2,
        conflicts: 1,
        isOutcomeUnknown: false,
        durationMs: 12,
        kind: 'REFUND',
        returnRequestId: 'RETREQ1',
      }),
    ]);
  });

  test('of a replay says so', () => {
    newTelemetry().report(reportOf({ outcome: { ...canceled, isReplay: true } }));
    expect(printed.logLines()[0]).toMatchObject({ outcome: 'REPLAYED', returnRequestId: 'RETREQ1' });
  });
});

describe('metrics', () => {
  const none = {
    Canceled: 0,
    Replayed: 0,
    Refused: 0,
    AuthenticationFailed: 0,
    Unavailable: 0,
    Contended: 0,
    InternalError: 0,
    OutcomeUnknown: 0,
    TransactionConflicts: 0,
    Attempts: 1,
    InvariantViolated: 0,
    KeyExpiresSoon: 0,
    Duration: 12,
  };
  const stats = { attempts: 1, conflicts: 0 };

  test.each<[string, Partial<RequestReport<CancelOutcome>>, Partial<typeof none>]>([
    ['a cancellation', {}, { Canceled: 1 }],
    ['a replay', { outcome: { ...canceled, isReplay: true } }, { Replayed: 1 }],
    ['a refusal', { outcome: refused('RULES_BROKEN'), status: 400 }, { Refused: 1 }],
    [
      'a failed authentication',
      { outcome: refused('UNAUTHENTICATED'), status: 401 },
      { Refused: 1, AuthenticationFailed: 1 },
    ],
    [
      'an unavailable database',
      { outcome: refused('UNAVAILABLE'), status: 503, error: new DatabaseUnavailable('') },
      { Unavailable: 1 },
    ],
    [
      'contention to the end',
      { outcome: refused('UNAVAILABLE'), status: 503, error: new Contended(''), attempts: 9, conflicts: 9 },
      { Unavailable: 1, Contended: 1, Attempts: 9, TransactionConflicts: 9 },
    ],
    [
      'an unknown outcome',
      { outcome: refused('OUTCOME_UNKNOWN'), status: 503, isOutcomeUnknown: true, error: new OutcomeUnknown('') },
      { Unavailable: 1, OutcomeUnknown: 1 },
    ],
    [
      'a request that was given up at the last moment, whatever was known of its write',
      { outcome: refused('OUTCOME_UNKNOWN'), status: 503 },
      { Unavailable: 1, OutcomeUnknown: 1 },
    ],
    [
      'an impossible order',
      { outcome: refused('INTERNAL_ERROR'), status: 500, error: new InvariantViolated('') },
      { InternalError: 1, InvariantViolated: 1 },
    ],
    ['a key that expires soon', { keyExpiresSoon: true }, { Canceled: 1, KeyExpiresSoon: 1 }],
    ['a bug', { outcome: refused('INTERNAL_ERROR'), status: 500 }, { InternalError: 1 }],
    ['contention', { attempts: 3, conflicts: 2 }, { Canceled: 1, Attempts: 3, TransactionConflicts: 2 }],
  ])('count %s', (_what, overrides, counted) => {
    newTelemetry().report(reportOf({ ...stats, ...overrides }));
    expect(printed.metrics()).toHaveLength(1);
    expect(printed.metrics()[0]).toMatchObject({ ...none, ...counted });
  });

  test('are those that are named in metric-names.ts, and no others', () => {
    newTelemetry().report(reportOf());
    const definitions = [
      ...[...commonMetricNames, ...cancelMetricNames].map((Name) => ({ Name, Unit: 'Count' })),
      { Name: durationMetric, Unit: 'Milliseconds' },
    ];
    const { _aws: embedded, service, ...values } = printed.metrics()[0] ?? {};
    expect(embedded).toEqual({
      Timestamp: startOfTest,
      CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [['service']], Metrics: definitions }],
    });
    expect(service).toBe('payment-cancel-test');
    expect(Object.keys(values)).toEqual(definitions.map(({ Name }) => Name));
    for (const value of Object.values(values)) expect(value).toEqual(expect.any(Number));
  });

  test('of one request do not add to those of the next', () => {
    const telemetry = newTelemetry();
    telemetry.report(reportOf());
    telemetry.report(reportOf());
    expect(printed.metrics().map(({ Canceled }) => Canceled)).toEqual([1, 1]);
  });
});

/** The real handler and the real telemetry, over tables in memory. */
function loggedService() {
  const service = memoryService([orderOf()]);
  const handler = createCancelHandler({
    orders: {
      load: (...args) => service.repository.load(...args),
      findRecord: (...args) => service.repository.findRecord(...args),
      commit: (...args) => service.repository.commit(...args),
    },
    credentials: { find: async (accessKey) => service.keys.get(accessKey) },
    runtime: { now: () => service.nowMs, sleep: async () => {}, random: () => 0, newId: () => '1'.padStart(26, '0') },
    telemetry: newTelemetry(),
  });
  return Object.assign(service, { handler });
}

describe('what is printed of a request', () => {
  const request = requestOf([itemOf()], {
    refundAccount: { accountNumber: 'canary-account', bankCode: 'canary-bank', accountHolderName: 'canary-holder' },
  });
  const headers = {
    'X-Idempotency-Key': 'canary-key',
    'X-System-Language': 'canary-language',
    Accept: 'canary-accept',
    Authorization: 'canary-authorization',
  };

  test.each<[string, unknown, Readonly<Record<string, string>>, Error | undefined]>([
    ['canceled', request, {}, undefined],
    ['refused by the rules', { ...request, totalCancelAmount: 1 }, {}, undefined],
    ['that breaks the schema', { ...request, 'canary-field': 'canary-value' }, {}, undefined],
    ['that is not JSON', '{"canary": "canary-value"', {}, undefined],
    ['with a wrong media type', request, { 'Content-Type': 'canary-type' }, undefined],
    ['with malformed headers', request, { 'X-Ric-Code': 'canary-ric' }, undefined],
    ['with a wrong access key', request, { 'X-Access-Key': 'canary-access-key' }, undefined],
    ['with a wrong signature', request, { 'X-EBP-Signature': signatureOf('x', 'canary') }, undefined],
    ['that fails', request, {}, new Error('canary-error', { cause: new Error('canary-cause') })],
  ])('%s holds no body, header, key or account number', async (_what, body, overrides, failure) => {
    const service = loggedService();
    if (failure !== undefined) {
      service.repository.load = async () => {
        throw failure;
      };
    }
    await send(service, body, { headers: { ...headers, ...overrides } });
    expect(printed.logLines()).toHaveLength(1);
    expect(printed.metrics()).toHaveLength(1);
    expect(printed.text()).not.toContain('canary');
    expect(printed.text()).not.toContain('access-key-1');
    expect(printed.text()).not.toContain('hash-key-1');
    expect(printed.text()).not.toContain(
      overrides['X-EBP-Signature'] ?? signatureOf(JSON.stringify(body), 'hash-key-1'),
    );
  });
});
