import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DetailCancellation, DetailItem, PaymentDetail } from '../../lambda/detail/payment-detail.ts';
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
        const ids = [...service.records.values()].map(({ returnRequestId }) => returnRequestId);
        expect(listed.map(({ returnRequestId }) => returnRequestId)).toEqual(ids.toSorted());

        const minor = (amount: number) => toMinorUnits(amount, exponentOf(order.currencyCode)) ?? -1n;
        for (const item of pages[0]?.items ?? []) {
          expect(canceledOf(item.seq, listed, minor)).toEqual({
            amountMinor: minor(item.totalCanceledAmount),
            taxMinor: minor(item.totalCanceledTaxAmount),
          });
          expect(paidOf(item, minor)).toEqual(minor(item.totalCanceledAmount) + minor(item.totalRemainingAmount));
          expect(item.canceledQuantity + item.remainingQuantity).toBe(item.quantity);
        }
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

type Minor = (amount: number) => bigint;

function canceledOf(seq: number, listed: readonly DetailCancellation[], minor: Minor) {
  let amountMinor = 0n;
  let taxMinor = 0n;
  for (const item of listed.flatMap(({ items }) => items).filter((one) => one.seq === seq)) {
    amountMinor += BigInt(item.quantity) * minor(item.amount);
    taxMinor += BigInt(item.quantity) * minor(item.taxAmount ?? 0);
  }
  return { amountMinor, taxMinor };
}

function paidOf({ quantity, amount }: DetailItem, minor: Minor): bigint {
  return BigInt(quantity) * minor(amount);
}
