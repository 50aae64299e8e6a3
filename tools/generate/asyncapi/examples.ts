import type { Execution } from '../../../lambda/domain/execution.ts';
import { type EventType, eventTypes, executorSource, reportType } from '../../../lambda/events/event-names.ts';
import type { ReportEvent } from '../../../lambda/events/execution-report.ts';
import { refundEventOf } from '../../../lambda/events/refund-event.ts';

/** An event as an example of a message. */
export interface EventExample {
  readonly name: string;
  readonly summary: string;
  readonly payload: object;
}

export type EventExamples = Readonly<Record<EventType, readonly EventExample[]>>;

const requestedAtMs = Date.UTC(2025, 11, 31, 6, 14, 13, 909);

/** A refund to a bank account, and a void: both as they were asked for. */
const refund: Execution = {
  storeId: 'DEMO-STORE',
  orderNo: 'ORD20251224001',
  returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF',
  kind: 'REFUND',
  currencyCode: 'KRW',
  amountMinor: 106_000n,
  attempt: 1,
  sequence: 0,
  status: 'REQUESTED',
  requestedAtMs,
  updatedAtMs: requestedAtMs,
  hasAccount: true,
};
const cancellation: Execution = {
  ...refund,
  orderNo: 'ORD20251224002',
  returnRequestId: 'RETREQ01KDRM0B4Q7X2N9C6V5K8T1WYZ',
  kind: 'VOID',
  currencyCode: 'USD',
  amountMinor: 10_050n,
  hasAccount: false,
};
const psp = { pspReference: 're_3PqK8s2eZvKYlo2C' };

/** After so many minutes. */
const after = (minutes: number, sequence: number) => ({ sequence, updatedAtMs: requestedAtMs + minutes * 60_000 });

/** A refund that the bank has sent back. */
export const failedRefund: Execution = {
  ...refund,
  ...psp,
  status: 'FAILED',
  failureReason: 'ACCOUNT_CLOSED',
  ...after(1400, 3),
};

const changes: ReadonlyArray<readonly [name: string, summary: string, execution: Execution]> = [
  ['toBankAccount', 'A refund to a bank account', refund],
  [
    'retried',
    'The second attempt',
    { ...refund, attempt: 2, ...after(1440, 0), requestedAtMs: after(1440, 0).updatedAtMs },
  ],
  ['void', 'A void', cancellation],
  ['pending', 'The PSP has accepted the refund', { ...refund, ...psp, status: 'PENDING', ...after(1, 1) }],
  ['succeeded', 'The money is back', { ...refund, ...psp, status: 'SUCCEEDED', ...after(30, 2) }],
  [
    'capturedMeanwhile',
    'A void whose money was captured, and refunded',
    { ...cancellation, ...psp, status: 'SUCCEEDED', settlement: 'REFUNDED', ...after(2, 1) },
  ],
  ['failed', 'The bank has sent the money back', failedRefund],
  ['resolved', 'Paid by hand', { ...refund, status: 'RESOLVED', failureReason: 'ACCOUNT_CLOSED', ...after(2880, 4) }],
  [
    'elsewhere',
    'The platform has reported that money went back without this service',
    { ...refund, status: 'SUCCEEDED', origin: 'PLATFORM', sequence: 1, hasAccount: false },
  ],
  [
    'depositPaidBack',
    'A void whose money was captured afterwards: it is refunded as the next attempt',
    {
      ...cancellation,
      kind: 'REFUND',
      attempt: 2,
      ...after(60, 0),
      requestedAtMs: after(60, 0).updatedAtMs,
    },
  ],
  [
    'voided',
    'The authorization was released',
    { ...cancellation, status: 'SUCCEEDED', settlement: 'VOIDED', ...after(1, 1) },
  ],
];

/** Events as this service makes them. @throws Error when a type has none */
export function eventExamples(): EventExamples {
  const events = changes.map(([name, summary, execution]) => ({ name, summary, payload: refundEventOf(execution) }));
  const examples = Map.groupBy(events, ({ payload }) => payload.type);
  const lacking = eventTypes.filter((type) => !examples.has(type));
  if (lacking.length > 0) throw new Error(`There is no example of ${lacking.join(', ')}.`);
  return Object.fromEntries(examples) as unknown as EventExamples;
}

/** What executors report of the same refunds. */
export function reportExamples(): EventExample[] {
  const reported = changes.filter(
    ([, , { sequence, status, origin }]) => sequence > 0 && status !== 'RESOLVED' && origin === undefined,
  );
  return reported.map(([name, summary, execution]) => ({ name, summary, payload: reportOf(execution) }));
}

/** The report that made an execution what it is. */
function reportOf(execution: Execution): ReportEvent {
  const { id, time, data } = refundEventOf(execution);
  const { kind: _kind, accountRef: _account, status, ...others } = data;
  return {
    specversion: '1.0',
    id,
    source: executorSource,
    type: reportType,
    time,
    data: { ...others, status: status as ReportEvent['data']['status'] },
  };
}
