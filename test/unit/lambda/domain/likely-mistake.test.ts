import { describe, expect, test } from '@jest/globals';
import { type Addend, mistakeInAmount, mistakeInTotal } from '../../../../lambda/domain/likely-mistake.ts';
import { lineOf } from '../../../../tools/in-memory/orders.ts';

describe('an amount of more than the unit amount', () => {
  test.each([
    ['the unit amount plus its tax', 55_000n, 2, 'TAX_ADDED_TO_AMOUNT'],
    ['the total of the line', 100_000n, 2, 'LINE_TOTAL_AS_AMOUNT'],
    ['the total of more units than were asked for', 100_000n, 3, undefined],
    ['something else', 50_001n, 2, undefined],
  ])('may be %s', (_what, amountMinor, quantity, expected) => {
    expect(mistakeInAmount(amountMinor, quantity, lineOf(), 0)?.mistake).toBe(expected);
  });

  const line = lineOf({ unitAmountMinor: 1999n, unitTaxMinor: 0n });

  test.each<[string, bigint, number, number, bigint | undefined]>([
    ['in a currency with two decimals', 199_900n, 1, 2, 1999n],
    ['in a currency with three decimals', 1_999_000n, 1, 3, 1999n],
    ['for a part of the unit amount', 100_000n, 1, 2, 1000n],
    ['never in a currency without decimals', 199_900n, 1, 0, undefined],
    ['not where the amount has decimals of its own', 199_950n, 1, 2, undefined],
    ['not where it would be more than the unit amount', 200_000n, 1, 2, undefined],
    ['not where the amount is only somewhat too large', 19_900n, 1, 2, undefined],
    ['not where it would be more than what is left', 199_900n, 3, 2, undefined],
  ])('may be in minor units: %s', (_where, amountMinor, quantity, exponent, meantMinor) => {
    expect(mistakeInAmount(amountMinor, quantity, line, exponent)).toEqual(
      meantMinor === undefined ? undefined : { mistake: 'MINOR_UNITS', meantMinor },
    );
  });

  test('is no minor units where the amount that would be meant is already canceled', () => {
    const canceled = { units: 0, amountMinor: 1999n, taxMinor: 0n };
    expect(mistakeInAmount(199_900n, 1, { ...line, canceled }, 2)).toMatchObject({ mistake: 'MINOR_UNITS' });
    expect(mistakeInAmount(199_900n, 1, { ...line, canceled: { ...canceled, amountMinor: 2000n } }, 2)).toBeUndefined();
  });
});

const mistakesOf = (items: readonly Addend[], totals: readonly bigint[]) =>
  totals.map((total) => mistakeInTotal(total, items, { itemsFirst: true, exponent: 0 }));

