import { describe, expect, test } from '@jest/globals';
import { addAmounts, areEqualAmounts, isNegative, zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

const amounts = { units: 1, amountMinor: 2000n, taxMinor: 30n };
const others = [
  ['units', { ...amounts, units: 2 }],
  ['an amount', { ...amounts, amountMinor: 2001n }],
  ['a tax', { ...amounts, taxMinor: 31n }],
] as const;

test('amounts are equal by value', () => {
  expect(areEqualAmounts(amounts, { ...amounts })).toBe(true);
});

test.each(others)('amounts with %s of another value are not equal', (_what, other) => {
  expect(areEqualAmounts(amounts, other)).toBe(false);
});

test('units, amount and tax are added each, exactly', () => {
  const large = { units: 1_000_000, amountMinor: 2n ** 64n, taxMinor: 2n ** 53n };
  expect(addAmounts(amounts, large)).toEqual({
    units: 1_000_001,
    amountMinor: 2n ** 64n + 2000n,
    taxMinor: 2n ** 53n + 30n,
  });
  expect(addAmounts(amounts, zeroAmounts)).toEqual(amounts);
});

describe('amounts are negative', () => {
  test.each([
    ['units', { ...zeroAmounts, units: -1 }],
    ['amount', { ...zeroAmounts, amountMinor: -1n }],
    ['tax', { ...zeroAmounts, taxMinor: -1n }],
  ])('if their %s is below 0', (_what, negative) => {
    expect(isNegative(negative)).toBe(true);
  });

  test('but not at 0', () => {
    expect(isNegative(zeroAmounts)).toBe(false);
  });
});
