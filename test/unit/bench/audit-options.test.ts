import { expect, test } from '@jest/globals';
import { UsageError } from '../../../lib/command-line.ts';
import { readAuditOptions } from '../../bench/audit-options.ts';

test.each([
  [[], 1_000_000],
  [['1'], 1],
  [['10000000'], 10_000_000],
])('%j asks for that many orders', (args, orders) => {
  expect(readAuditOptions(args)).toEqual({ help: false, orders });
});

test.each([
  [['many'], 'ORDERS must be a whole number from 1 to 10000000, not many.'],
  [['0'], 'ORDERS must be a whole number from 1 to 10000000, not 0.'],
  [['1e3'], 'ORDERS must be a whole number from 1 to 10000000, not 1e3.'],
  [['10000001'], 'ORDERS must be a whole number from 1 to 10000000, not 10000001.'],
  [['1', '2'], 'There is one number of orders, not 1 and 2.'],
])('%j is refused in one line', (args, message) => {
  expect(() => readAuditOptions(args)).toThrow(new UsageError(message));
});
