import { describe, expect, test } from '@jest/globals';
import type { Violation } from '../../../lambda/contract/violations.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import type { MerchantResponse } from './history.ts';
import { dayMs } from './plan.ts';
import {
  after,
  at,
  canceling,
  captured,
  capturing,
  changed,
  etag,
  part,
  refusal,
  refusedOn,
  replay,
  second,
  success,
  third,
  verdict,
} from './sketches.ts';

const differs = (field: string): Violation => ({
  reason: 'DUPLICATE_CANCELLATION',
  ruleCase: 'DIFFERS',
  at: { field },
  shown: 'A',
});

describe('a request for a cancellation that was made already', () => {
  const taxed = requestOf([itemOf({ quantity: 1, seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 5000 })]);
  const untaxed = requestOf([itemOf({ quantity: 1, seq: 1, itemId: 'P001', amount: 50_000 })]);
  const { order, data } = after(captured, ['A', taxed]);

  /** Of a second request after the first one was answered. */
  function verdictOn(request: CancellationRequest, response: MerchantResponse, key?: string) {
    const keyed = key === undefined ? {} : { key };
    const first = canceling({ request: taxed, at: [1, 2], id: 'A', response: success(data[0]), ...keyed });
    return verdict([first, canceling({ request, at: [3, 4], response, ...keyed })], order, ['A']);
  }

  test('is a duplicate with another tax, and never a replay', () => {
    expect(verdictOn(untaxed, refusal(409, differs('/items/0/taxAmount')))).toBe('SOUND');
    expect(verdictOn(untaxed, replay(data[0]))).toBe('BROKEN');
    expect(verdictOn(taxed, refusal(409, differs('/items/0/taxAmount')))).toBe('BROKEN');
  });

  test('is another request with another tax, where there is a key', () => {
    expect(verdictOn(untaxed, refusal(422, { reason: 'IDEMPOTENCY_KEY_REUSED', at }), 'a')).toBe('SOUND');
    expect(verdictOn(untaxed, refusal(409, differs('/items/0/taxAmount')), 'a')).toBe('BROKEN');
  });

  test('is a replay with another account, where the refund goes to the original payment', () => {
    const account = { accountNumber: '1', bankCode: '2', accountHolderName: 'A' };
    expect(verdictOn({ ...taxed, refundAccount: account }, replay(data[0]))).toBe('SOUND');
  });

  test('is refused in another currency, instead of a replay', () => {
    const first = canceling({ request: taxed, at: [1, 2], id: 'A', response: success(data[0]) });
    const again = { request: taxed, at: [3, 4], currencyCode: 'USD' } as const;
    const mismatch = refusal(400, {
      reason: 'CURRENCY_MISMATCH',
      at: { header: 'X-Currency-Code' },
      shown: 'KRW',
    });
    expect(verdict([first, canceling({ ...again, response: mismatch })], order, ['A'])).toBe('SOUND');
    expect(verdict([first, canceling({ ...again, response: replay(data[0]) })], order, ['A'])).toBe('BROKEN');
  });

  test('is replayed whatever state of the order it names', () => {
    const first = canceling({ request: taxed, at: [1, 2], id: 'A', response: success(data[0]) });
    const again = { request: taxed, at: [3, 4], ifMatch: etag(1) } as const;
    expect(verdict([first, canceling({ ...again, response: replay(data[0]) })], order, ['A'])).toBe('SOUND');
    expect(verdict([first, canceling({ ...again, response: changed(2) })], order, ['A'])).toBe('BROKEN');
  });

  test('is a duplicate after a day, with nothing that differs', () => {
    const first = canceling({ request: taxed, at: [1, 2], id: 'A', response: success(data[0]) });
    const late = { request: taxed, at: [3, 4], atMs: dayMs + 60_000 } as const;
    const duplicate = refusal(409, { reason: 'DUPLICATE_CANCELLATION', at, shown: 'A' });
    expect(verdict([first, canceling({ ...late, response: duplicate })], order, ['A'])).toBe('SOUND');
  });
});

