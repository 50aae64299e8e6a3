import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { currencyCodes, exponentOf, formatAmount, toMajorUnits, toMinorUnits } from '../../lambda/domain/money.ts';

const maxMinor = 999_999_999_999_999n;

/** A decimal of at most 15 significant digits as it may be written, with its digits and their power of ten. */
const decimal = fc
  .record({
    digits: fc.bigInt(0n, maxMinor),
    power: fc.integer({ min: -20, max: 20 }),
    isNegative: fc.boolean(),
    isScientific: fc.boolean(),
  })
  .map(({ digits, power, isNegative, isScientific }) => {
    const plain = power >= 0 ? `${digits}${'0'.repeat(power)}` : pointAt(String(digits), -power);
    const text = `${isNegative ? '-' : ''}${isScientific ? `${digits}e${power}` : plain}`;
    return { text, digits: isNegative ? -digits : digits, power };
  });

function pointAt(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

describe.each([
  ['KRW', 0],
  ['USD', 2],
  ['KWD', 3],
  ['CLF', 4],
])('in %s, of %d decimals,', (currencyCode, exponent) => {
  test('minor units come back from the major units of a response', () => {
    expect(exponentOf(currencyCode)).toBe(exponent);
    fc.assert(
      fc.property(fc.bigInt(-maxMinor, maxMinor), (minor) => {
        expect(toMinorUnits(toMajorUnits(minor, exponent), exponent)).toBe(minor);
      }),
    );
  });

  test('a decimal of at most 15 significant digits is exact, or refused when it has more decimals', () => {
    fc.assert(
      fc.property(decimal, ({ text, digits, power }) => {
        const scale = power + exponent;
        const divisor = scale < 0 ? 10n ** BigInt(-scale) : 1n;
        const isWhole = digits % divisor === 0n;
        const exact = scale < 0 ? digits / divisor : digits * 10n ** BigInt(scale);
        expect(toMinorUnits(Number(text), exponent)).toBe(isWhole ? exact : undefined);
      }),
      { numRuns: 500 },
    );
  });

  test('an amount is written with exactly its decimals', () => {
    fc.assert(
      fc.property(fc.bigInt(), (minor) => {
        const text = formatAmount(minor, exponent);
        expect(text).toMatch(exponent === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${exponent}}$`));
        expect(BigInt(text.replace('.', ''))).toBe(minor);
      }),
    );
  });
});

test('an amount too large for a double never becomes a number', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 25n), fc.constantFrom(...currencyCodes()), (minor, currencyCode) => {
      const exponent = exponentOf(currencyCode);
      const isExact = BigInt(Math.round(Number(minor))) === minor && minor <= maxMinor;
      fc.pre(isExact || minor > 2n ** 53n);
      let major: number | undefined;
      try {
        major = toMajorUnits(minor, exponent);
      } catch {
        major = undefined;
      }
      const isSame = major !== undefined && toMinorUnits(major, exponent) === minor;
      expect(isSame || major === undefined).toBe(true);
      expect(isSame || !isExact).toBe(true);
    }),
  );
});
