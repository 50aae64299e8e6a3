import { expect, test } from '@jest/globals';
import { unitsOf } from '../../bench/dynamodb-proxy.ts';
import { assumptions, pricesOf, totalOf, unitPrices } from '../../bench/price.ts';

const namespace = 'com.amazonaws.dynamodb.v20120810#';

test.each([
  ['GetItem', { ConsumedCapacity: { CapacityUnits: 1 } }, { reads: 1, writes: 0 }],
  ['BatchGetItem', { ConsumedCapacity: [{ CapacityUnits: 1 }, { CapacityUnits: 2 }] }, { reads: 3, writes: 0 }],
  ['TransactWriteItems', { ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 2 }] }, { reads: 0, writes: 4 }],
  ['PutItem', { __type: `${namespace}ConditionalCheckFailedException` }, { reads: 0, writes: 1 }],
  ['TransactWriteItems', { __type: `${namespace}TransactionCanceledException` }, { reads: 0, writes: 4 }],
  ['PutItem', { __type: `${namespace}ValidationException` }, { reads: 0, writes: 0 }],
])('%s answered with %j is billed as %j', (operation, output, units) => {
  expect(unitsOf(operation, { TransactItems: [{}, {}] }, output)).toEqual(units);
});

test('the price of a cancellation is the sum of what its units cost', () => {
  const none = { requests: 0, reads: 0, writes: 0 };
  const units = { requests: 2, reads: 2, writes: 4 };
  const prices = pricesOf({ cancellation: units, replay: none, refusal: none, logBytes: 1300 }, 2);
  const usdOf = (name: string) => prices.find(({ component }) => component.startsWith(name))?.usd;
  expect(usdOf('DynamoDB writes')).toBeCloseTo(4 * unitPrices.writeUnitsPerMillion, 10);
  expect(usdOf('DynamoDB reads')).toBeCloseTo(2 * unitPrices.readUnitsPerMillion, 10);
  const seconds = (2 * assumptions.roundTripMs + 2) / 1000;
  expect(usdOf('Lambda')).toBeCloseTo(0.2 + seconds * 13.3334, 6);
  expect(usdOf('CloudWatch')).toBeCloseTo(((1300 + assumptions.accessLogBytes) / 1000) * unitPrices.logGigabyte, 10);
  expect(totalOf(prices)).toBeCloseTo(
    prices.reduce((sum, { usd }) => sum + usd, 0),
    10,
  );
});