describe('a request for one state of an order', () => {
  const { order, data } = after(captured, ['A', second]);
  const first = canceling({ request: second, at: [1, 2], id: 'A', response: success(data[0]) });
  const other = { request: third, meaning: 1, at: [3, 4] } as const;

  test.each([etag(1), `W/${etag(1)}`, etag(3)])(
    'is refused in another one than %s, with the present ETag',
    (ifMatch) => {
      const late = { ...other, ifMatch };
      expect(verdict([first, canceling({ ...late, response: changed(2) })], order, ['A'])).toBe('SOUND');
      expect(verdict([first, canceling({ ...late, response: changed(1) })], order, ['A'])).toBe('BROKEN');
    },
  );

  test.each([etag(2), `W/${etag(2)}`, '*'])('is applied in %s', (ifMatch) => {
    const { order: end, data: both } = after(captured, ['A', second], ['B', third]);
    const late = canceling({ ...other, ifMatch, id: 'B', response: success(both[1] ?? both[0], 3) });
    expect(verdict([first, late], end, ['A', 'B'])).toBe('SOUND');
    expect(verdict([first, canceling({ ...other, ifMatch, response: changed(2) })], order, ['A'])).toBe('BROKEN');
  });

  test('is refused for its state alone, whatever rules it breaks', () => {
    const wrong = requestOf([itemOf()], { totalCancelAmount: 1 });
    const late = { ...other, request: wrong, ifMatch: etag(1) };
    expect(verdict([first, canceling({ ...late, response: changed(2) })], order, ['A'])).toBe('SOUND');
    expect(verdict([first, canceling({ ...late, response: refusedOn(order, wrong) })], order, ['A'])).toBe('BROKEN');
  });

  test('may find the state of before, while a cancellation shows in its record and not yet in the order', () => {
    const own = canceling({ request: second, at: [1, 20], id: 'A', response: success(data[0]) });
    const twin = canceling({ request: second, at: [2, 5], response: replay(data[0]) });
    const during = canceling({ ...other, at: [6, 15], ifMatch: etag(2), response: changed(1) });
    expect(verdict([own, twin, during], order, ['A'], captured, 10)).toBe('SOUND');
    expect(verdict([own, twin, during], order, ['A'], captured, 6)).toBe('BROKEN');
  });
});

describe('the ETag of a cancellation', () => {
  test('names the version that it made, in a replay as well', () => {
    const { order, data } = after(captured, ['A', part], ['B', second]);
    const [dataA, dataB = dataA] = data;
    const a = canceling({ request: part, at: [1, 2], id: 'A', response: success(dataA) });
    const b = canceling({ request: second, meaning: 1, at: [3, 4], id: 'B', response: success(dataB, 3) });
    const again = { request: part, at: [5, 6] } as const;
    expect(verdict([a, b, canceling({ ...again, response: replay(dataA) })], order, ['A', 'B'])).toBe('SOUND');
    expect(verdict([a, b, canceling({ ...again, response: replay(dataA, 3) })], order, ['A', 'B'])).toBe('BROKEN');
    const early = canceling({ request: second, meaning: 1, at: [3, 4], id: 'B', response: success(dataB) });
    expect(verdict([a, early], order, ['A', 'B'])).toBe('BROKEN');
  });
});

describe('a requested payment', () => {
  test('is captured by a late deposit, unless it was voided before', () => {
    const requested = orderOf({ paymentStatus: 'REQUESTED' });
    const whole = requestOf([
      itemOf({ seq: 1, itemId: 'P001', quantity: 2, amount: 50_000 }),
      itemOf({ seq: 2, itemId: 'P002' }),
      itemOf(),
    ]);
    const { order, data } = after(requested, ['A', whole]);
    const voided = canceling({ request: whole, at: [1, 2], id: 'A', response: success(data[0]) });
    expect(verdict([voided, capturing(3, 'VOIDED')], order, ['A'], requested)).toBe('SOUND');
    expect(verdict([voided, capturing(3, 'REQUESTED')], order, ['A'], requested)).toBe('BROKEN');
    const paid = { ...requested, paymentStatus: 'CAPTURED', version: 2 } as const;
    expect(verdict([capturing(3, 'REQUESTED')], paid, [], requested)).toBe('SOUND');
  });
});
