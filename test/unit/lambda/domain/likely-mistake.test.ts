import { describe, expect, test } from '@jest/globals';
import { mistakeInAmount, mistakeInTotal } from '../../../../lambda/domain/likely-mistake.ts';
import { lineOf } from '../../../../tools/in-memory/orders.ts';

describe('an amount of more than the unit amount', () => {
  test.each([
    ['the unit amount plus its tax', 55_000n, 2, 'TAX_ADDED_TO_AMOUNT'],
    ['the total of the line', 100_000n, 2, 'LINE_TOTAL_AS_AMOUNT'],
    ['the total of more units than were asked for', 100_000n, 3, undefined],
    ['something else', 50_001n, 2, undefined],
  ])('may be %s', (_what, amountMinor, quantity, expected) => {
    expect(mistakeInAmount(amountMinor, quantity, lineOf())).toBe(expected);
  });
});

describe('a total of another amount than the sum', () => {
  const two = { quantity: 2, amountMinor: 50_000n, taxMinor: 5_000n, unitAmountMinor: 50_000n };
  const one = { quantity: 1, amountMinor: 3000n, taxMinor: 0n, unitAmountMinor: 3000n };
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
      [{ ...two, unitAmountMinor: undefined }, one],
      'SUM_OR_LINE_TOTALS',
    ],
    ['the sum plus the tax', 113_000n, [two, one], 'TAX_ADDED_TO_TOTAL'],
    ['right for amounts that lack their tax', 103_000n, [netTwo, one], 'AMOUNT_WITHOUT_TAX'],
    [
      'the sum plus the tax, or right for amounts that lack their tax, where amounts are less than a unit amount',
      47_000n,
      [part, one],
      'TAX_ADDED_OR_LEFT_OUT',
    ],
    [
      'the sum plus the tax, or right for amounts that lack their tax, where one amount has its tax and one lacks it',
      210_000n,
      [netTwo, two],
      'TAX_ADDED_OR_LEFT_OUT',
    ],
    [
      'the sum plus the tax, or right for amounts that lack their tax, where the order does not have the line',
      100_000n,
      [{ ...netTwo, unitAmountMinor: undefined }],
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
    expect(mistakeInTotal(totalMinor, items)).toBe(expected);
  });
});
