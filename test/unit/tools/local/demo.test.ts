import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decideCancellation } from '../../../../lambda/domain/decide-cancellation.ts';
import { demoExamples, demoOrdersFile, demoStore } from '../../../../tools/local/demo.ts';
import { readOrders } from '../../../../tools/orders/read-orders.ts';
import { exampleRequest } from '../../../../tools/in-memory/requests.ts';

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
    const order = readOrders(readFileSync(demoOrdersFile, 'utf8')).find(
      ({ orderNo, storeId }) => orderNo === request.orderNo && storeId === demoStore.storeId,
    );
    expect(order && decideCancellation(order, request, demoStore.currencyCode)).toMatchObject({ ok: true });
  });

  test('have keys that say where they belong', () => {
    expect(demoStore.accessKey).toContain('localhost-only');
    expect(demoStore.hashKey).toContain('localhost-only');
  });
});
