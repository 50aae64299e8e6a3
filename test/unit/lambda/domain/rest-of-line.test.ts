import { expect, test } from '@jest/globals';
import { restOfLine } from '../../../../lambda/domain/rest-of-line.ts';
import { lineOf } from '../../../../tools/in-memory/orders.ts';

/** The parts of a line of which this was canceled, each as `quantity x amount`. */
function partsOf(quantity: number, unitAmountMinor: bigint, units: number, amountMinor: bigint): string[] {
  const canceled = { units, amountMinor, taxMinor: 0n };
  const parts = restOfLine(lineOf({ quantity, unitAmountMinor, unitTaxMinor: 0n, canceled }));
  return parts.map((part) => `${part.quantity} x ${part.amountMinor}`);
}

test.each<[string, number, bigint, number, bigint, string[]]>([
  ['an untouched line is all of its units', 3, 10_000n, 0, 0n, ['3 x 10000']],
  ['whole units are left after whole units', 3, 10_000n, 1, 10_000n, ['2 x 10000']],
  ['whole units are left where amounts of them were canceled', 3, 10_000n, 0, 10_000n, ['2 x 10000']],
  ['less than a unit is one of its amount', 2, 10_000n, 1, 15_000n, ['1 x 5000']],
  ['units and a part of one are two requests', 3, 10_000n, 0, 5000n, ['2 x 10000', '1 x 5000']],
  ['an amount that can be divided is one request of less per unit', 2, 3000n, 0, 1000n, ['2 x 2500']],
  ['an amount that can be divided by more units than it has whole ones', 4, 10n, 0, 19n, ['3 x 7']],
  ['an amount that only the quantity of all units divides', 4, 5n, 0, 4n, ['4 x 4']],
  ['units of a free line, at 0 each', 3, 0n, 1, 0n, ['2 x 0']],
  ['nothing of a free line', 3, 0n, 3, 0n, []],
  ['nothing of a line', 3, 10_000n, 3, 30_000n, []],
])('%s', (_what, quantity, unitAmountMinor, units, amountMinor, parts) => {
  expect(partsOf(quantity, unitAmountMinor, units, amountMinor)).toEqual(parts);
});

test('a line of a million units is answered without trying each quantity', () => {
  expect(partsOf(1_000_000, 1_000_003n, 0, 1n)).toEqual(['999999 x 1000003', '1 x 1000002']);
});

test('no more than 100 quantities beyond the whole units are tried', () => {
  // 300 whole units of 7 and a rest of 4: 2104 is 4 x 526, but 526 is far from 301.
  expect(partsOf(2200, 7n, 0, 2200n * 7n - 2104n)).toEqual(['300 x 7', '1 x 4']);
});
