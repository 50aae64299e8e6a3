import { describe, expect, test } from '@jest/globals';
import { type RefusalKind, refusals } from '../../../../lambda/contract/result-codes.ts';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { Contended, DatabaseUnavailable, OutcomeUnknown } from '../../../../lambda/dynamodb/failures.ts';
import { type Refused, refused, type Succeeded } from '../../../../lambda/signed-route/outcome.ts';
import type { RequestReport } from '../../../../lambda/signed-route/request-report.ts';
import { createTelemetry, type RouteTelemetry } from '../../../../lambda/signed-route/telemetry.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { capturePrinted } from '../../../support/printed-lines.ts';

const printed = capturePrinted();

const route: RouteTelemetry<Succeeded, 'Greeted'> = {
  message: 'greet',
  nameSuccess: () => 'GREETED',
  describeSuccess: ({ data }) => ({ fields: Object.keys(data).length }),
  describeReport: ({ conflicts }) => ({ conflicts }),
  metricNames: ['Greeted'],
  count: ({ outcome }) => ({ Greeted: Number(outcome.ok) }),
};

const etag = '"ORD-1.2"';

function report(
  outcome: Succeeded | Refused,
  status: number,
  error?: unknown,
  stats: Partial<RequestReport<unknown>> = {},
): void {
  const { report: print } = createTelemetry(
    route,
    { service: 'payment-test', version: 'a1b2c3d4e5f6' },
    () => startOfTest,
  );
  const reported: RequestReport<Succeeded | Refused> = {
    requestId: 'request-1',
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    status,
    durationMs: 12,
    attempts: 1,
    conflicts: 0,
    isOutcomeUnknown: false,
    keyExpiresSoon: false,
    error,
    ...stats,
    outcome,
  };
  print(reported);
}

describe('a log line', () => {
  test('has of a success what the route says of it, and nothing of its data', () => {
    report({ ok: true, data: { name: 'canary' }, etag }, 200);
    expect(printed.logLines()).toEqual([
      {
        level: 'INFO',
        message: 'greet',
        timestamp: new Date(startOfTest).toISOString(),
        service: 'payment-test',
        version: 'a1b2c3d4e5f6',
        requestId: 'request-1',
        storeId: 'STORE-1',
        orderNo: 'ORD-1',
        outcome: 'GREETED',
        status: 200,
        attempts: 1,
        durationMs: 12,
        conflicts: 0,
        fields: 1,
      },
    ]);
    expect(printed.text()).not.toContain('canary');
  });

  test.each(Object.keys(refusals) as RefusalKind[])('of %s says so, once', (refusal) => {
    const { status } = refusals[refusal];
    report(refused(refusal), status);
    expect(printed.logLines()).toEqual([
      expect.objectContaining({ outcome: refusal, status, level: status >= 500 ? 'ERROR' : 'INFO' }),
    ]);
  });

  test('names each reason once, and no place', () => {
    const at = { field: '/items/0/canary' };
    const violations = [
      { reason: 'FIELD_UNKNOWN', at },
      { reason: 'FIELD_UNKNOWN', at },
      { reason: 'FIELD_MISSING', at },
    ] as const;
    report(refused('SCHEMA_VIOLATED', ...violations), 400);
    expect(printed.logLines()).toMatchObject([{ reasons: ['FIELD_UNKNOWN', 'FIELD_MISSING'] }]);
    expect(printed.text()).not.toContain('canary');
  });

  test('of a failure has the description of its error', () => {
    report(refused('INTERNAL_ERROR'), 500, new RangeError('canary'));
    expect(printed.logLines()).toMatchObject([{ error: { name: 'RangeError' } }]);
    expect(printed.text()).not.toContain('canary');
  });
});

