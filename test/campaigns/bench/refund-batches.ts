import { marshall } from '@aws-sdk/util-dynamodb';
import type { ExecutionStatus } from '../../../lambda/domain/execution.ts';
import { executionRow, firstExecutionOf } from '../../../lambda/dynamodb/refund-items.ts';
import { executorSource, reportType, serviceSource } from '../../../lambda/events/event-names.ts';
import { refundEventOf } from '../../../lambda/events/refund-event.ts';
import { exampleCancellationRow } from '../../../tools/generate/costs/example-record.ts';

// What Lambda hands to the functions of refunds: the refund of the specification's order, again and again.

export const batchKinds = ['cancellations', 'reports', 'executions'] as const;
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
    case 'reports':
      return { messageId: `message-${index}`, body: JSON.stringify(eventsOfRefund[1]) };
  }
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
