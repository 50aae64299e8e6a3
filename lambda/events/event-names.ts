// The names by which events find their way on the bus: rules, publisher and executors use the same ones.

/** The source of this service's own events. */
export const serviceSource = 'payment-cancel';

/** The source of reports: whoever executes refunds. */
export const executorSource = 'refund-executor';

/** The source of what happens to orders and payments outside of this service: the payment platform. */
export const platformSource = 'payment-platform';

export const platformEventTypes = [
  'order.registered.v1',
  'payment.authorized.v1',
  'payment.captured.v1',
  'payment.failed.v1',
  'payment.refunded_elsewhere.v1',
] as const;
export type PlatformEventType = (typeof platformEventTypes)[number];

export const reportType = 'executor.report.v1';

export const eventTypes = [
  'payment.refund_requested.v1',
  'payment.void_requested.v1',
  'payment.refund_pending.v1',
  'payment.refund_succeeded.v1',
  'payment.refund_failed.v1',
  'payment.refund_resolved.v1',
  'payment.voided.v1',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Those that ask an executor to act. */
export const requestTypes = ['payment.refund_requested.v1', 'payment.void_requested.v1'] as const satisfies EventType[];