test('the metrics of every route are counted, then those of this route, then the duration', () => {
  report({ ok: true, data: {}, etag }, 200);
  const [{ _aws: _definitions, service: _service, ...counts } = {}] = printed.metrics();
  expect(Object.entries(counts)).toEqual([
    ['Refused', 0],
    ['AuthenticationFailed', 0],
    ['Unavailable', 0],
    ['Contended', 0],
    ['InternalError', 0],
    ['InvariantViolated', 0],
    ['Greeted', 1],
    ['Duration', 12],
    ['UncontendedDuration', 12],
  ]);
});

describe('contention', () => {
  const contended = new Contended('The time for retries is over.');

  test('that nothing was canceled in is a warning, and counted as what it is', () => {
    report(refused('UNAVAILABLE'), 503, contended, { attempts: 9, conflicts: 5 });
    expect(printed.logLines()).toMatchObject([{ level: 'WARN', outcome: 'UNAVAILABLE', error: { name: 'Contended' } }]);
    expect(printed.metrics()).toMatchObject([{ Unavailable: 1, Contended: 1, Refused: 0, InternalError: 0 }]);
  });

  test.each<[string, RefusalKind, Error]>([
    ['a database that does not answer', 'UNAVAILABLE', new DatabaseUnavailable('A read was not answered.')],
    [
      'an outcome that is not known, even where contention ended it',
      'OUTCOME_UNKNOWN',
      new OutcomeUnknown('A write was not answered.', { cause: contended }),
    ],
  ])('is not %s: that is an error', (_what, refusal, error) => {
    report(refused(refusal), 503, error);
    expect(printed.logLines()).toMatchObject([{ level: 'ERROR', outcome: refusal }]);
    expect(printed.metrics()).toMatchObject([{ Unavailable: 1, Contended: 0, Refused: 0, InternalError: 0 }]);
  });
});

/** The metrics of duration: those that CloudWatch is to count, and those that have a value. */
const durations = () => {
  const [metrics = {}] = printed.metrics();
  const { CloudWatchMetrics } = metrics['_aws'] as {
    CloudWatchMetrics: Array<{ Metrics: Array<{ Name: string; Unit: string }> }>;
  };
  const defined = CloudWatchMetrics[0]?.Metrics.filter(({ Unit }) => Unit === 'Milliseconds').map(({ Name }) => Name);
  return { defined, counted: Object.keys(metrics).filter((name) => name.endsWith('Duration')) };
};

describe('UncontendedDuration', () => {
  const success = { ok: true, data: {}, etag } as const;
  const both = ['Duration', 'UncontendedDuration'];

  test.each<[string, Succeeded | Refused, Partial<RequestReport<unknown>>]>([
    ['one attempt', success, { attempts: 1 }],
    ['a refusal before the first attempt', refused('UNAUTHENTICATED'), { attempts: 0 }],
  ])('is counted of a request with %s', (_what, outcome, stats) => {
    report(outcome, 200, undefined, stats);
    expect(durations()).toEqual({ defined: both, counted: both });
  });

  test.each<[string, Partial<RequestReport<unknown>>, Error | undefined]>([
    ['needed another attempt', { attempts: 2 }, undefined],
    ['met another transaction', { attempts: 1, conflicts: 1 }, undefined],
    ['was throttled in its only attempt', { attempts: 1 }, new Contended('The time for retries is over.')],
  ])('is not counted of a request that %s', (_what, stats, error) => {
    report(error ? refused('UNAVAILABLE') : success, error ? 503 : 200, error, stats);
    expect(durations()).toEqual({ defined: ['Duration'], counted: ['Duration'] });
  });
});

test('an order that is impossible is counted, and is an error', () => {
  report(refused('INTERNAL_ERROR'), 500, new InvariantViolated('An order has an impossible rm.'));
  expect(printed.logLines()).toMatchObject([{ level: 'ERROR', error: { name: 'InvariantViolated' } }]);
  expect(printed.metrics()).toMatchObject([{ InvariantViolated: 1, InternalError: 1, Refused: 0 }]);
});
