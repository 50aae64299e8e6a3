import { describe, expect, test } from '@jest/globals';
import { type Order, paymentStatuses } from '../../../../lambda/domain/order.ts';
import { effectOf } from '../../../../lambda/domain/payment-transitions.ts';
import { judgeEvent, type StatusEvent } from '../../../../lambda/domain/platform-event.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';

const canceled = { units: 1, amountMinor: 50_000n, taxMinor: 5000n };
const order = orderOf({ paymentStatus: 'REQUESTED' });
const id = { storeId: order.storeId, orderNo: order.orderNo };
const amountMinor = 106_000n;
const registered: StatusEvent = { kind: 'REGISTERED', id, order };
const captured = { kind: 'CAPTURED', id, currencyCode: 'KRW', amountMinor, order: undefined } as const;
const withOrder: StatusEvent = { ...captured, order: { ...order, paymentStatus: 'CAPTURED' } };

describe('an event before its order', () => {
  test.each<[string, StatusEvent, object]>([
    ['a registration', registered, { kind: 'PUT', order }],
    [
      'a capture that brings the order along',
      withOrder,
      { kind: 'PUT', order: { ...order, paymentStatus: 'CAPTURED' } },
    ],
    ['a capture alone', captured, { kind: 'NOT_YET' }],
    ['an authorization', { kind: 'AUTHORIZED', id }, { kind: 'NOT_YET' }],
    ['a failure', { kind: 'FAILED', id }, { kind: 'NOT_YET' }],
  ])('%s', (_what, event, verdict) => {
    expect(judgeEvent(event, undefined)).toEqual(verdict);
  });
});

describe.each(paymentStatuses)('of a payment that is %s', (paymentStatus) => {
  const present = { ...order, paymentStatus };

  test('the registration of the same order has no effect, whatever was canceled since', () => {
    const since = { ...present, version: 7, lines: present.lines.map((line) => ({ ...line, canceled })) };
    expect(judgeEvent(registered, since)).toEqual({ kind: 'WITHOUT_EFFECT' });
  });

  test.each(['AUTHORIZED', 'FAILED'] as const)('an event %s does what the table of transitions says', (kind) => {
    const verdict = judgeEvent({ kind, id }, present);
    const kinds = { TAKES_EFFECT: 'CHANGE', DONE: 'WITHOUT_EFFECT', CONTRADICTS: 'REFUSED' } as const;
    expect(verdict.kind).toBe(kinds[effectOf(kind, paymentStatus)]);
  });

  test.each([captured, withOrder])('a capture is a late deposit after a void, and else as the table says', (event) => {
    const { kind } = judgeEvent(event, present);
    const effect = effectOf('CAPTURED', paymentStatus);
    const byTable = { TAKES_EFFECT: 'CHANGE', DONE: 'WITHOUT_EFFECT', CONTRADICTS: 'REFUSED' }[effect];
    expect(kind).toBe(paymentStatus === 'VOIDED' ? 'LATE_DEPOSIT' : byTable);
  });

  test('a capture of another amount or currency is refused before anything else', () => {
    for (const wrong of [{ amountMinor: 105_999n }, { amountMinor: 106_001n }, { currencyCode: 'USD' }]) {
      const [field] = Object.keys(wrong);
      expect(judgeEvent({ ...captured, ...wrong }, present)).toMatchObject({
        kind: 'REFUSED',
        field: field === 'amountMinor' ? '/data/amount' : '/data/currencyCode',
      });
    }
  });
});

test('what contradicts names the status that it contradicts', () => {
  expect(judgeEvent({ kind: 'FAILED', id }, { ...order, paymentStatus: 'CAPTURED' })).toEqual({
    kind: 'REFUSED',
    field: '/type',
    problem: 'contradicts the payment, which is CAPTURED',
  });
});

describe('another order under the same number is refused, with what differs', () => {
  const changed = (change: Partial<Order['lines'][number]>) => ({
    lines: order.lines.map((line, index) => (index === 1 ? { ...line, ...change } : line)),
  });
  test.each<[string, Partial<Order>]>([
    ['currencyCode', { currencyCode: 'JPY' }],
    ['refundMethod', { refundMethod: 'BANK_ACCOUNT' }],
    ['items', { lines: order.lines.slice(1) }],
    ['items', { lines: [...order.lines, lineOf({ seq: 9 })] }],
    ['items', changed({ seq: 9 })],
    ['items', changed({ itemType: 'SERVICE' })],
    ['items', changed({ itemId: 'OTHER' })],
    ['items', changed({ quantity: 9 })],
    ['items', changed({ unitAmountMinor: 3001n })],
    ['items', changed({ unitTaxMinor: 1n })],
  ])('%s: %#', (field, change) => {
    const other = { ...order, ...change };
    expect(judgeEvent({ ...registered, order: other }, order)).toMatchObject({
      kind: 'REFUSED',
      field: `/data/${field}`,
    });
    const place = field === 'currencyCode' ? '/data/currencyCode' : `/data/order/${field}`;
    expect(judgeEvent({ ...captured, order: other }, order)).toMatchObject({ kind: 'REFUSED', field: place });
  });

  test('but the sequence of its lines makes none', () => {
    expect(judgeEvent({ ...registered, order: { ...order, lines: order.lines.toReversed() } }, order)).toEqual({
      kind: 'WITHOUT_EFFECT',
    });
  });
});
