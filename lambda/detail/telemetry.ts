import { type ReadMetricName, readMetricNames } from '../environment/metric-names.ts';
import type { Refused } from '../signed-route/outcome.ts';
import type { Telemetry } from '../signed-route/request-report.ts';
import { createTelemetry, type Deployed, type RouteTelemetry } from '../signed-route/telemetry.ts';
import type { DetailReturned } from './handler.ts';

const detailTelemetry: RouteTelemetry<DetailReturned, ReadMetricName> = {
  message: 'detail',
  nameSuccess: () => 'RETURNED',
  describeSuccess: ({ data }) => ({ cancellations: data.cancellations?.length ?? 'TOO_MANY' }),
  metricNames: readMetricNames,
  count: ({ outcome }) => ({ Told: Number(outcome.ok) }),
};

export function createDetailTelemetry(deployed: Deployed, now: () => number): Telemetry<DetailReturned | Refused> {
  return createTelemetry(detailTelemetry, deployed, now);
}
