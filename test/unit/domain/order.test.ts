import { describe, expect, test } from '@jest/globals';
import { itemTypes, leftOf, nothing, wasCanceledBefore } from '../../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../fixtures/orders.ts';

describe('leftOf', () => {
  test('all of a line is left while nothing of it is canceled', () => {
    expect(leftOf(lineOf())).toEqual({ units: 2, amountMinor: 100_000n, taxMinor: 10_000n });
  });

  test('what is canceled of a line is not left', () => {
    const canceled = { units: 1, amountMinor: 60_000n, taxMinor: 4000n };
    expect(leftOf(lineOf({ canceled }))).toEqual({ units: 1, amountMinor: 40_000n, taxMinor: 6000n });
  });

  test('amounts beyond 2^53 stay exact', () => {
    const line = lineOf({ quantity: 1_000_000, unitAmountMinor: 999_999_999_999_999n, unitTaxMinor: 1n });
    expect(leftOf(line).amountMinor).toBe(999_999_999_999_999_000_000n);
  });
});

describe('wasCanceledBefore', () => {
  test('nothing was canceled of a new order', () => {
    expect(wasCanceledBefore(orderOf())).toBe(false);
  });

  test.each([
    ['an amount without a unit', { ...nothing, amountMinor: 1n }],
    ['a unit of a free line', { ...nothing, units: 1 }],
  ])('%s of any line is a cancellation', (_what, canceled) => {
    expect(wasCanceledBefore(orderOf({ lines: [lineOf(), lineOf({ seq: 2, canceled })] }))).toBe(true);
  });
});

test('the item types are those of the specification', () => {
  expect([...itemTypes]).toEqual(['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE']);
});
