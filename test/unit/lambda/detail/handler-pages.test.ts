import { describe, expect, test } from '@jest/globals';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { canceledOften } from '../../../support/canceled-often.ts';
import { askDetail, dataOf } from '../../../support/send.ts';

const orderNo = 'ORD20251224001';

describe('the pages', () => {
  test('list every cancellation once, oldest first, twenty at a time by default', async () => {
    const { service, detail } = await canceledOften(45);
    const listed: string[] = [];
    const sizes: number[] = [];
    for (let nextToken: string | undefined, more = true; more; ) {
      const data = dataOf(await askDetail(detail, { orderNo, ...(nextToken && { nextToken }) }));
      listed.push(...(data.cancellations ?? []).map(({ createdAt }) => createdAt));
      sizes.push(data.cancellations?.length ?? 0);
      ({ nextToken } = data);
      more = nextToken !== undefined;
    }
    expect(sizes).toEqual([20, 20, 5]);
    const times = [...service.records.values()].map(({ createdAtMs }) => new Date(createdAtMs).toISOString());
    expect(listed).toEqual(times.toSorted());
  });

  test('end where the last one is full, without a token', async () => {
    const { detail } = await canceledOften(4);
    const first = dataOf(await askDetail(detail, { orderNo, limit: 2 }));
    const second = dataOf(await askDetail(detail, { orderNo, limit: 2, nextToken: first.nextToken }));
    expect([first.cancellations?.length, second.cancellations?.length, second.nextToken]).toEqual([2, 2, undefined]);
  });

  test('are in the order in which they were applied, not in that of their times', async () => {
    const { service, detail } = await canceledOften(3);
    const ids = [...service.records.values()].map(({ returnRequestId }) => returnRequestId);
    for (const [index, [key, record]] of [...service.records].entries()) {
      service.records.set(key, { ...record, createdAtMs: startOfTest - index });
    }
    service.records.set('STORE-1/other K#1', [...service.records.values()][0] as never);
    const data = dataOf(await askDetail(detail, { orderNo }));
    expect(data.cancellations?.map(({ returnRequestId }) => returnRequestId)).toEqual(ids);
  });

  test.each([
    ['of no cancellation', 'RETREQ00000000000000000000009999'],
    ['that is tampered with', 'RETREQ0000000000000000000000000A'],
    ['in another case', 'retreq00000000000000000000000001'],
    ['of no such characters', 'a/b'],
    ['that is empty', ''],
    ['that is too long', 'R'.repeat(65)],
    ['that is no text', 1],
  ])('do not go on from a token %s', async (_what, nextToken) => {
    const { detail } = await canceledOften(3);
    const { status, envelope } = await askDetail(detail, { orderNo, nextToken });
    expect([status, envelope.resultCode]).toEqual([400, 'EBP-C-0007']);
    expect(envelope.errors).toEqual([
      {
        field: '/nextToken',
        reason: 'FIELD_INVALID',
        message: expect.stringContaining('the nextToken of the answer before, for the same order'),
      },
    ]);
  });

  test("do not go on from another order's token", async () => {
    const { service, detail } = await canceledOften(2);
    const { nextToken } = dataOf(await askDetail(detail, { orderNo, limit: 1 }));
    service.orders.set('STORE-1/ORD-2', orderOf({ orderNo: 'ORD-2' }));
    expect((await askDetail(detail, { orderNo: 'ORD-2', nextToken })).status).toBe(400);
  });

  test('are none where there are too many cancellations to be listed; what remains is still returned', async () => {
    const { detail } = await canceledOften(1);
    detail.history.listCancellations = async () => undefined;
    const data = dataOf(await askDetail(detail, { orderNo }));
    expect(data.cancellations).toBeNull();
    expect(data.items[0]?.totalRemainingAmount).toBe(999_000);
    expect(data).not.toHaveProperty('nextToken');
  });

  test('end with null where the cancellations have become too many meanwhile: the token is not to blame', async () => {
    const { detail } = await canceledOften(2);
    const { nextToken } = dataOf(await askDetail(detail, { orderNo, limit: 1 }));
    detail.history.listCancellations = async () => undefined;
    const data = dataOf(await askDetail(detail, { orderNo, limit: 1, nextToken }));
    expect(data.cancellations).toBeNull();
    expect(data).not.toHaveProperty('nextToken');
  });
});

describe('the limit', () => {
  test.each([1, 100])('may be %s', async (limit) => {
    const { detail } = await canceledOften(2);
    expect(dataOf(await askDetail(detail, { orderNo, limit })).cancellations).toHaveLength(Math.min(limit, 2));
  });

  test.each([0, 101, 1.5, '20', null])('may not be %s', async (limit) => {
    const { envelope } = await askDetail((await canceledOften(1)).detail, { orderNo, limit });
    expect(envelope.errors).toEqual([
      {
        field: '/limit',
        reason: 'FIELD_INVALID',
        message: 'limit must be a whole number from 1 to 100, without quotes; leave it out for 20.',
      },
    ]);
  });
});
