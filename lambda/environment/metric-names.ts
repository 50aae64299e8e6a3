// The names of the metrics that functions count. Alarms and the dashboard use them (lib/alarm-rules.ts).

/** What every signed route counts, once per request. */
export const commonMetricNames = [
  'Refused',
  'AuthenticationFailed',
  'Unavailable',
  /** Of those unavailable: others kept changing the order, or DynamoDB kept throttling, and nothing was canceled. */
  'Contended',
  'InternalError',
  'InvariantViolated',
] as const;
export type CommonMetricName = (typeof commonMetricNames)[number];

/** What the cancel function counts in addition. */
export const cancelMetricNames = [
  'Canceled',
  'Replayed',
  'OutcomeUnknown',
  'KeyExpiresSoon',
  'TransactionConflicts',
  'Attempts',
] as const;
export type CancelMetricName = (typeof cancelMetricNames)[number];

/**
 * What a function that only reads counts in addition: responses with data. Log lines say RETURNED; the metric keeps its
 * older name, so that the charts of before go on.
 */
export const readMetricNames = ['Told'] as const;
export type ReadMetricName = (typeof readMetricNames)[number];

/** Milliseconds from the event to the response. */
export const durationMetric = 'Duration';

/** The same, only of requests that met no other request and no throttling: what a release can make slower. */
export const uncontendedDurationMetric = 'UncontendedDuration';

export const metricNamespace = 'PaymentCancel';
