import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../../lambda/domain/order.ts';
import { bank, holder, lastOf, ofLine, responseTo, type Sent } from './reference-cases.ts';
import { accepted } from './verdict.ts';

const key = (value: string, name = 'Idempotency-Key') => [[name, value]] as const;
const whole: Sent = { items: [[2, 50_000]] };
const asking = (ifMatch: string): Sent => ({ ...whole, headers: [['If-Match', ifMatch]] });

describe('a cancellation is known', () => {
  const two = ofLine(2, 50_000n, 5000n);
  const one: Sent = { items: [[1, 50_000]] };
  const late = 24 * 60 * 60 * 1000 + 1;
  const duplicateAccount = '409 EBP-C-0005, DUPLICATE_CANCELLATION /refundAccount';
  const rows: ReadonlyArray<[string, string, Order, ...Sent[]]> = [
    ['again', 'replay', two, one, one],
    ['with an account on an order that is refunded to the payment', 'replay', two, { ...one, account: holder }, one],
    [
      'with the account spelled otherwise',
      'replay',
      ofLine(2, 50_000n, 5000n, bank),
      { ...one, account: holder },
      { ...one, account: { accountNumber: 110123456789, bankCode: 'B-1', accountHolderName: 'Jose\u0301' } },
    ],
    [
      'with the account of somebody else',
      duplicateAccount,
      ofLine(2, 50_000n, 5000n, bank),
      { ...one, account: holder },
      { ...one, account: { ...holder, accountNumber: '9' } },
    ],
    ['without the account', duplicateAccount, ofLine(2, 50_000n, 0n, bank), { ...one, account: holder }, one],
    [
      'with a tax of 0 on a line without tax',
      'replay',
      ofLine(3, 1000n, 0n),
      { items: [[1, 1000]] },
      { items: [[1, 1000, 0]] },
    ],
    [
      'with another tax',
      '409 EBP-C-0005, DUPLICATE_CANCELLATION /items/0/taxAmount',
      two,
      one,
      { items: [[1, 50_000, 5000]] },
    ],
    ['by its key, also with another one', accepted, two, { ...one, headers: key('a') }, { ...one, headers: key('b') }],
    [
      'by its key under either name',
      'replay',
      two,
      { ...one, headers: key('"a"') },
      { ...one, headers: key('a', 'X-Idempotency-Key') },
    ],
    [
      'by its key, and says something else',
      '422 EBP-C-0005, IDEMPOTENCY_KEY_REUSED Idempotency-Key',
      two,
      { ...one, headers: key('a') },
      { items: [[1, 50_000, 5000]], headers: key('a') },
    ],
    ['too late', '409 EBP-C-0005, DUPLICATE_CANCELLATION X-Idempotency-Key', two, one, { ...one, afterMs: late }],
    [
      'by its key at any time',
      'replay',
      two,
      { ...one, headers: key('a') },
      { ...one, headers: key('a'), afterMs: late },
    ],
    [
      'in another currency',
      '400 EBP-C-0004, CURRENCY_MISMATCH X-Currency-Code',
      two,
      one,
      { ...one, headers: [['X-Currency-Code', 'USD']] },
    ],
    ['before If-Match is looked at', 'replay', two, one, { ...one, headers: [['If-Match', '"A.1"']] }],
  ];
  test.each(rows)('%s: %s', (_name, response, order, ...sent) => {
    expect(responseTo(order, ...sent)).toBe(response);
  });
});

describe('of tax,', () => {
  const rows: ReadonlyArray<[string, string, Order, Sent]> = [
    [
      'more than its amount',
      'TAX_EXCEEDS_AMOUNT /items/0/taxAmount',
      ofLine(1, 11_000n, 1000n),
      { items: [[1, 1, 1000]] },
    ],
    [
      'some that nothing can reach',
      'TAX_LEFT_OVER /items/0/taxAmount',
      ofLine(1, 11_000n, 1000n),
      { items: [[1, 11_000, 0]] },
    ],
    [
      'all beside a price without it',
      'AMOUNT_WITHOUT_TAX /items/0/amount',
      ofLine(2, 50_000n, 5000n),
      { items: [[2, 45_000, 5000]] },
    ],
  ];
  test.each(rows)('%s: %s', (_name, error, order, sent) => {
    expect(responseTo(order, sent)).toBe(`400 EBP-C-0004, ${error}`);
  });

  test('that belongs to an amount is taken with it, and the rest with the last one', () => {
    const order = ofLine(1, 30_000n, 2727n);
    const taxes = [10_000, 19_000, 1000].map((_amount, count, amounts) => {
      const sent = amounts.slice(0, count + 1).map((amount): Sent => ({ items: [[1, amount]] }));
      return lastOf(order, sent).after?.lines[0]?.canceled.taxMinor;
    });
    expect(taxes).toEqual([909n, 2636n, 2727n]);
  });

  test('nothing but what is left is asked for at the end of a line', () => {
    const order = ofLine(1, 11_000n, 1000n);
    expect(responseTo(order, { items: [[1, 1000, 0]] }, { items: [[1, 10_000, 1000]] })).toBe(accepted);
  });
});

describe('every state of an order', () => {
  test.each(['REQUESTED', 'AUTHORIZED'] as const)('%s is voided as a whole', (paymentStatus) => {
    const order = ofLine(2, 50_000n, 5000n, { paymentStatus, ...bank });
    expect(lastOf(order, [whole]).after).toMatchObject({ paymentStatus: 'VOIDED', version: 2 });
    expect(responseTo(order, { items: [[1, 50_000]] })).toContain('PARTIAL_BEFORE_CAPTURE /items/0/quantity');
  });

  test('is named by its ETag', () => {
    const order = ofLine(2, 50_000n, 5000n);
    expect(['"A.1"', 'W/"A.1"', '*'].map((ifMatch) => responseTo(order, asking(ifMatch)))).toEqual(
      Array.from({ length: 3 }, () => accepted),
    );
    const { verdict } = lastOf(order, [{ items: [[1, 50_000]] }, asking('"A.1"')]);
    expect(verdict).toMatchObject({ responses: ['412 EBP-C-0004'], etag: '"A.2"' });
  });
});

describe('more decimals than the currency has', () => {
  test('are named beside every other rule', () => {
    expect(
      responseTo(ofLine(1, 20_000n, 0n), { items: [[1, 20_000.9]], total: 20_000 })
        .split(', ')
        .sort(),
    ).toEqual([
      '400 EBP-C-0004',
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount',
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount',
      'AMOUNT_PRECISION /items/0/amount',
      'TOTAL_MISMATCH /totalCancelAmount',
    ]);
  });
});
