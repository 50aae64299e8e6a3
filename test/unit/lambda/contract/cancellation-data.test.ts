import { expect, test } from '@jest/globals';
import { cancellationData } from '../../../../lambda/contract/cancellation-data.ts';
import type { CanceledItem, Cancellation } from '../../../../lambda/domain/cancellation.ts';
import { type ItemType } from '../../../../lambda/domain/order.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

function canceled(overrides: Partial<CanceledItem> = {}): CanceledItem {
  const item = { seq: 1, itemType: 'PHYSICAL', itemId: 'A', quantity: 1, amountMinor: 1050n, taxMinor: 50n } as const;
  const { quantity, amountMinor, taxMinor = 0n } = { ...item, ...overrides };
  const taken = {
    units: quantity,
    amountMinor: BigInt(quantity) * amountMinor,
    taxMinor: BigInt(quantity) * taxMinor,
  };
  return { ...item, lineIndex: 0, taken, canceledAfter: zeroAmounts, ...overrides };
}

function dataOf(items: readonly CanceledItem[], currencyCode = 'USD') {
  const cancellation: Cancellation = {
    kind: 'REFUND',
    orderNo: 'ORD-1',
    currencyCode,
    nextStatus: 'PARTIALLY_CANCELED',
    items,
  };
  return cancellationData(cancellation, 'RETREQ1');
}

test('the data has exactly the specified fields, in their order', () => {
  const data = dataOf([canceled({ quantity: 2 })]);
  expect(JSON.stringify(data)).toBe(
    '{"orderNo":"ORD-1","totalProductAmount":21,"totalProductTaxAmount":1,"totalDeliveryAmount":0,' +
      '"totalDeliveryTaxAmount":0,"processedCount":1,"returnRequestId":"RETREQ1",' +
      '"items":[{"seq":1,"itemId":"A","quantity":2,"amount":10.5,"taxAmount":0.5}]}',
  );
});

test.each<[ItemType, 'product' | 'delivery']>([
  ['PHYSICAL', 'product'],
  ['DIGITAL', 'product'],
  ['SUBSCRIPTION', 'product'],
  ['SERVICE', 'product'],
  ['DELIVERY', 'delivery'],
])('%s feeds the totals of %s', (itemType, side) => {
  const isDelivery = side === 'delivery';
  expect(dataOf([canceled({ itemType, quantity: 3 })])).toMatchObject({
    totalProductAmount: isDelivery ? 0 : 31.5,
    totalProductTaxAmount: isDelivery ? 0 : 1.5,
    totalDeliveryAmount: isDelivery ? 31.5 : 0,
    totalDeliveryTaxAmount: isDelivery ? 1.5 : 0,
  });
});

test('the totals sum quantity x amount of several items exactly', () => {
  const items = [
    canceled({ amountMinor: 10n, taxMinor: 1n }),
    canceled({ amountMinor: 20n, taxMinor: 2n, itemType: 'DIGITAL' }),
    canceled({ amountMinor: 70n, taxMinor: 7n, itemType: 'DELIVERY' }),
    canceled({ amountMinor: 10n, taxMinor: undefined, itemType: 'DELIVERY' }),
  ];
  expect(dataOf(items)).toMatchObject({
    totalProductAmount: 0.3,
    totalProductTaxAmount: 0.03,
    totalDeliveryAmount: 0.8,
    totalDeliveryTaxAmount: 0.07,
    processedCount: 4,
  });
});

test('a taxAmount stands only where the request had one', () => {
  const [withTax, without] = dataOf([canceled({ taxMinor: 0n }), canceled({ taxMinor: undefined })]).items;
  expect(withTax).toEqual({ seq: 1, itemId: 'A', quantity: 1, amount: 10.5, taxAmount: 0 });
  expect(without).toEqual({ seq: 1, itemId: 'A', quantity: 1, amount: 10.5 });
});

test.each([
  ['KRW', 1050],
  ['USD', 10.5],
  ['KWD', 1.05],
  ['CLF', 0.105],
])('amounts in %s are in its major units', (currencyCode, amount) => {
  expect(dataOf([canceled()], currencyCode).items[0]?.amount).toBe(amount);
});
