import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decideCancellation } from '../../../../lambda/domain/decide-cancellation.ts';
import { demoExamples, demoOrdersFile, demoStore } from '../../../../tools/local/demo.ts';
import { readOrders } from '../../../../tools/orders/read-orders.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest } from '../../../../tools/in-memory/requests.ts';

const orders = readOrders(readFileSync(demoOrdersFile, 'utf8'));

describe("the demo's examples", () => {
  test('are the three of the specification, in its order', () => {
    expect(demoExamples.map(({ request: { orderNo: _orderNo, ...rest } }) => rest)).toEqual(
      (['full-order', 'item-level', 'partial-amount'] as const).map((example) => {
        const { orderNo: _orderNo, ...rest } = exampleRequest(example);
        return rest;
      }),
    );
  });

  test('are each of an order of its own, so that one can be pasted after the other', () => {
    expect(new Set(demoExamples.map(({ request }) => request.orderNo)).size).toBe(3);
  });

  test.each(demoExamples)("$title is possible with the demo's order", ({ request }) => {
    const order = orders.find(({ orderNo, storeId }) => orderNo === request.orderNo && storeId === demoStore.storeId);
    expect(order && decideCancellation(order, request, demoStore.currencyCode)).toMatchObject({ ok: true });
  });

  test('have keys that say where they belong', () => {
    expect(demoStore.accessKey).toContain('localhost-only');
    expect(demoStore.hashKey).toContain('localhost-only');
  });
});

describe("the demo's orders", () => {
  test('are seven, all of the demo store', () => {
    expect(orders.map(({ orderNo }) => orderNo)).toEqual([
      'ORD20251224001',
      'ORD20251224002',
      'ORD20251224003',
      'ORD20251224004',
      'ORD-AUTHORIZED',
      'ORD-BANK-ACCOUNT',
      'ORD-USD',
    ]);
    expect(new Set(orders.map(({ storeId }) => storeId))).toEqual(new Set(['DEMO-STORE']));
  });

  test.each([
    { orderNo: 'ORD20251224001' },
    { orderNo: 'ORD20251224002' },
    { orderNo: 'ORD20251224003' },
    { orderNo: 'ORD20251224004' },
    { orderNo: 'ORD-AUTHORIZED', paymentStatus: 'AUTHORIZED' },
    { orderNo: 'ORD-BANK-ACCOUNT', refundMethod: 'BANK_ACCOUNT' },
  ] as const)("hold the specification's order as $orderNo", (difference) => {
    expect(orders.find(({ orderNo }) => orderNo === difference.orderNo)).toEqual(
      orderOf({ storeId: 'DEMO-STORE', ...difference }),
    );
  });

  test('hold one in dollars with a delivery', () => {
    const inDollars = orders.find(({ currencyCode }) => currencyCode === 'USD');
    expect(inDollars?.lines.map(({ itemType }) => itemType)).toEqual(['DIGITAL', 'DELIVERY']);
    expect(inDollars?.lines.some(({ unitAmountMinor }) => unitAmountMinor % 100n > 0n)).toBe(true);
  });
});