describe('a total of another amount than the sum', () => {
  const two = {
    quantity: 2,
    amountMinor: 50_000n,
    taxMinor: 5000n,
    unitAmountMinor: 50_000n,
    remainingMinor: 100_000n,
  };
  const one = { quantity: 1, amountMinor: 3000n, taxMinor: 0n, unitAmountMinor: 3000n, remainingMinor: 3000n };
  const unknownLine = { unitAmountMinor: undefined, remainingMinor: undefined };
  const netTwo = { ...two, amountMinor: 45_000n };
  const part = { ...two, amountMinor: 20_000n, taxMinor: 2_000n };

  test.each([
    ['the bare sum of the amounts', 53_000n, [two, one], 'SUM_WITHOUT_QUANTITY'],
    [
      'the bare sum of the amounts, where only single units are partly canceled',
      52_000n,
      [two, { ...one, amountMinor: 2000n }],
      'SUM_WITHOUT_QUANTITY',
    ],
    [
      'the bare sum of the amounts, or of line totals, where an amount is less than a unit amount',
      23_000n,
      [part, one],
      'SUM_OR_LINE_TOTALS',
    ],
    [
      'the bare sum of the amounts, or of line totals, where the order does not have the line',
      53_000n,
      [{ ...two, ...unknownLine }, one],
      'SUM_OR_LINE_TOTALS',
    ],
    ['the sum plus the tax', 113_000n, [two, one], 'TAX_ADDED_TO_TOTAL'],
    ['right for amounts that lack their tax', 103_000n, [netTwo, one], 'AMOUNTS_LACK_TAX'],
    [
      'the sum plus the tax, or right for amounts that lack their tax, where amounts are less than a unit amount',
      47_000n,
      [part, one],
      'TAX_ADDED_OR_LEFT_OUT',
    ],
    ['the sum plus the tax, where one amount has no room for its tax', 154_000n, [part, two], 'TAX_ADDED_TO_TOTAL'],
    [
      'the sum plus the tax, where less is left than the amounts with their tax',
      47_000n,
      [{ ...part, remainingMinor: 43_999n }, one],
      'TAX_ADDED_TO_TOTAL',
    ],
    [
      'the sum plus the tax, or right for amounts that lack their tax, where the order does not have the line',
      100_000n,
      [{ ...netTwo, ...unknownLine }],
      'TAX_ADDED_OR_LEFT_OUT',
    ],
    ['the sum less the tax', 93_000n, [two, one], 'TAX_TAKEN_FROM_TOTAL'],
    ['the bare sum of the amounts plus their tax', 58_000n, [two, one], 'SUM_WITHOUT_QUANTITY_PLUS_TAX'],
    [
      'right as soon as one amount is corrected',
      103_000n,
      [{ ...two, amountMinor: 100_000n }, one],
      'TOTAL_OF_OTHER_AMOUNTS',
    ],
    [
      'the bare sum of line totals, which is right too',
      100_000n,
      [{ ...two, amountMinor: 100_000n }],
      'TOTAL_OF_OTHER_AMOUNTS',
    ],
    ['right for amounts that are all of a unit, where less is canceled', 103_000n, [part, one], undefined],
    ['something else', 1n, [two, one], undefined],
  ])('may be %s', (_what, totalMinor, items, expected) => {
    expect(mistakeInTotal(totalMinor, items, { itemsFirst: false, exponent: 0 })).toBe(expected);
  });

  test('is not explained by amounts of which less is left', () => {
    const tooMuch = { ...two, amountMinor: 100_000n, remainingMinor: 99_999n };
    expect(mistakeInTotal(100_000n, [tooMuch], { itemsFirst: true, exponent: 0 })).toBeUndefined();
    expect(
      mistakeInTotal(100_000n, [{ ...tooMuch, remainingMinor: 100_000n }], { itemsFirst: true, exponent: 0 }),
    ).toBe('TOTAL_OF_OTHER_AMOUNTS');
  });

  test.each([
    ['in minor units', 7_997_00n, 2, 'MINOR_UNITS'],
    ['in minor units of three decimals', 7_997_000n, 3, 'MINOR_UNITS'],
    ['something else in a currency without decimals', 79_970n, 0, undefined],
  ])('may be %s', (_what, totalMinor, exponent, expected) => {
    const item = { quantity: 1, amountMinor: 7997n, taxMinor: 0n, unitAmountMinor: 9000n, remainingMinor: 9000n };
    expect(mistakeInTotal(totalMinor, [item], { itemsFirst: false, exponent })).toBe(expected);
  });

  test('is explained only by what leads to the right amounts, where those have to be corrected first', () => {
    const others = [53_000n, 113_000n, 93_000n, 58_000n];
    expect(mistakesOf([two, one], others)).toEqual(others.map(() => undefined));
    expect(mistakesOf([{ ...two, amountMinor: 100_000n }, one], [103_000n])).toEqual(['TOTAL_OF_OTHER_AMOUNTS']);
    expect(mistakesOf([netTwo, one], [103_000n])).toEqual(['AMOUNTS_LACK_TAX']);
  });
});
