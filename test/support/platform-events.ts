import type { SQSRecord } from 'aws-lambda';
import type { PlatformMessage } from '../../lambda/events/platform-event.ts';
import type { DescribedLine } from '../../lambda/domain/new-order.ts';
import type { OrderId } from '../../lambda/domain/order.ts';
import type { ElsewhereItem } from '../../lambda/domain/refunded-elsewhere.ts';

// Events as a platform puts them on the bus, about an order of 2 x 1000 + 500 KRW unless overridden.

export const lines: readonly DescribedLine[] = [
  { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 2, amount: 1000, taxAmount: 100 },
  { seq: 2, itemType: 'DELIVERY', itemId: 'D001', quantity: 1, amount: 500 },
];

const attributes = {
  specversion: '1.0',
  id: 'evt-1',
  source: 'payment-platform',
  time: '2026-01-01T00:00:00Z',
} as const;

const ofOrder = { currencyCode: 'KRW', refundMethod: 'ORIGINAL', items: lines } as const;

export function registered(id: OrderId, data: object = {}): PlatformMessage {
  return { ...attributes, type: 'order.registered.v1', data: { ...id, ...ofOrder, ...data } };
}

export function authorized(id: OrderId): PlatformMessage {
  return { ...attributes, type: 'payment.authorized.v1', data: id };
}

export function failed(id: OrderId): PlatformMessage {
  return { ...attributes, type: 'payment.failed.v1', data: id };
}

export function captured(id: OrderId, data: object = {}): PlatformMessage {
  return { ...attributes, type: 'payment.captured.v1', data: { ...id, currencyCode: 'KRW', amount: 2500, ...data } };
}

/** One event with the whole order. */
export function capturedWithOrder(id: OrderId, order: object = {}, data: object = {}): PlatformMessage {
  return captured(id, { order: { refundMethod: 'ORIGINAL', items: lines, ...order }, ...data });
}

export function refundedElsewhere(
  id: OrderId,
  eventId: string,
  items: readonly ElsewhereItem[],
  data: object = {},
): PlatformMessage {
  const type = 'payment.refunded_elsewhere.v1';
  return { ...attributes, id: eventId, type, data: { ...id, currencyCode: 'KRW', reason: 'REFUND', items, ...data } };
}

/** A message of the queue, as a rule puts an event there. */
export function messageOf(detail: unknown, messageId = 'message-1', receives = 1): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: JSON.stringify({ source: 'payment-platform', detail }),
    attributes: { ApproximateReceiveCount: String(receives) },
  } as SQSRecord;
}
