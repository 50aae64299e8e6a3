import { expect, test } from '@jest/globals';
import { taxOfAmount } from '../../../../lambda/domain/tax-of-amount.ts';

test.each<[string, bigint, bigint, bigint, bigint]>([
  ['a third of the amount has a third of the tax, rounded down', 30_000n, 2727n, 10_000n, 909n],
  ['a share is one of what is left, not of what was paid', 20_000n, 1818n, 19_000n, 1727n],
  ['all of the amount has all of the tax', 1000n, 91n, 1000n, 91n],
  ['full units of an untouched line have their unit tax', 300n, 27n, 200n, 18n],
  ['less than one minor unit of tax is none', 11_000n, 1000n, 10n, 0n],
  ['an amount without tax has none', 1000n, 0n, 500n, 0n],
  ['nothing of an amount has none of its tax', 1000n, 100n, 0n, 0n],
  ['amounts beyond 2^53 are exact', 10n ** 20n, 10n ** 19n + 1n, 10n ** 20n - 1n, 10n ** 19n],
])('%s', (_law, amountMinor, taxMinor, takenMinor, expected) => {
  expect(taxOfAmount({ units: 1, amountMinor, taxMinor }, takenMinor)).toBe(expected);
});

test('a line of which no amount is left has no tax to take', () => {
  expect(taxOfAmount({ units: 2, amountMinor: 0n, taxMinor: 0n }, 0n)).toBe(0n);
});
