import { type CancelMetricName, cancelMetricNames } from '../environment/metric-names.ts';
import type { Refused } from '../signed-route/outcome.ts';
import type { Telemetry } from '../signed-route/request-report.ts';
import { createTelemetry, type Deployed, type RouteTelemetry } from '../signed-route/telemetry.ts';
import type { Canceled } from './cancel-outcome.ts';

const cancelTelemetry: RouteTelemetry<Canceled, CancelMetricName> = {
  message: 'cancel',
  nameSuccess: ({ isReplay }) => (isReplay ? 'REPLAYED' : 'CANCELED'),
  describeSuccess: ({ kind, data }) => ({ kind, returnRequestId: data.returnRequestId }),
  describeReport: ({ outcome, conflicts, keyExpiresSoon }) => ({
    conflicts,
    isOutcomeUnknown: isOutcomeUnknown(outcome),
    ...(keyExpiresSoon ? { keyExpiresSoon } : {}),
  }),
  metricNames: cancelMetricNames,
  count: ({ outcome, attempts, conflicts, keyExpiresSoon }) => ({
    Canceled: Number(outcome.ok && !outcome.isReplay),
    Replayed: Number(outcome.ok && outcome.isReplay),
    OutcomeUnknown: Number(isOutcomeUnknown(outcome)),
    KeyExpiresSoon: Number(keyExpiresSoon),
    TransactionConflicts: conflicts,
    Attempts: attempts,
  }),
};

/** By the response: a request that is given up at the last moment has no time left to find out about its writes. */
function isOutcomeUnknown(outcome: Canceled | Refused): boolean {
  return !outcome.ok && outcome.refusal === 'OUTCOME_UNKNOWN';
}

export function createCancelTelemetry(deployed: Deployed, now: () => number): Telemetry<Canceled | Refused> {
  return createTelemetry(cancelTelemetry, deployed, now);
}
