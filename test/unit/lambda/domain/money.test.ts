import { describe, expect, test } from '@jest/globals';
import {
  currencyCodes,
  decimalsOf,
  exponentOf,
  formatAmount,
  isCurrencyCode,
  maxAmount,
  maxSignificantDigits,
  toMajorUnits,
  toMinorUnits,
} from '../../../../lambda/domain/money.ts';

describe('the exponent of a currency', () => {
  test.each([
    ['KRW', 0],
    ['JPY', 0],
    ['VND', 0],
    ['USD', 2],
    ['EUR', 2],
    ['HUF', 2],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
  ])('%s has %d decimals', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
    expect(isCurrencyCode(code)).toBe(true);
  });

  test.each(['', 'krw', 'KR', 'KRWX', 'ZZZ', 'XXX', 'XAU', 'constructor', '__proto__'])(
    '%p is no currency that amounts can be exact in',
    (code) => {
      expect(isCurrencyCode(code)).toBe(false);
      expect(() => exponentOf(code)).toThrow(RangeError);
    },
  );

  test('every code is three capital letters and stands once', () => {
    const codes = currencyCodes();
    expect(codes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('no currency is lost: 17 have no decimals, 140 have two, 7 have three, 2 have four', () => {
    const decimals = Object.groupBy(currencyCodes().map(exponentOf), String);
    const counts = Object.entries(decimals).map(([exponent, ofThem = []]) => [exponent, ofThem.length]);
    expect(Object.fromEntries(counts)).toEqual({ 0: 17, 2: 140, 3: 7, 4: 2 });
  });

  test('seven currencies have three decimals', () => {
    const threeDecimals = currencyCodes().filter((code) => exponentOf(code) === 3);
    expect(threeDecimals.sort()).toEqual(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
  });
});

describe('toMinorUnits', () => {
  test.each([
    [2000, 0, 2000n],
    [Number('2000.0'), 0, 2000n],
    [2e3, 0, 2000n],
    [0, 0, 0n],
    [-0, 2, 0n],
    [10.5, 2, 1050n],
    [0.1, 2, 10n],
    [0.29, 2, 29n],
    [1.1, 2, 110n],
    [1.001, 3, 1001n],
    [0.0001, 4, 1n],
    [1e-7, 7, 1n],
    [-10.5, 2, -1050n],
    [999_999_999_999_999, 0, 999_999_999_999_999n],
    [999_999_999_999_999, 4, 9_999_999_999_999_990_000n],
    [9_999_999_999_999.99, 2, 999_999_999_999_999n],
    [1e21, 0, 10n ** 21n],
    [1.5e21, 2, 15n * 10n ** 22n],
  ])('%p with %d decimals is %p', (amount, exponent, minor) => {
    expect(toMinorUnits(amount, exponent)).toBe(minor);
  });

  test.each([
    [0.5, 0],
    [2000.01, 0],
    [10.505, 2],
    [0.001, 2],
    [1e-7, 2],
    [1.0001, 3],
    [5e-324, 4],
    [Number.NaN, 2],
    [Number.POSITIVE_INFINITY, 2],
  ])('%p is refused with %d decimals, never rounded', (amount, exponent) => {
    expect(toMinorUnits(amount, exponent)).toBeUndefined();
  });
});

describe('formatAmount', () => {
  test.each([
    [2000n, 0, '2000'],
    [0n, 0, '0'],
    [-5n, 0, '-5'],
    [1050n, 2, '10.50'],
    [5n, 2, '0.05'],
    [50n, 2, '0.50'],
    [0n, 2, '0.00'],
    [-5n, 2, '-0.05'],
    [1n, 3, '0.001'],
    [123_456n, 4, '12.3456'],
    [10n ** 30n, 2, `1${'0'.repeat(28)}.00`],
  ])('%p with %d decimals is %s', (minor, exponent, text) => {
    expect(formatAmount(minor, exponent)).toBe(text);
  });
});

describe('an amount in a finer unit than the minor one', () => {
  test.each([
    [1050n, 2, 2, '10.50'],
    [105_000n, 2, 4, '10.50'],
    [105_010n, 2, 4, '10.501'],
    [200_000n, 0, 2, '2000'],
    [200_050n, 0, 2, '2000.5'],
    [5n, 0, 3, '0.005'],
    [-5n, 0, 1, '-0.5'],
    [0n, 0, 1, '0'],
    [0n, 2, 5, '0.00'],
  ])('%p has the decimals of the currency (%d), and those of the unit (%d) where they are not 0', (...row) => {
    const [amount, exponent, scale, text] = row;
    expect(formatAmount(amount, exponent, scale)).toBe(text);
  });
});

test.each([
  [2000, 0],
  [0, 0],
  [10.5, 1],
  [10.05, 2],
  [1e-7, 7],
  [1.5e-7, 8],
  [1e21, -21],
  [5e-324, 324],
  [Number.NaN, 0],
])('%p has %d decimals', (amount, decimals) => {
  expect(decimalsOf(amount)).toBe(decimals);
});

describe('toMajorUnits', () => {
  test.each([
    [1050n, 2, 10.5],
    [29n, 2, 0.29],
    [2000n, 0, 2000],
    [1n, 3, 0.001],
    [999_999_999_999_999n, 2, 9_999_999_999_999.99],
  ])('%p with %d decimals is the number %p', (minor, exponent, amount) => {
    expect(toMajorUnits(minor, exponent)).toBe(amount);
  });

  test('an amount that no double holds is an error', () => {
    expect(() => toMajorUnits(999_999_999_999_999_999n, 3)).toThrow(RangeError);
    expect(() => toMajorUnits(2n ** 53n + 1n, 0)).toThrow(RangeError);
  });
});

test('an amount has at most 15 significant digits', () => {
  expect(maxSignificantDigits).toBe(15);
  expect(maxAmount).toBe(999_999_999_999_999);
});
