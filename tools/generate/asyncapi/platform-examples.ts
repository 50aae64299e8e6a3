import { type PlatformEventType, platformSource } from '../../../lambda/events/event-names.ts';
import type { PlatformMessage } from '../../../lambda/events/platform-event.ts';
import type { EventExample } from './examples.ts';

export type PlatformExamples = Readonly<Record<PlatformEventType, readonly EventExample[]>>;

const id = { storeId: 'DEMO-STORE', orderNo: 'ORD20251224003' };
const attributes = { specversion: '1.0', source: platformSource, time: '2025-12-24T05:00:00Z' } as const;
const items = [
  { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 2, amount: 50_000, taxAmount: 5000 },
  { seq: 2, itemType: 'DELIVERY', itemId: 'D001', quantity: 1, amount: 3000 },
] as const;
const order = { refundMethod: 'ORIGINAL', items } as const;
const currencyCode = 'KRW';
const captured = { ...id, currencyCode, amount: 103_000 };

const events: ReadonlyArray<readonly [name: string, summary: string, event: PlatformMessage]> = [
  [
    'registered',
    'An order of two lines',
    { ...attributes, id: 'evt-1', type: 'order.registered.v1', data: { ...id, currencyCode, ...order } },
  ],
  ['authorized', 'Its payment', { ...attributes, id: 'evt-2', type: 'payment.authorized.v1', data: id }],
  ['captured', 'All of it', { ...attributes, id: 'evt-3', type: 'payment.captured.v1', data: captured }],
  [
    'capturedWithOrder',
    'One event instead of three',
    { ...attributes, id: 'evt-4', type: 'payment.captured.v1', data: { ...captured, order } },
  ],
  ['failed', 'The last card was declined', { ...attributes, id: 'evt-5', type: 'payment.failed.v1', data: id }],
  [
    'chargedBack',
    'One unit of the first line',
    {
      ...attributes,
      id: 'chargeback-5512',
      type: 'payment.refunded_elsewhere.v1',
      data: { ...id, currencyCode, reason: 'CHARGEBACK', items: [{ seq: 1, quantity: 1, amount: 50_000 }] },
    },
  ],
];

/** Events as a platform sends them. */
export function platformExamples(): PlatformExamples {
  const examples = events.map(([name, summary, payload]) => ({ name, summary, payload }));
  return Object.fromEntries(Map.groupBy(examples, ({ payload }) => payload.type)) as unknown as PlatformExamples;
}
