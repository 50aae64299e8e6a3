import { InvariantViolated } from '../domain/order.ts';
import { Contended } from '../dynamodb/failures.ts';
import {
  type CommonMetricName,
  commonMetricNames,
  durationMetric,
  uncontendedDurationMetric,
} from '../environment/metric-names.ts';
import { describeError, metricDefinitionsOf, print } from '../environment/log-lines.ts';
import { type Refused, RequestRefused, type Succeeded } from './outcome.ts';
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

/** What a log line says about the deployment that served a request. */
export interface Deployed {
  /** The name under which it logs and counts. */
  readonly service: string;
  /** The commit that it was made from. */
  readonly version: string;
}

/**
 * Prints two lines of JSON per request: a log line, and a line of metrics that CloudWatch counts. Neither ever holds a
 * body, a header, a key or an account number: all fields are listed by name, here and in the telemetry of the route.
 */
export function createTelemetry<Success extends Succeeded, MetricName extends string>(
  route: RouteTelemetry<Success, MetricName>,
  { service, version }: Deployed,
  now: () => number,
): Telemetry<Success | Refused> {
  const counts = [...commonMetricNames, ...route.metricNames];
  const definitions = metricDefinitionsOf(counts, [durationMetric]);
  const definitionsUncontended = metricDefinitionsOf(counts, [durationMetric, uncontendedDurationMetric]);
  return {
    report(report) {
      const timestampMs = now();
      const { requestId, storeId, orderNo, outcome, status, attempts, conflicts, durationMs, error } = report;
      print({
        level: levelOf(status, error),
        message: route.message,
        timestamp: new Date(timestampMs).toISOString(),
        service,
        version,
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
      const isUncontended = attempts <= 1 && conflicts === 0 && !(error instanceof Contended);
      print({
        _aws: {
          Timestamp: timestampMs,
          CloudWatchMetrics: [isUncontended ? definitionsUncontended : definitions],
        },
        service,
        ...countCommon(outcome, error),
        ...route.count(report),
        [durationMetric]: durationMs,
        ...(isUncontended ? { [uncontendedDurationMetric]: durationMs } : {}),
      });
    },
  };
}

/** What a log line says about an error: for a refusal the detail that the response leaves out, else name and frames. */
export function describeFailure(error: unknown): Record<string, unknown> {
  return error instanceof RequestRefused ? { detail: error.detail } : { error: describeError(error) };
}

function reasonsOf({ violations }: Refused): string[] {
  return [...new Set(violations.map(({ reason }) => reason))];
}

/** An order that many cancel at once is nobody's error, as long as it is certain that nothing was canceled. */
function levelOf(status: number, error: unknown): 'INFO' | 'WARN' | 'ERROR' {
  if (status < 500) return 'INFO';
  return error instanceof Contended ? 'WARN' : 'ERROR';
}

function countCommon(outcome: Succeeded | Refused, error: unknown): Readonly<Record<CommonMetricName, number>> {
  const refusal = outcome.ok ? undefined : outcome.refusal;
  const isUnavailable = refusal === 'UNAVAILABLE' || refusal === 'OUTCOME_UNKNOWN';
  return {
    Refused: Number(refusal !== undefined && !isUnavailable && refusal !== 'INTERNAL_ERROR'),
    AuthenticationFailed: Number(refusal === 'UNAUTHENTICATED'),
    Unavailable: Number(isUnavailable),
    Contended: Number(error instanceof Contended),
    InternalError: Number(refusal === 'INTERNAL_ERROR'),
    InvariantViolated: Number(error instanceof InvariantViolated),
  };
}
