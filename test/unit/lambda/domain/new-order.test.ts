import { describe, expect, test } from '@jest/globals';
import { type DescribedOrder, newOrder, totalOf } from '../../../../lambda/domain/new-order.ts';

const line = { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 3, amount: 10.5, taxAmount: 0.5 } as const;
const described: DescribedOrder = {
  storeId: 'STORE-1',
  orderNo: 'ORD-1',
  currencyCode: 'USD',
  paymentStatus: 'AUTHORIZED',
  refundMethod: 'ORIGINAL',
  items: [line],
};
const lines = (count: number) => Array.from({ length: count }, (_value, index) => ({ ...line, seq: index + 1 }));

describe('a new order', () => {
  test('has minor units, and nothing is canceled of it', () => {
    const made = newOrder(described, 100);
    const { items: _items, ...rest } = described;
    expect(made).toEqual({
      ok: true,
      order: {
        ...rest,
        version: 1,
        lines: [
          {
            seq: 1,
            itemType: 'PHYSICAL',
            itemId: 'P001',
            quantity: 3,
            unitAmountMinor: 1050n,
            unitTaxMinor: 50n,
            canceled: { units: 0, amountMinor: 0n, taxMinor: 0n },
          },
        ],
      },
    });
    expect(made.ok && totalOf(made.order)).toBe(3150n);
  });

  test('has as many lines as a request, until it is captured', () => {
    expect(newOrder({ ...described, items: lines(100) }, 100).ok).toBe(true);
    expect(newOrder({ ...described, items: lines(101) }, 100)).toMatchObject({ ok: false, field: 'items' });
    expect(newOrder({ ...described, paymentStatus: 'CAPTURED', items: lines(101) }, 100).ok).toBe(true);
  });

  test.each([
    ['items/1/seq', [line, line]],
    ['items/0/amount', [{ ...line, amount: 10.505 }]],
    ['items/0/taxAmount', [{ ...line, taxAmount: 0.001 }]],
    ['items/0/taxAmount', [{ ...line, taxAmount: 10.51 }]],
    ['items', [{ ...line, quantity: 1_000_000, amount: 10_000_000.01 }]],
  ])('is refused for its first mistake: %s', (field, items) => {
    expect(newOrder({ ...described, items }, 100)).toEqual({ ok: false, field, problem: expect.any(String) });
  });
});
