import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest } from '../../../../lambda/domain/cancellation.ts';
import { matchRequest } from '../../../../lambda/domain/matched-request.ts';
import type { Order } from '../../../../lambda/domain/order.ts';
import { violationsOfTotal } from '../../../../lambda/domain/total-rule.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { first } from '../../../support/decisions.ts';

const violationsIn = (order: Order, request: CancellationRequest, itemsFirst = false) =>
  violationsOfTotal(matchRequest(request, order), itemsFirst);
const example = exampleRequest('full-order');
const at = { field: '/totalCancelAmount' };

describe('a total is the sum of quantity x amount', () => {
  test('2 x 50000 + 3000 + 3000 is 106000', () => {
    expect(example.totalCancelAmount).toBe(106_000);
    expect(violationsIn(orderOf(), example)).toEqual([]);
  });

  test.each([56_000, 105_999, 106_001, 116_000, 0])('%d is not that sum, which is named', (totalCancelAmount) => {
    expect(violationsIn(orderOf(), { ...example, totalCancelAmount })).toMatchObject([
      { reason: 'TOTAL_MISMATCH', at, shown: '106000' },
    ]);
  });

  test('the sum is exact where doubles are not', () => {
    const order = orderOf({ currencyCode: 'USD' });
    const items = [itemOf({ seq: 1, itemId: 'A', amount: 0.1 }), itemOf({ seq: 2, itemId: 'B', amount: 0.2 })];
    expect(violationsIn(order, requestOf(items, { totalCancelAmount: 0.3 }))).toEqual([]);
    expect(violationsIn(order, requestOf(items, { totalCancelAmount: 0.29 }))).toMatchObject([{ shown: '0.30' }]);
  });

  test('items of no line count too', () => {
    const request = requestOf([itemOf({ seq: 9, amount: 7 })], { totalCancelAmount: 8 });
    expect(violationsIn(orderOf(), request)).toMatchObject([{ reason: 'TOTAL_MISMATCH', shown: '7' }]);
  });
});

describe('decimals of the total', () => {
  test.each([
    ['KRW', 3000.5, '0'],
    ['USD', 3000.005, '2'],
    ['KWD', 3000.0005, '3'],
  ])('%s does not have those of %d', (currencyCode, totalCancelAmount, shown) => {
    const [precision, mismatch] = violationsIn(orderOf({ currencyCode }), requestOf([itemOf()], { totalCancelAmount }));
    expect(precision).toEqual({ reason: 'AMOUNT_PRECISION', at, shown, currencyCode });
    expect(mismatch).toMatchObject({ reason: 'TOTAL_MISMATCH' });
  });

  test('are refused where they are those of the sum as well', () => {
    const order = orderOf({ currencyCode: 'JPY' });
    expect(violationsIn(order, requestOf([itemOf({ amount: 0.5 })]))).toEqual([
      { reason: 'AMOUNT_PRECISION', at, shown: '0', currencyCode: 'JPY' },
    ]);
  });

  test('the sum is named with the decimals that were sent, and with those of the currency otherwise', () => {
    const order = orderOf({ currencyCode: 'USD' });
    const sumOf = (amount: number) =>
      violationsIn(order, requestOf([itemOf({ amount })], { totalCancelAmount: 9.001 })).at(-1)?.shown;
    expect([sumOf(1.0005), sumOf(1.5), sumOf(1)]).toEqual(['1.0005', '1.50', '1.00']);
  });
});

describe('where items have to be corrected first', () => {
  test('the sum of the items as they are is not named as the one to send', () => {
    const violations = violationsIn(orderOf(), requestOf([itemOf({ amount: 4000 })], { totalCancelAmount: 1 }), true);
    expect(violations).toEqual([{ reason: 'TOTAL_MISMATCH', ruleCase: 'ITEMS_FIRST', at, shown: '4000' }]);
  });

  test('no mistake that starts from the amounts is named', () => {
    const twice = requestOf([first], { totalCancelAmount: 50_000 });
    expect(violationsIn(orderOf(), twice, false)).toMatchObject([{ mistake: 'SUM_WITHOUT_QUANTITY' }]);
    expect(violationsIn(orderOf(), twice, true)[0]).not.toHaveProperty('mistake');
  });
});

test('a total that looks like cents is named with the sum that was meant', () => {
  const order = orderOf({
    currencyCode: 'USD',
    lines: [lineOf({ quantity: 2, unitAmountMinor: 1999n, unitTaxMinor: 0n })],
  });
  const request = requestOf([{ ...first, amount: 19.99 }], { totalCancelAmount: 3998 });
  expect(violationsIn(order, request)).toMatchObject([{ shown: '39.98', mistake: 'MINOR_UNITS', meant: '39.98' }]);
});
