import { describe, expect, test } from '@jest/globals';
import { matchRequest } from '../../../../lambda/domain/matched-request.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';

const usd = orderOf({ currencyCode: 'USD' });

describe('a request beside its order', () => {
  test('has each item with the line of its seq, wherever that stands', () => {
    const { items } = matchRequest(requestOf([itemOf(), itemOf({ seq: 1 })]), orderOf());
    expect(items.map(({ index, lineIndex, line }) => [index, lineIndex, line])).toEqual([
      [0, 2, orderOf().lines[2]],
      [1, 0, orderOf().lines[0]],
    ]);
  });

  test('has an item without a line where the order has none', () => {
    expect(matchRequest(requestOf([itemOf({ seq: 9 })]), orderOf()).items).toMatchObject([
      { lineIndex: -1, line: undefined, amountMinor: 3000n },
    ]);
  });

  test('has amounts in minor units, and the order as it is', () => {
    const request = requestOf([itemOf({ amount: 10.5, taxAmount: 0.05 })]);
    const matched = matchRequest(request, usd);
    expect(matched).toMatchObject({ total: 1050n, exponent: 2, scale: 2 });
    expect(matched.items).toMatchObject([{ amountMinor: 1050n, taxMinor: 5n }]);
    expect(matched.order).toBe(usd);
  });

  test('keeps apart a tax of 0 and none', () => {
    const { items } = matchRequest(requestOf([itemOf({ taxAmount: 0 }), itemOf()]), orderOf());
    expect(items.map(({ taxMinor }) => taxMinor)).toEqual([0n, undefined]);
  });
});

describe('a request with more decimals than the currency', () => {
  test.each<[string, Parameters<typeof itemOf>[0], number | undefined, number]>([
    ['in an amount', { amount: 1.005 }, 1, 3],
    ['in a tax', { amount: 1, taxAmount: 0.0005 }, 1, 4],
    ['in the total', { amount: 1 }, 1.00005, 5],
    ['written with a power', { amount: 1e-7 }, 1, 7],
  ])('%s is exact in a finer unit', (_where, item, totalCancelAmount, scale) => {
    const request = requestOf([itemOf(item)], totalCancelAmount === undefined ? {} : { totalCancelAmount });
    expect(matchRequest(request, usd)).toMatchObject({ exponent: 2, scale });
  });

  test('is compared with the amounts of the order in that unit', () => {
    const canceled = { units: 1, amountMinor: 7n, taxMinor: 3n };
    const order = orderOf({ lines: orderOf().lines.map((line) => ({ ...line, canceled })) });
    const { items, total } = matchRequest(
      requestOf([itemOf({ seq: 1, amount: 0.25 })], { totalCancelAmount: 1 }),
      order,
    );
    expect(total).toBe(100n);
    expect(items).toMatchObject([
      {
        amountMinor: 25n,
        scaledLine: {
          quantity: 2,
          unitAmountMinor: 5_000_000n,
          unitTaxMinor: 500_000n,
          canceled: { units: 1, amountMinor: 700n, taxMinor: 300n },
        },
        line: order.lines[0],
      },
    ]);
  });
});

test('an amount that is no finite number is a bug and not a mistake of a merchant', () => {
  expect(() => matchRequest(requestOf([itemOf({ amount: Number.NaN })]), orderOf())).toThrow(RangeError);
});
