/** What the function counts, once per request. Alarms and the dashboard take the names from here (lib/operations.ts). */
export const metricNames = [
  'Canceled',
  'Replayed',
  'Refused',
  'AuthenticationFailed',
  'Unavailable',
  'InternalError',
  'OutcomeUnknown',
  'InvariantViolated',
  'KeyExpiresSoon',
  'TransactionConflicts',
  'Attempts',
] as const;
export type MetricName = (typeof metricNames)[number];

/** The same of the detail function. */
export const detailMetricNames = ['Told', 'Refused', 'AuthenticationFailed', 'Unavailable', 'InternalError'] as const;
export type DetailMetricName = (typeof detailMetricNames)[number];

/** Milliseconds from the event to the answer. */
export const durationMetric = 'Duration';

export const metricNamespace = 'PaymentCancel';
