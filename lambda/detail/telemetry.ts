import type { DetailAnswer } from './handler.ts';
import { describeFailure, metricDefinitionsOf, print } from '../signed-route/log-lines.ts';
import { type DetailMetricName, detailMetricNames, durationMetric } from '../environment/metric-names.ts';
import type { RequestReport, Telemetry } from '../cancel/telemetry.ts';

/** As the cancel function's: one log line and one set of metrics per request, and never a body, header or key in them. */
export function createDetailTelemetry(service: string, now: () => number): Telemetry<DetailAnswer> {
  return {
    report(report) {
      const timestampMs = now();
      const level = report.status >= 500 ? 'ERROR' : 'INFO';
      const timestamp = new Date(timestampMs).toISOString();
      print({ level, message: 'detail', timestamp, service, ...lineOf(report) });
      print({
        _aws: { Timestamp: timestampMs, CloudWatchMetrics: [metricDefinitions] },
        service,
        ...metricsOf(report),
        [durationMetric]: report.durationMs,
      });
    },
  };
}

const metricDefinitions = metricDefinitionsOf(detailMetricNames);

function lineOf({ answer, error, ...report }: RequestReport<DetailAnswer>): Record<string, unknown> {
  const { requestId, storeId, orderNo, status, durationMs, attempts } = report;
  return {
    requestId,
    storeId,
    orderNo,
    outcome: answer.ok ? 'TOLD' : answer.refusal,
    status,
    attempts,
    durationMs,
    ...(answer.ok
      ? { cancellations: answer.data.cancellations?.length ?? 'TOO_MANY' }
      : { reasons: [...new Set(answer.violations.map(({ reason }) => reason))] }),
    ...describeFailure(error),
  };
}

function metricsOf({ answer }: RequestReport<DetailAnswer>): Record<DetailMetricName, number> {
  const outcome = answer.ok ? 'TOLD' : answer.refusal;
  return {
    Told: Number(answer.ok),
    Refused: Number(!answer.ok && outcome !== 'UNAVAILABLE' && outcome !== 'INTERNAL_ERROR'),
    AuthenticationFailed: Number(outcome === 'UNAUTHENTICATED'),
    Unavailable: Number(outcome === 'UNAVAILABLE'),
    InternalError: Number(outcome === 'INTERNAL_ERROR'),
  };
}
