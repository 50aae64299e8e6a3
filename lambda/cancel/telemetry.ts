import type { Answer, Effort } from '../signed-route/outcome.ts';
import type { Refusal } from '../contract/result-codes.ts';
import { InvariantViolated } from '../domain/order.ts';
import { describeFailure, metricDefinitionsOf, print } from '../signed-route/log-lines.ts';
import { durationMetric, type MetricName, metricNames } from '../environment/metric-names.ts';

/** A request at its end. The store is known once it is authenticated, the order once the body is valid. */
export interface RequestReport<Outcome = Answer> extends Effort {
  readonly requestId: string;
  readonly storeId: string | undefined;
  readonly orderNo: string | undefined;
  /** Whether the store's access key has less than thirty days left. */
  readonly keyExpiresSoon: boolean;
  readonly answer: Outcome;
  readonly status: number;
  readonly durationMs: number;
  readonly error: unknown;
}

export interface Telemetry<Outcome = Answer> {
  report(report: RequestReport<Outcome>): void;
}

/**
 * One log line and one set of metrics per request, each a line of JSON; CloudWatch counts the second, which is in its
 * embedded metric format. Neither ever holds a body, a header, a key or an account number: what goes in is listed here,
 * name by name.
 */
export function createTelemetry(service: string, now: () => number): Telemetry {
  return {
    report(report) {
      const timestampMs = now();
      const level = report.status >= 500 ? 'ERROR' : 'INFO';
      const timestamp = new Date(timestampMs).toISOString();
      print({ level, message: 'cancel', timestamp, service, ...lineOf(report) });
      print({
        _aws: { Timestamp: timestampMs, CloudWatchMetrics: [metricDefinitions] },
        service,
        ...metricsOf(report),
        [durationMetric]: report.durationMs,
      });
    },
  };
}

const metricDefinitions = metricDefinitionsOf(metricNames);

/** What a log line says of a request. */
function lineOf({ answer, error, ...report }: RequestReport): Record<string, unknown> {
  const { requestId, storeId, orderNo, status, durationMs, attempts, conflicts, isOutcomeUnknown, keyExpiresSoon } =
    report;
  return {
    requestId,
    storeId,
    orderNo,
    outcome: outcomeOf(answer),
    status,
    attempts,
    conflicts,
    isOutcomeUnknown,
    ...(keyExpiresSoon ? { keyExpiresSoon } : {}),
    durationMs,
    ...(answer.ok
      ? { kind: answer.kind, returnRequestId: answer.data.returnRequestId }
      : { reasons: [...new Set(answer.violations.map(({ reason }) => reason))] }),
    ...describeFailure(error),
  };
}

function outcomeOf(answer: Answer): 'CANCELED' | 'REPLAYED' | Refusal {
  if (!answer.ok) return answer.refusal;
  return answer.isReplay ? 'REPLAYED' : 'CANCELED';
}

/** The metrics that alarms and dashboards name. */
function metricsOf(report: RequestReport): Record<MetricName, number> {
  const { answer, attempts, conflicts, isOutcomeUnknown, keyExpiresSoon, error } = report;
  const is = (outcome: string) => Number(outcomeOf(answer) === outcome);
  const isRefused = !answer.ok && answer.refusal !== 'UNAVAILABLE' && answer.refusal !== 'INTERNAL_ERROR';
  return {
    Canceled: is('CANCELED'),
    Replayed: is('REPLAYED'),
    Refused: Number(isRefused),
    AuthenticationFailed: is('UNAUTHENTICATED'),
    Unavailable: is('UNAVAILABLE'),
    InternalError: is('INTERNAL_ERROR'),
    OutcomeUnknown: Number(isOutcomeUnknown),
    InvariantViolated: Number(error instanceof InvariantViolated),
    KeyExpiresSoon: Number(keyExpiresSoon),
    TransactionConflicts: conflicts,
    Attempts: attempts,
  };
}
