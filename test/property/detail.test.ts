import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DetailCancellation, PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { exponentOf, toMinorUnits } from '../../lambda/domain/money.ts';
import { capturedOrder, requestFor, wishes } from '../support/arbitraries.ts';
import { type MemoryDetail, memoryDetail } from '../../tools/in-memory/memory-detail.ts';
import { memoryService } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { send } from '../support/send.ts';
import { askDetail, dataOf } from '../support/send.ts';

async function everyPage(detail: MemoryDetail, orderNo: string, limit: number): Promise<PaymentDetail[]> {
  const pages: PaymentDetail[] = [];
  for (let nextToken: string | undefined; pages.length === 0 || nextToken !== undefined; ) {
    const page = dataOf(await askDetail(detail, { orderNo, limit, ...(nextToken && { nextToken }) }));
    pages.push(page);
    ({ nextToken } = page);
  }
  return pages;
}

describe('whatever was canceled of an order', () => {
  test('its pages list each cancellation once, and add up to what is canceled and what remains of each line', async () => {
    const requests = fc.array(fc.record({ wished: wishes, waitMs: fc.nat({ max: 2 }) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(capturedOrder, requests, fc.integer({ min: 1, max: 4 }), async (order, sequence, limit) => {
        const service = memoryService([order]);
        for (const [index, { wished, waitMs }] of sequence.entries()) {
          service.nowMs += waitMs;
          const headers = { 'X-Currency-Code': order.currencyCode, 'X-Idempotency-Key': `key-${index}` };
          await send(service, requestFor(order, wished), { headers });
        }
        const pages = await everyPage(memoryDetail(service), order.orderNo, limit);
        const listed = pages.flatMap(({ cancellations }) => cancellations ?? []);
        const applied = [...service.records.values()].toSorted((one, other) => one.orderVersion - other.orderVersion);
        expect(listed.map(({ returnRequestId }) => returnRequestId)).toEqual(
          applied.map(({ returnRequestId }) => returnRequestId),
        );

        const minor = (amount: number) => toMinorUnits(amount, exponentOf(order.currencyCode)) ?? -1n;
        const items = pages[0]?.items ?? [];
        for (const item of items) {
          const canceled = listed.flatMap((one) => one.items).filter(({ seq }) => seq === item.seq);
          expect(sumOf(canceled, ({ quantity, amount }) => BigInt(quantity) * minor(amount))).toBe(
            minor(item.totalCanceledAmount),
          );
          expect(sumOf(canceled, ({ canceledQuantity }) => BigInt(canceledQuantity))).toBe(
            BigInt(item.canceledQuantity),
          );
          expect(BigInt(item.quantity) * minor(item.amount)).toBe(
            minor(item.totalCanceledAmount) + minor(item.totalRemainingAmount),
          );
          expect(BigInt(item.quantity) * minor(item.taxAmount)).toBe(
            minor(item.totalCanceledTaxAmount) + minor(item.totalRemainingTaxAmount),
          );
          expect(item.canceledQuantity + item.remainingQuantity).toBe(item.quantity);
        }
        const taxOf = ({ totalProductTaxAmount, totalDeliveryTaxAmount }: DetailCancellation) =>
          minor(totalProductTaxAmount) + minor(totalDeliveryTaxAmount);
        expect(sumOf(listed, taxOf)).toBe(sumOf(items, ({ totalCanceledTaxAmount }) => minor(totalCanceledTaxAmount)));
      }),
    );
  });
});

describe('whatever a body is', () => {
  const detail = memoryDetail(memoryService([orderOf()]));
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom('ORD20251224001', 20, 'RETREQ1'));

  test('it gets a documented envelope, and never a failure', async () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ orderNo: field, limit: field, nextToken: field }, { requiredKeys: [] })
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect([200, 400, 404]).toContain((await askDetail(detail, body)).status);
      }),
      { numRuns: 500 },
    );
  });
});

function sumOf<Value>(values: readonly Value[], part: (value: Value) => bigint): bigint {
  return values.reduce((sum, value) => sum + part(value), 0n);
}
