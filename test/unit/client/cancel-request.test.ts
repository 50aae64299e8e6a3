import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type CancelRequest, InvalidRequestError, totalOf } from '../../../client/src/payment-cancel-client.ts';
import { itemOf } from '../../../tools/in-memory/requests.ts';

describe('the total of items', () => {
  test.each([
    [[itemOf({ quantity: 2, amount: 50_000 }), itemOf(), itemOf()], 106_000],
    [[itemOf({ quantity: 3, amount: 19.99 }), itemOf({ quantity: 1, amount: 4.5 })], 64.47],
    [[itemOf({ amount: 0.1 }), itemOf({ amount: 0.2 })], 0.3],
    [[itemOf({ quantity: 3, amount: 1.005 })], 3.015],
    [[itemOf({ amount: 0 })], 0],
    [[itemOf({ amount: 0.0001 })], 0.0001],
    [[itemOf({ amount: 999_999_999_999_999 })], 999_999_999_999_999],
    [[], 0],
  ])('of %j is %d', (items, total) => {
    expect(totalOf(items)).toBe(total);
  });

  test('is exact: it is the sum of whole cents', () => {
    const item = fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      cents: fc.integer({ min: 0, max: 10 ** 9 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 100 }), (items) => {
        const cents = items.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
        expect(totalOf(items.map(({ quantity, cents }) => ({ quantity, amount: cents / 100 })))).toBe(cents / 100);
      }),
    );
  });

  test.each([
    ['a float that does not add up', [{ quantity: 1, amount: 0.1 + 0.2 }], '/items/0/amount'],
    ['a fifth decimal', [{ quantity: 1, amount: 0.00005 }], '/items/0/amount'],
    ['a sixteenth digit', [{ quantity: 1, amount: 123_456_789_012.3456 }], '/items/0/amount'],
    ['an amount below 0', [{ quantity: 1, amount: -1 }], '/items/0/amount'],
    ['no number', [{ quantity: 1, amount: Number.NaN }], '/items/0/amount'],
    ['a second item of half a unit', [itemOf(), { quantity: 0.5, amount: 1 }], '/items/1/quantity'],
    ['a text', [{ quantity: 1, amount: '1' }], '/items/0/amount'],
    ['more digits than are exact', [{ quantity: 3, amount: 999_999_999_999_999 }], '/items'],
    ['an item that is none', [null], '/items/0'],
    ['no list', undefined, '/items'],
  ])('is refused for %s, with the place', (_what, items, field) => {
    const total = () => totalOf(items as CancelRequest['items']);
    expect(total).toThrow(InvalidRequestError);
    expect(total).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });

  test('is refused in Korean where that is asked for', () => {
    expect(() => totalOf([itemOf({ quantity: 0 })], 'ko')).toThrow('quantity는 1부터 1000000까지의 정수여야 합니다.');
  });
});
