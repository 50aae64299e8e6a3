import { describe, expect, test } from '@jest/globals';
import { assumptions, durationMsOf, priceNotes, pricesOf, totalOf } from './price.ts';
import { unitPrices } from '../../../tools/generate/costs/unit-prices.ts';
import { priceTable, unitsTable } from './report.ts';

const none = { requests: 0, transactions: 0, reads: 0, writes: 0 };
const cancellation = { requests: 3, transactions: 1, reads: 2, writes: 4 };
const outcomes = { cancellation, repeated: none, refusal: none, logBytes: 1300 };
const prices = pricesOf(outcomes, 2);
const usdOf = (name: string) => prices.find(({ component }) => component.startsWith(name))?.usd;

describe('the price of a cancellation', () => {
  test('is that of its units', () => {
    expect(usdOf('DynamoDB writes')).toBeCloseTo(2.5, 10);
    expect(usdOf('DynamoDB reads')).toBeCloseTo(0.25, 10);
    expect(usdOf('CloudWatch')).toBeCloseTo(((1300 + assumptions.accessLogBytes) / 1000) * 0.5, 10);
    expect(usdOf('X-Ray')).toBeCloseTo(0.25, 10);
  });

  test('has a fee of Lambda per request, and one for its time', () => {
    expect(usdOf('Lambda requests')).toBe(0.2);
    expect(usdOf('Lambda duration')).toBeCloseTo((durationMsOf(cancellation, 2) / 1000) * 13.3334, 6);
  });

  test('is the sum of all', () => {
    expect(totalOf(prices)).toBeCloseTo(
      prices.reduce((sum, { usd }) => sum + usd, 0),
      10,
    );
  });
});

describe('the time that Lambda bills', () => {
  test('is that of its transactions and of its other round trips', () => {
    expect(durationMsOf(cancellation, 0)).toBe(2 * assumptions.readMs + assumptions.transactionMs);
  });

  test('stretches the CPU time of a whole core by the share of one that the function gets', () => {
    expect(durationMsOf(none, 10)).toBeCloseTo(10 * (1769 / 1024), 10);
  });
});

describe('the table of prices', () => {
  const table = priceTable({ prices: { ours: prices, a: prices } });

  test('has the price of each unit', () => {
    expect(table).toMatch(/API Gateway, REST +\| +3\.50 per million requests \| +1 request \| +3\.50 \|/);
    expect(table).toContain('0.0000133334 per GB-second');
    expect(table).toContain('0.625 per million units');
  });

  test('is followed by its date, what it assumes and what it leaves out', () => {
    expect(table.endsWith(priceNotes())).toBe(true);
    expect(priceNotes()).toContain(`as of ${unitPrices.asOf}`);
    expect(priceNotes()).toContain(`${assumptions.transactionMs} ms per transaction`);
    expect(priceNotes()).toContain('Left out: ');
  });
});

test('the table of units says how each responds to a repeated request', () => {
  const table = unitsTable({ ours: outcomes, a: outcomes, b: outcomes, c: outcomes }, { ours: 'this service', b: 'b' });
  expect(table).toContain('| this service, repeated request (200) ');
  expect(table).toContain('| b, repeated request (409) ');
});
