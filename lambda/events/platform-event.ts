import { firstLossyValue, type KnownFields } from '../contract/find-lossy-values.ts';
import { maxItems } from '../contract/limits.ts';
import { exponentOf, toMinorUnits } from '../domain/money.ts';
import { type DescribedLine, type DescribedOrder, newOrder, totalOf } from '../domain/new-order.ts';
import type { Order, OrderId, RefundMethod } from '../domain/order.ts';
import type { PlatformEvent } from '../domain/platform-event.ts';
import type { ElsewhereItem } from '../domain/refunded-elsewhere.ts';
import { detailIn } from './detail-in.ts';
import isPlatformMessage from './platform-event.validator.cjs';
import { problemsOf } from './problems.ts';

interface MessageOf<Type extends string, Data> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly time: string;
  readonly data: OrderId & Data;
}

/** An event of a platform as it comes: CloudEvents 1.0 (platform-event.schema.ts). Amounts in major units. */
export type PlatformMessage =
  | MessageOf<
      'order.registered.v1',
      {
        readonly currencyCode: string;
        readonly refundMethod: RefundMethod;
        /** Amounts per unit. */
        readonly items: readonly DescribedLine[];
      }
    >
  | MessageOf<'payment.authorized.v1' | 'payment.failed.v1', unknown>
  | MessageOf<
      'payment.captured.v1',
      {
        readonly currencyCode: string;
        /** The total of the order. */
        readonly amount: number;
        readonly order?: { readonly refundMethod: RefundMethod; readonly items: readonly DescribedLine[] };
      }
    >
  | MessageOf<
      'payment.refunded_elsewhere.v1',
      {
        readonly currencyCode: string;
        readonly reason: 'REFUND' | 'CHARGEBACK';
        /** Amounts per unit. */
        readonly items: readonly ElsewhereItem[];
      }
    >;

export type ReadEvent =
  | { readonly ok: true; readonly type: string; readonly event: PlatformEvent }
  /** Each problem names a field and what would be accepted; no value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Where numbers decide: the deepest is /detail/data/order/items/0/amount. */
export const placesOfNumbers: KnownFields = {
  names: new Set(['detail', 'data', 'order', 'items', 'seq', 'quantity', 'amount', 'taxAmount']),
  depth: 6,
};

/** Reads the body of a message: an event as a rule hands it on. */
export function readPlatformEvent(body: string): ReadEvent {
  const message = detailIn(body);
  if (!isPlatformMessage(message)) return { ok: false, problems: problemsOf(isPlatformMessage.errors ?? []) };
  const lossy = firstLossyValue(body, placesOfNumbers);
  if (lossy !== undefined) return { ok: false, problems: [`${lossy.field.replace('/detail', '')} ${lossy.problem}`] };
  const event = eventOf(message);
  return typeof event === 'string' ? { ok: false, problems: [event] } : { ok: true, type: message.type, event };
}

/** The event, or what is wrong with it. */
function eventOf(message: PlatformMessage): PlatformEvent | string {
  const { storeId, orderNo } = message.data;
  const id = { storeId, orderNo };
  switch (message.type) {
    case 'order.registered.v1': {
      const order = orderOf({ ...message.data, paymentStatus: 'REQUESTED' }, '/data');
      return typeof order === 'string' ? order : { kind: 'REGISTERED', id, order };
    }
    case 'payment.authorized.v1':
      return { kind: 'AUTHORIZED', id };
    case 'payment.failed.v1':
      return { kind: 'FAILED', id };
    case 'payment.captured.v1': {
      const { currencyCode, amount, order: described } = message.data;
      const amountMinor = toMinorUnits(amount, exponentOf(currencyCode));
      if (amountMinor === undefined) return `/data/amount has more decimals than ${currencyCode}`;
      if (described === undefined) return { kind: 'CAPTURED', id, currencyCode, amountMinor, order: undefined };
      const order = orderOf({ ...id, currencyCode, ...described, paymentStatus: 'CAPTURED' }, '/data/order');
      if (typeof order === 'string') return order;
      if (totalOf(order) !== amountMinor) return '/data/amount is not the total of /data/order/items';
      return { kind: 'CAPTURED', id, currencyCode, amountMinor, order };
    }
    case 'payment.refunded_elsewhere.v1': {
      const { currencyCode, items } = message.data;
      return { kind: 'REFUNDED_ELSEWHERE', id, eventId: message.id, currencyCode, items };
    }
  }
}

function orderOf(described: DescribedOrder, place: string): Order | string {
  const made = newOrder(described, maxItems);
  return made.ok ? made.order : `${place}/${made.field} ${made.problem}`;
}
