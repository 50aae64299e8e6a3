import { describe, expect, test } from '@jest/globals';
import type { OrderLine } from '../../../../lambda/domain/order.ts';
import { type BrokenTaxRule, brokenTaxRules } from '../../../../lambda/domain/tax-rules.ts';
import { lineOf } from '../../../../tools/in-memory/orders.ts';

/** A line `units x amount (tax)` of which an amount and a tax are canceled. */
function lineWith(
  [quantity, unitAmountMinor, unitTaxMinor]: readonly [number, bigint, bigint],
  [units, amountMinor, taxMinor]: readonly [number, bigint, bigint] = [0, 0n, 0n],
): OrderLine {
  return lineOf({ quantity, unitAmountMinor, unitTaxMinor, canceled: { units, amountMinor, taxMinor } });
}

const one = lineWith([1, 11_000n, 1000n]);
const two = lineWith([2, 50_000n, 5000n]);

describe('a unit tax is at most', () => {
  test.each<[string, OrderLine, number, bigint, bigint, object[]]>([
    ['that of the line', two, 1, 50_000n, 5001n, [{ reason: 'TAX_EXCEEDS_UNIT_TAX', mostMinor: 5000n }]],
    ['the amount that it is a part of', one, 1, 999n, 1000n, [{ reason: 'TAX_EXCEEDS_AMOUNT', mostMinor: 999n }]],
    [
      'what is left of the tax, for all units together',
      lineWith([2, 50_000n, 5000n], [0, 10_000n, 1000n]),
      2,
      40_000n,
      4501n,
      [{ reason: 'TAX_EXCEEDS_REMAINING', mostMinor: 9000n }],
    ],
  ])('%s', (_most, line, quantity, amountMinor, taxMinor, broken) => {
    expect(brokenTaxRules(line, quantity, amountMinor, taxMinor)).toEqual(broken);
    expect(brokenTaxRules(line, quantity, amountMinor, taxMinor - 1n)).toEqual([]);
  });

  test('all of these at once, in the sequence of the contract', () => {
    const line = lineWith([2, 50_000n, 5000n], [0, 10_000n, 6000n]);
    expect(brokenTaxRules(line, 1, 100n, 5001n).map(({ reason }) => reason)).toEqual([
      'TAX_EXCEEDS_UNIT_TAX',
      'TAX_EXCEEDS_AMOUNT',
      'TAX_EXCEEDS_REMAINING',
    ]);
  });
});

describe('no more tax than amount may be left', () => {
  test.each<[string, OrderLine, number, bigint, bigint, bigint | undefined]>([
    ['a full line with no tax', one, 1, 11_000n, 0n, 1000n],
    ['a full line with nearly all of its tax', one, 1, 11_000n, 999n, 1000n],
    ['so much that the rest is less than its tax', one, 1, 10_500n, 0n, 500n],
    ['two units with half of their tax', two, 2, 50_000n, 2500n, 5000n],
    ['three units whose tax cannot be divided evenly', lineWith([3, 10n, 9n], [0, 9n, 9n]), 3, 7n, 0n, 6n],
    // 3 of 6 and a tax of 5 are left: 1 x 5 needs a tax of 4, more than the unit tax.
    ['an amount for which no unit tax is enough', lineWith([2, 6n, 3n], [0, 6n, 1n]), 1, 6n, 3n, undefined],
  ])('%s', (_what, line, quantity, amountMinor, taxMinor, leastMinor) => {
    expect(brokenTaxRules(line, quantity, amountMinor, taxMinor)).toEqual([{ reason: 'TAX_LEFT_OVER', leastMinor }]);
  });

  test('as much tax as amount may be', () => {
    expect(brokenTaxRules(one, 1, 10_500n, 500n)).toEqual([]);
  });

  test('it is not judged where more than what is left is asked for', () => {
    const half = lineWith([2, 50_000n, 5000n], [1, 60_000n, 6000n]);
    expect(brokenTaxRules(half, 1, 50_000n, 0n)).toEqual([]);
    expect(brokenTaxRules(half, 1, 40_000n, 4001n).map(({ reason }) => reason)).toEqual(['TAX_EXCEEDS_REMAINING']);
  });
});

/** The rule with what it names. */
function withoutTax(unitAmountMinor?: bigint, inProportionMinor?: bigint): BrokenTaxRule[] {
  return [{ reason: 'AMOUNT_WITHOUT_TAX', unitAmountMinor, inProportionMinor }];
}

describe('an amount that lacks its tax', () => {
  test('names the unit amount, and the tax in proportion to the amount alone', () => {
    expect(brokenTaxRules(two, 2, 45_000n, 5000n)).toEqual(withoutTax(50_000n, 4500n));
    expect(brokenTaxRules(two, 1, 45_000n, 5000n)).toEqual(withoutTax(50_000n, 4500n));
    expect(brokenTaxRules(one, 1, 10_000n, 1000n)).toEqual(withoutTax(11_000n, 909n));
  });

  test('in proportion is a tax below that of the unit, which would be refused once more', () => {
    // The share of 8 is 0.89, which is 0 when it is rounded down.
    expect(brokenTaxRules(lineWith([10, 9n, 1n]), 1, 8n, 1n)).toEqual(withoutTax(9n, 0n));
    // The share of 7 in what is left, 20 with a tax of 9, is the whole unit tax.
    expect(brokenTaxRules(lineWith([3, 10n, 3n], [0, 10n, 0n]), 1, 7n, 3n)).toEqual(withoutTax(10n, 2n));
  });

  test('in proportion is not so little that it leaves too much tax', () => {
    // The share of 1 in what is left, 7 with a tax of 6, is 0.86: rounded down, 6 would stay on an amount of 5.
    expect(brokenTaxRules(lineWith([3, 3n, 2n], [0, 2n, 0n]), 2, 1n, 2n)).toContainEqual(withoutTax(3n, 1n)[0]);
  });

  test('names neither where less than whole units is left', () => {
    expect(brokenTaxRules(lineWith([2, 50_000n, 5000n], [0, 53_000n, 5000n]), 1, 45_000n, 5000n)).toEqual(withoutTax());
    expect(brokenTaxRules(lineWith([2, 50_000n, 5000n], [1, 50_000n, 5000n]), 2, 45_000n, 5000n)).toContainEqual(
      withoutTax()[0],
    );
  });

  test.each<[string, OrderLine, number, bigint, bigint]>([
    ['of an amount of its own', two, 2, 44_999n, 5000n],
    ['of another tax', two, 2, 45_000n, 4999n],
    ['of a line without tax', lineWith([2, 50_000n, 0n]), 2, 50_000n, 0n],
    ['of what is left, once its whole tax is', lineWith([1, 11_000n, 1000n], [0, 1000n, 0n]), 1, 10_000n, 1000n],
  ])('is not the case %s', (_what, line, quantity, amountMinor, taxMinor) => {
    expect(brokenTaxRules(line, quantity, amountMinor, taxMinor)).toEqual([]);
  });
});
