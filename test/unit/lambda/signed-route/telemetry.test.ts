import { describe, expect, test } from '@jest/globals';
import { type RefusalKind, refusals } from '../../../../lambda/contract/result-codes.ts';
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

function report(outcome: Succeeded | Refused, status: number, error?: unknown): void {
  const { report: print } = createTelemetry(route, 'payment-test', () => startOfTest);
  const reported: RequestReport<Succeeded | Refused> = {
    requestId: 'request-1',
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    outcome,
    status,
    durationMs: 12,
    attempts: 1,
    conflicts: 0,
    isOutcomeUnknown: false,
    keyExpiresSoon: false,
    error,
  };
  print(reported);
}

describe('a log line', () => {
  test('has of a success what the route says of it, and nothing of its data', () => {
    report({ ok: true, data: { name: 'canary' } }, 200);
    expect(printed.logLines()).toEqual([
      {
        level: 'INFO',
        message: 'greet',
        timestamp: new Date(startOfTest).toISOString(),
        service: 'payment-test',
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
  report({ ok: true, data: {} }, 200);
  const [{ _aws: _definitions, service: _service, ...counts } = {}] = printed.metrics();
  expect(Object.entries(counts)).toEqual([
    ['Refused', 0],
    ['AuthenticationFailed', 0],
    ['Unavailable', 0],
    ['InternalError', 0],
    ['Greeted', 1],
    ['Duration', 12],
  ]);
});
