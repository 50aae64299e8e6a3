import { expect, test } from '@jest/globals';
import { readAuditOptions } from './audit-options.ts';

test.each([
  [[], 1_000_000],
  [['--orders', '1'], 1],
  [['--orders', '10000000'], 10_000_000],
])('%j asks for that many orders', (args, orders) => {
  expect(readAuditOptions(args)).toEqual({ help: false, orders });
});

test.each([
  [['--orders', 'many'], '--orders must be a whole number from 1 to 10000000, not many.'],
  [['--orders', '0'], '--orders must be a whole number from 1 to 10000000, not 0.'],
  [['--orders', '10000001'], '--orders must be a whole number from 1 to 10000000, not 10000001.'],
  [['1000'], "Unexpected argument '1000'. See npm run bench:audit -- --help."],
])('%j is refused in one line', (args, message) => {
  expect(() => readAuditOptions(args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
});
