import { marshall } from '@aws-sdk/util-dynamodb';
import type { ExecutionStatus } from '../../../lambda/domain/execution.ts';
import { executionRow, firstExecutionOf } from '../../../lambda/dynamodb/refund-items.ts';
import { type EndpointRow, secretItems } from '../../../lambda/dynamodb/endpoint-items.ts';
import { executorSource, platformSource, reportType, serviceSource } from '../../../lambda/events/event-names.ts';
import type { PlatformMessage } from '../../../lambda/events/platform-event.ts';
import { refundEventOf } from '../../../lambda/events/refund-event.ts';
import { exampleCancellationRow } from '../../../tools/generate/costs/example-record.ts';
import { eventsOf } from '../../../tools/orders/order-events.ts';
import { exampleOrder } from '../../support/cancellations.ts';

// What Lambda hands to the functions around the event bus: the specification's order, its refund and what merchants get
// of it, again and again.

export const batchKinds = ['orders', 'cancellations', 'reports', 'executions', 'webhooks'] as const;
export type BatchKind = (typeof batchKinds)[number];

const record = exampleCancellationRow();
const requested = firstExecutionOf(record);
const succeeded = { ...requested, status: 'SUCCEEDED', sequence: 1 } as const;

/** The row that DynamoDB returns of an execution before it was changed. */
export const requestedItem = marshall(executionRow(requested));

const report = {
  specversion: '1.0',
  id: `${requested.returnRequestId}-1-1`,
  source: executorSource,
  type: reportType,
  time: new Date(requested.updatedAtMs).toISOString(),
  data: {
    storeId: requested.storeId,
    orderNo: requested.orderNo,
    returnRequestId: requested.returnRequestId,
    attempt: 1,
    sequence: 1,
    status: 'SUCCEEDED' satisfies ExecutionStatus,
    currencyCode: requested.currencyCode,
    amount: refundEventOf(requested).data.amount,
    pspReference: 'psp-20251224-000001',
  },
};

/** An order that comes in by one event, as EventBridge delivers and archives it. */
export const eventOfOrder = deliveredEvent(platformSource, orderEvent());

/** A refund that succeeds at once, as EventBridge delivers and archives it: the request, the report, and what came of it. */
export const eventsOfRefund: readonly object[] = [
  deliveredEvent(serviceSource, refundEventOf(requested)),
  deliveredEvent(executorSource, report),
  deliveredEvent(serviceSource, refundEventOf(succeeded)),
];

/** What one invocation gets. */
export function batchOf(kind: BatchKind, size: number): object {
  return { Records: Array.from({ length: size }, (_value, index) => recordOf(kind, index)) };
}

function recordOf(kind: BatchKind, index: number): object {
  switch (kind) {
    case 'cancellations':
      return streamRecord('cancellations', 'INSERT', marshall(record), index);
    case 'executions':
      return streamRecord('executions', 'MODIFY', marshall(executionRow(succeeded)), index);
    case 'orders':
      return messageOf(eventOfOrder, index);
    case 'reports':
      return messageOf(eventsOfRefund[1], index);
    case 'webhooks':
      return messageOf(eventsOfRefund[2], index);
  }
}

function messageOf(event: object | undefined, index: number): object {
  return {
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body: JSON.stringify(event),
    attributes: { ApproximateReceiveCount: '1' },
  };
}

function orderEvent(): PlatformMessage {
  const [event] = eventsOf(exampleOrder('ORD20251224001'), requested.requestedAtMs);
  if (event === undefined) throw new Error('An order that is captured comes in by no event.');
  return event;
}

/** The row of the store's endpoint. @param url where its webhooks are sent */
export function endpointItem(url: string): object {
  const row: EndpointRow = {
    storeId: requested.storeId,
    url,
    secrets: secretItems([{ secret: `whsec_${Buffer.alloc(32).toString('base64')}`, untilMs: undefined }]),
    createdAt: 0n,
  };
  return marshall(row);
}

function streamRecord(table: string, eventName: 'INSERT' | 'MODIFY', NewImage: object, index: number): object {
  return {
    eventID: String(index),
    eventName,
    eventSource: 'aws:dynamodb',
    eventSourceARN: `arn:aws:dynamodb:us-east-1:000000000000:table/${table}/stream/2026-01-01T00:00:00.000`,
    dynamodb: { NewImage, SequenceNumber: String(100_000 + index), StreamViewType: 'NEW_IMAGE' },
  };
}

function deliveredEvent(source: string, detail: { readonly type: string; readonly time: string }): object {
  return {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': detail.type,
    source,
    account: '000000000000',
    time: detail.time,
    region: 'us-east-1',
    resources: [],
    detail,
  };
}
