import { describe, expect, test } from '@jest/globals';
import { paymentTransitions } from '../../../../lambda/domain/payment-transitions.ts';
import type { Order, PaymentStatus } from '../../../../lambda/domain/order.ts';
import { judgeEvent, type PlatformEvent } from '../../../../lambda/domain/platform-event.ts';
import { readPlatformEvent } from '../../../../lambda/events/platform-event.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { eventsOf } from '../../../../tools/orders/order-events.ts';

const atMs = Date.UTC(2026, 10, 23);

const ids = (order: Order) => eventsOf(order, atMs).map(({ id }) => id);

function readAll(order: Order): PlatformEvent[] {
  return eventsOf(order, atMs).map((event) => {
    const read = readPlatformEvent(JSON.stringify({ detail: event }));
    if (!read.ok) throw new Error(read.problems.join('; '));
    return read.event;
  });
}

/** The order that the events lead to, one after the other. */
function apply(events: readonly PlatformEvent[]): Order | undefined {
  let order: Order | undefined;
  for (const event of events) {
    if (event.kind === 'REFUNDED_ELSEWHERE') throw new Error('No order begins with a refund.');
    const verdict = judgeEvent(event, order);
    if (verdict.kind === 'PUT') order = verdict.order;
    else if (verdict.kind === 'CHANGE' && order) order = { ...order, paymentStatus: verdict.change };
    else throw new Error(`An event is ${verdict.kind}.`);
  }
  return order;
}

describe('the events of an order', () => {
  test.each<[PaymentStatus, string[]]>([
    ['REQUESTED', ['order.registered.v1']],
    ['AUTHORIZED', ['order.registered.v1', 'payment.authorized.v1']],
    ['CAPTURED', ['payment.captured.v1']],
    ['FAILED', ['order.registered.v1', 'payment.failed.v1']],
  ])('that is %s lead to that order', (paymentStatus, types) => {
    for (const currencyCode of ['KRW', 'USD', 'BHD']) {
      const order = orderOf({ paymentStatus, currencyCode, refundMethod: 'BANK_ACCOUNT' });
      expect(eventsOf(order, atMs).map(({ type }) => type)).toEqual(types);
      expect(apply(readAll(order))).toEqual(order);
    }
  });

  test('cover every status that events lead to', () => {
    expect(Object.keys(paymentTransitions).toSorted()).toEqual(['AUTHORIZED', 'CAPTURED', 'FAILED']);
  });

  test('have ids that are the same each time, and another for each', () => {
    const order = orderOf({ paymentStatus: 'AUTHORIZED' });
    expect(ids(order)).toEqual(ids({ ...order }));
    expect(new Set([...ids(order), ...ids(orderOf({ paymentStatus: 'AUTHORIZED', orderNo: 'OTHER' }))]).size).toBe(4);
  });
});
