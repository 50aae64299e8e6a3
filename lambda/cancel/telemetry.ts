import { type CancelMetricName, cancelMetricNames } from '../environment/metric-names.ts';
import type { Refused } from '../signed-route/outcome.ts';
import type { Telemetry } from '../signed-route/request-report.ts';
import { createTelemetry, type RouteTelemetry } from '../signed-route/telemetry.ts';
import type { Canceled } from './cancel-outcome.ts';

const cancelTelemetry: RouteTelemetry<Canceled, CancelMetricName> = {
  message: 'cancel',
  nameSuccess: ({ isReplay }) => (isReplay ? 'REPLAYED' : 'CANCELED'),
  describeSuccess: ({ kind, data }) => ({ kind, returnRequestId: data.returnRequestId }),
  describeReport: ({ conflicts, isOutcomeUnknown, keyExpiresSoon }) => ({
    conflicts,
    isOutcomeUnknown,
    ...(keyExpiresSoon ? { keyExpiresSoon } : {}),
  }),
  metricNames: cancelMetricNames,
  count: ({ outcome, attempts, conflicts, isOutcomeUnknown, keyExpiresSoon }) => ({
    Canceled: Number(outcome.ok && !outcome.isReplay),
    Replayed: Number(outcome.ok && outcome.isReplay),
    OutcomeUnknown: Number(isOutcomeUnknown),
    KeyExpiresSoon: Number(keyExpiresSoon),
    TransactionConflicts: conflicts,
    Attempts: attempts,
  }),
};

export function createCancelTelemetry(service: string, now: () => number): Telemetry<Canceled | Refused> {
  return createTelemetry(cancelTelemetry, service, now);
}
