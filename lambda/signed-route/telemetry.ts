import { type CommonMetricName, commonMetricNames, durationMetric } from '../environment/metric-names.ts';
import { describeFailure, metricDefinitionsOf, print } from './log-lines.ts';
import type { Refused, Succeeded } from './outcome.ts';
import type { RequestReport, Telemetry } from './request-report.ts';

/** What one route logs and counts in addition to what all of them do. */
export interface RouteTelemetry<Success extends Succeeded, MetricName extends string> {
  /** The log line's message: the route's name. */
  readonly message: string;
  readonly nameSuccess: (success: Success) => string;
  readonly describeSuccess: (success: Success) => Readonly<Record<string, unknown>>;
  readonly describeReport?: (report: RequestReport<Success | Refused>) => Readonly<Record<string, unknown>>;
  readonly metricNames: readonly MetricName[];
  readonly count: (report: RequestReport<Success | Refused>) => Readonly<Record<MetricName, number>>;
}

/**
 * Prints two lines of JSON per request: a log line, and a line of metrics that CloudWatch counts. Neither ever holds a
 * body, a header, a key or an account number: all fields are listed by name, here and in the telemetry of the route.
 * @param service the name under which the deployment logs and counts
 */
export function createTelemetry<Success extends Succeeded, MetricName extends string>(
  route: RouteTelemetry<Success, MetricName>,
  service: string,
  now: () => number,
): Telemetry<Success | Refused> {
  const definitions = metricDefinitionsOf([...commonMetricNames, ...route.metricNames]);
  return {
    report(report) {
      const timestampMs = now();
      const { requestId, storeId, orderNo, outcome, status, attempts, durationMs, error } = report;
      print({
        level: status >= 500 ? 'ERROR' : 'INFO',
        message: route.message,
        timestamp: new Date(timestampMs).toISOString(),
        service,
        requestId,
        storeId,
        orderNo,
        outcome: outcome.ok ? route.nameSuccess(outcome) : outcome.refusal,
        status,
        attempts,
        durationMs,
        ...route.describeReport?.(report),
        ...(outcome.ok ? route.describeSuccess(outcome) : { reasons: reasonsOf(outcome) }),
        ...describeFailure(error),
      });
      print({
        _aws: { Timestamp: timestampMs, CloudWatchMetrics: [definitions] },
        service,
        ...countCommon(outcome),
        ...route.count(report),
        [durationMetric]: durationMs,
      });
    },
  };
}

function reasonsOf({ violations }: Refused): string[] {
  return [...new Set(violations.map(({ reason }) => reason))];
}

function countCommon(outcome: Succeeded | Refused): Readonly<Record<CommonMetricName, number>> {
  const refusal = outcome.ok ? undefined : outcome.refusal;
  const isFailure = refusal === 'UNAVAILABLE' || refusal === 'INTERNAL_ERROR';
  return {
    Refused: Number(!outcome.ok && !isFailure),
    AuthenticationFailed: Number(refusal === 'UNAUTHENTICATED'),
    Unavailable: Number(refusal === 'UNAVAILABLE'),
    InternalError: Number(refusal === 'INTERNAL_ERROR'),
  };
}
