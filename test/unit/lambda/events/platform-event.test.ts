import { describe, expect, test } from '@jest/globals';
import { readPlatformEvent } from '../../../../lambda/events/platform-event.ts';
import {
  authorized,
  captured,
  capturedWithOrder,
  failed,
  lines,
  refundedElsewhere,
  registered,
} from '../../../support/platform-events.ts';

const id = { storeId: 'STORE-1', orderNo: 'ORD-1' };
const read = (detail: unknown) => readPlatformEvent(JSON.stringify({ detail }));
const problemsIn = (detail: unknown) => {
  const outcome = read(detail);
  return outcome.ok ? [] : outcome.problems;
};
const line = lines[0];

describe('an event of the platform', () => {
  test('is read with amounts in minor units', () => {
    expect(read(registered(id, { currencyCode: 'USD' }))).toMatchObject({
      type: 'order.registered.v1',
      event: {
        kind: 'REGISTERED',
        id,
        order: { ...id, paymentStatus: 'REQUESTED', lines: [{ unitAmountMinor: 100_000n }, { unitTaxMinor: 0n }] },
      },
    });
    expect(read(captured(id, { currencyCode: 'USD', amount: 10.5 }))).toMatchObject({
      event: { kind: 'CAPTURED', currencyCode: 'USD', amountMinor: 1050n, order: undefined },
    });
  });

  test('may bring its order along, which is captured then', () => {
    expect(read(capturedWithOrder(id))).toMatchObject({
      event: { amountMinor: 2500n, order: { ...id, paymentStatus: 'CAPTURED', refundMethod: 'ORIGINAL' } },
    });
    const items = Array.from({ length: 500 }, (_value, index) => ({ ...line, seq: index + 1 }));
    expect(read(capturedWithOrder(id, { items }, { amount: 1_000_000 })).ok).toBe(true);
  });

  test('is known by its id where that becomes a key', () => {
    const event = refundedElsewhere(id, 'psp:refund_1.a-B', [{ seq: 1, quantity: 1, amount: 1000 }]);
    expect(read(event)).toMatchObject({
      event: {
        kind: 'REFUNDED_ELSEWHERE',
        eventId: 'psp:refund_1.a-B',
        items: [{ seq: 1, quantity: 1, amount: 1000 }],
      },
    });
  });

  test.each([authorized(id), failed(id)])('may be no more than its order: $type', (event) => {
    expect(read(event)).toMatchObject({ ok: true, event: { id } });
  });

  test('may have more than is known', () => {
    const event = registered(id, { channel: 'ONLINE', items: [{ ...line, color: 'red' }] });
    expect(read({ ...event, traceparent: 'x' }).ok).toBe(true);
  });

  test.each<[string, unknown, unknown[]]>([
    ['nothing', undefined, ['/ must be object']],
    ['no type', { ...registered(id), type: undefined }, ["/ must have required property 'type'"]],
    [
      'an unknown type',
      { ...registered(id), type: 'payment.disputed.v1' },
      [expect.stringMatching(/^\/type must be equal to one of the allowed values: order\.registered\.v1, payment/)],
    ],
    ['another source', { ...authorized(id), source: 'x' }, ['/source must be equal to constant: payment-platform']],
    ['no order', authorized({ storeId: 'S' } as never), ["/data must have required property 'orderNo'"]],
    [
      'a slash in a key',
      authorized({ storeId: 'S/T', orderNo: 'O' }),
      [expect.stringMatching(/^\/data\/storeId must match/)],
    ],
    ['no line', registered(id, { items: [] }), ['/data/items must NOT have fewer than 1 items']],
    ['a negative amount', registered(id, { items: [{ ...line, amount: -1 }] }), ['/data/items/0/amount must be >= 0']],
    ['a seq twice', registered(id, { items: [line, line] }), ['/data/items/1/seq is the seq of an earlier item, too']],
    [
      'a seq twice in a capture',
      capturedWithOrder(id, { items: [line, line] }),
      ['/data/order/items/1/seq is the seq of an earlier item, too'],
    ],
    [
      'decimals',
      registered(id, { items: [{ ...line, amount: 0.5, taxAmount: 0 }] }),
      ['/data/items/0/amount has more decimals than KRW, which has 0'],
    ],
    ['decimals in a capture', captured(id, { amount: 0.5 }), ['/data/amount has more decimals than KRW']],
    [
      'another total than that of its lines',
      capturedWithOrder(id, {}, { amount: 2499 }),
      ['/data/amount is not the total of /data/order/items'],
    ],
    [
      'an id that is no key',
      refundedElsewhere(id, 'refund 1', [{ seq: 1, quantity: 1, amount: 1 }]),
      [expect.stringMatching(/^\/id must match pattern/)],
    ],
    [
      'an unknown reason',
      refundedElsewhere(id, 'r', [{ seq: 1, quantity: 1, amount: 1 }], { reason: 'GIFT' }),
      ['/data/reason must be equal to one of the allowed values: REFUND, CHARGEBACK'],
    ],
  ])('is refused with what would be accepted: %s', (_what, event, problems) => {
    expect(problemsIn(event)).toEqual(problems);
  });

  test('is refused where a number would be read as another one', () => {
    const body = JSON.stringify({ detail: captured(id) }).replace('2500', '2500.00000000000001');
    expect(readPlatformEvent(body)).toEqual({
      ok: false,
      problems: ['/data/amount has more than 15 significant digits'],
    });
    const twice = JSON.stringify({ detail: captured(id) }).replace('"amount"', '"amount":1,"amount"');
    expect(readPlatformEvent(twice)).toEqual({ ok: false, problems: ['/data/amount stands twice'] });
  });

  test.each(['', '{', 'null', '[]', '7'])('is none in the body %j', (body) => {
    expect(readPlatformEvent(body)).toEqual({ ok: false, problems: ['/ must be object'] });
  });
});
