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

/** What the publisher counts: once per record of a stream. */
export const publisherMetricNames = [
  'Published',
  /** The bus or a table did not take it: it comes again. */
  'PublishFailed',
  /** It can never be published, and is among the dead letters. */
  'Unpublishable',
] as const;
export type PublisherMetricName = (typeof publisherMetricNames)[number];

/** What the result taker counts: once per report. */
export const takerMetricNames = [
  'ReportTaken',
  /** A double, or one that a later report or attempt has overtaken. */
  'ReportWithoutEffect',
  /** Its execution is not there yet, or a table did not answer: it comes again. */
  'ReportRedelivered',
  /** It can never be taken, and is among the dead letters. */
  'ReportRefused',
  'RefundFailed',
  /** A success beside another attempt or a settlement by hand. */
  'PaidTwice',
  /** A failure became a success: the executor breaks its contract. */
  'SuccessAfterFailure',
] as const;
export type TakerMetricName = (typeof takerMetricNames)[number];

/** What the webhook sender counts: once per receive of a message. */
export const senderMetricNames = [
  'WebhookDelivered',
  /** The endpoint was called, and did not answer well: it is called again. */
  'WebhookFailed',
  /** Nobody was called: the endpoint is in trouble, and somebody else has the turn. */
  'WebhookWaiting',
  /** A table or a queue did not answer: it comes again. */
  'WebhookRedelivered',
  /** The store has no endpoint, does not want this type, or has said that its endpoint is gone. */
  'WebhookDropped',
  /** The endpoint has been failing for an hour: it is among the dead letters. */
  'WebhookPaused',
  /** It can never be sent, and is among the dead letters. */
  'WebhookRefused',
  /** An endpoint has answered 410: nothing is sent to it any more. */
  'EndpointGone',
] as const;
export type SenderMetricName = (typeof senderMetricNames)[number];

/** What the order taker counts: once per event of the platform. */
export const orderTakerMetricNames = [
  'EventTaken',
  /** A double, or one that a later event has overtaken. */
  'EventWithoutEffect',
  /** What it is about is not there yet, or a table did not answer: it comes again. */
  'EventRedelivered',
  /** It can never be taken, and is among the dead letters. */
  'EventRefused',
  /** Money was captured of an order that was voided before: it is being paid back. */
  'CaptureAfterVoid',
] as const;
export type OrderTakerMetricName = (typeof orderTakerMetricNames)[number];

/** Milliseconds from the event to the response. */
export const durationMetric = 'Duration';

/** The same, only of requests that met no other request and no throttling: what a release can make slower. */
export const uncontendedDurationMetric = 'UncontendedDuration';

export const metricNamespace = 'PaymentCancel';
