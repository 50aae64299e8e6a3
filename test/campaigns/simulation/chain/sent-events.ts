import type { Order } from '../../../../lambda/domain/order.ts';
import { orderKeyOf } from '../../../../lambda/dynamodb/items.ts';
import { majorUnits } from '../../../support/expected-event.ts';
import type { ElsewhereLine, EventFlaw, PlannedEvent, PlatformEventKind } from './platform-plan.ts';

/** An event of the platform as it was put on the bus, and what it says. */
export interface SentEvent {
  readonly detailJson: string;
  readonly type: string;
  readonly kind: PlatformEventKind;
  /** CloudEvents' own. */
  readonly id: string;
  readonly orderKey: string;
  /** When it became so, in milliseconds of the epoch. */
  readonly becameMs: number;
  /** As the event says. */
  readonly order: Order;
  readonly amountMinor: bigint;
  readonly items: readonly ElsewhereLine[];
  /** Whether nobody can take it, whatever there is. */
  readonly isMalformed: boolean;
}

const types: Readonly<Record<PlatformEventKind, string>> = {
  REGISTERED: 'order.registered.v1',
  AUTHORIZED: 'payment.authorized.v1',
  CAPTURED: 'payment.captured.v1',
  CAPTURED_WITH_ORDER: 'payment.captured.v1',
  FAILED: 'payment.failed.v1',
  REFUNDED_ELSEWHERE: 'payment.refunded_elsewhere.v1',
};

/** @param number of the event in its history */
export function sentEventOf(
  { kind, items, atMs }: PlannedEvent,
  order: Order,
  number: number,
  beginningMs: number,
): SentEvent {
  return written({
    kind,
    id: `event-${number}`,
    orderKey: orderKeyOf(order),
    becameMs: beginningMs + atMs,
    order,
    amountMinor: totalOf(order),
    items,
    isMalformed: false,
  });
}

function written(event: Omit<SentEvent, 'detailJson' | 'type'>): SentEvent {
  const { kind, id, becameMs, order } = event;
  const { storeId, orderNo } = order;
  const type = types[kind];
  const detail = {
    specversion: '1.0',
    id,
    source: 'payment-platform',
    type,
    time: new Date(becameMs).toISOString(),
    // More than the contract knows: nothing of it may get anywhere.
    paidBy: '110-234-567890',
    data: { storeId, orderNo, ...dataOf(event) },
  };
  return { ...event, type, detailJson: JSON.stringify(detail) };
}

function dataOf({ kind, order, amountMinor, items }: Omit<SentEvent, 'detailJson' | 'type'>): object {
  const { currencyCode, refundMethod } = order;
  const major = (minor: bigint) => majorUnits(minor, currencyCode);
  const lines = order.lines.map(({ seq, itemType, itemId, quantity, unitAmountMinor, unitTaxMinor }) => ({
    seq,
    itemType,
    itemId,
    quantity,
    amount: major(unitAmountMinor),
    taxAmount: major(unitTaxMinor),
  }));
  const amount = major(amountMinor);
  switch (kind) {
    case 'REGISTERED':
      return { currencyCode, refundMethod, items: lines };
    case 'CAPTURED':
      return { currencyCode, amount };
    case 'CAPTURED_WITH_ORDER':
      return { currencyCode, amount, order: { refundMethod, items: lines } };
    case 'REFUNDED_ELSEWHERE': {
      const parts = items.map(({ seq, quantity, amountMinor }) => ({ seq, quantity, amount: major(amountMinor) }));
      return { currencyCode, reason: 'REFUND', items: parts };
    }
    case 'AUTHORIZED':
    case 'FAILED':
      return {};
  }
}

export function totalOf({ lines }: Order): bigint {
  return lines.reduce((sum, { quantity, unitAmountMinor }) => sum + BigInt(quantity) * unitAmountMinor, 0n);
}

/** The same event with something wrong in it; undefined where that flaw means nothing to it. */
export function faultyEvent(event: SentEvent, flaw: EventFlaw): SentEvent | undefined {
  const { kind, order, items } = event;
  const [line, ...lines] = order.lines;
  const [item, ...others] = items;
  switch (flaw) {
    case 'OTHER_AMOUNT':
      if (item !== undefined)
        return written({ ...event, items: [{ ...item, quantity: item.quantity + 1 }, ...others] });
      // An event that brings another order along contradicts itself.
      if (kind === 'CAPTURED_WITH_ORDER') return written({ ...event, ...moreThanPaid(event), isMalformed: true });
      return kind === 'CAPTURED' ? written({ ...event, ...moreThanPaid(event) }) : undefined;
    case 'OTHER_ORDER':
      if (line === undefined || !bringsOrder(kind)) return undefined;
      return written({ ...event, order: { ...order, lines: [{ ...line, itemId: 'ANOTHER' }, ...lines] } });
    case 'OTHER_CURRENCY':
      return written({ ...event, order: { ...order, currencyCode: order.currencyCode === 'USD' ? 'KRW' : 'USD' } });
    case 'FIELD_MISSING':
      return { ...event, isMalformed: true, detailJson: event.detailJson.replace('"orderNo"', '"order-no"') };
    case 'FIELD_INVALID':
      return { ...event, isMalformed: true, detailJson: event.detailJson.replace('"storeId":"', '"storeId":"HONG ') };
    case 'NOT_JSON':
      return { ...event, isMalformed: true, detailJson: '{"from": "110-234-567890",' };
  }
}

function moreThanPaid({ amountMinor }: SentEvent) {
  return { amountMinor: amountMinor + 1n };
}

export function bringsOrder(kind: PlatformEventKind): boolean {
  return kind === 'REGISTERED' || kind === 'CAPTURED_WITH_ORDER';
}
