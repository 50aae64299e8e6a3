import { describe, expect, test } from '@jest/globals';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { memoryDetail } from '../../../../tools/in-memory/memory-detail.ts';
import { memoryService, recordKeyText, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf, store } from '../../../../tools/in-memory/requests.ts';
import { askDetail, dataOf, send } from '../../../support/send.ts';

const orderNo = 'ORD20251224001';

/** A service with an order of which 1000 was canceled several times, a second apart, and its detail route. */
async function canceledOften(times: number) {
  const service = memoryService([
    orderOf({ lines: [lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: 1_000_000n })] }),
  ]);
  for (let index = 0; index < times; index += 1) {
    service.nowMs = startOfTest + index * 1000;
    const sent = await send(service, requestOf([itemOf({ amount: 1000 })]), {
      headers: { 'X-Idempotency-Key': `key-${index}` },
    });
    dataOf(sent);
  }
  return { service, detail: memoryDetail(service) };
}

describe('the detail of an order', () => {
  test('says what was paid, what was canceled and what remains of each line', async () => {
    const service = memoryService([orderOf()]);
    await send(service, requestOf([{ ...itemOf({ seq: 1, itemId: 'P001', amount: 50_000 }), taxAmount: 5000 }]));
    await send(service, requestOf([itemOf({ amount: 2000 })]));
    const { items, ...data } = dataOf(await askDetail(memoryDetail(service), { orderNo }));
    expect(data).toMatchObject({ orderNo, currencyCode: 'KRW', paymentStatus: 'PARTIALLY_CANCELED' });
    expect(items).toEqual([
      {
        seq: 1,
        itemType: 'PHYSICAL',
        itemId: 'P001',
        quantity: 2,
        amount: 50_000,
        taxAmount: 5000,
        canceledQuantity: 1,
        totalCanceledAmount: 50_000,
        totalCanceledTaxAmount: 5000,
        remainingQuantity: 1,
        totalRemainingAmount: 50_000,
        totalRemainingTaxAmount: 5000,
      },
      expect.objectContaining({ seq: 2, canceledQuantity: 0, totalRemainingAmount: 3000 }),
      expect.objectContaining({
        seq: 3,
        canceledQuantity: 0,
        totalCanceledAmount: 2000,
        remainingQuantity: 1,
        totalRemainingAmount: 1000,
      }),
    ]);
  });

  test('lists each cancellation as its response had it, with its kind and its time in the asked zone', async () => {
    const service = memoryService([orderOf()]);
    const { orderNo: _orderNo, ...canceled } = dataOf(await send(service, exampleRequest('full-order')));
    const response = await askDetail(memoryDetail(service), { orderNo }, { headers: { 'Time-Zone': 'Asia/Seoul' } });
    expect(dataOf(response).cancellations).toEqual([
      { ...canceled, kind: 'REFUND', createdAt: '2025-12-31T06:14:13.909+09:00' },
    ]);
    expect(dataOf(response)).not.toHaveProperty('nextToken');
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  test('of an order that was never canceled has no cancellations', async () => {
    const detail = memoryDetail(memoryService([orderOf({ paymentStatus: 'AUTHORIZED' })]));
    expect(dataOf(await askDetail(detail, { orderNo }))).toMatchObject({
      paymentStatus: 'AUTHORIZED',
      cancellations: [],
    });
  });

  test('has amounts in major units', async () => {
    const line = lineOf({ quantity: 1, unitAmountMinor: 1999n, unitTaxMinor: 182n });
    const detail = memoryDetail(memoryService([orderOf({ currencyCode: 'USD', lines: [line] })]));
    // The currency of the request is not compared: the response names that of the order.
    expect(dataOf(await askDetail(detail, { orderNo }))).toMatchObject({
      currencyCode: 'USD',
      items: [{ amount: 19.99, taxAmount: 1.82, totalRemainingAmount: 19.99 }],
    });
  });

  test('never has the refund account', async () => {
    const service = memoryService([orderOf({ refundMethod: 'BANK_ACCOUNT' })]);
    const refundAccount = { accountNumber: 'canary-1', bankCode: 'canary-2', accountHolderName: 'canary-3' };
    dataOf(await send(service, requestOf([itemOf()], { refundAccount })));
    const { text } = await askDetail(memoryDetail(service), { orderNo });
    expect(text).toContain('"processedCount":1');
    expect(text).not.toContain('canary');
  });
});

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

  test('have one order also for cancellations of the same millisecond', async () => {
    const { service, detail } = await canceledOften(3);
    for (const [key, record] of service.records) service.records.set(key, { ...record, createdAtMs: startOfTest });
    const ids = [...service.records.values()].map(({ returnRequestId }) => returnRequestId);
    service.records.set('STORE-1/other K#1', [...service.records.values()][0] as never);
    const data = dataOf(await askDetail(detail, { orderNo }));
    expect(data.cancellations?.map(({ returnRequestId }) => returnRequestId)).toEqual(ids.toSorted());
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

  test('end where the cancellations have become too many meanwhile: the token is refused, not ignored', async () => {
    const { detail } = await canceledOften(2);
    const { nextToken } = dataOf(await askDetail(detail, { orderNo, limit: 1 }));
    detail.history.listCancellations = async () => undefined;
    const { status, envelope } = await askDetail(detail, { orderNo, limit: 1, nextToken });
    expect([status, envelope.errors?.[0]?.field]).toEqual([400, '/nextToken']);
  });
});

describe('the limit', () => {
  test.each([1, 100])('may be %s', async (limit) => {
    const { detail } = await canceledOften(2);
    expect(dataOf(await askDetail(detail, { orderNo, limit })).cancellations).toHaveLength(Math.min(limit, 2));
  });

  test.each([0, 101, 1.5, '20', null])('may not be %s', async (limit) => {
    const { envelope } = await askDetail(memoryDetail(memoryService([orderOf()])), { orderNo, limit });
    expect(envelope.errors).toEqual([
      {
        field: '/limit',
        reason: 'FIELD_INVALID',
        message: 'limit must be a whole number from 1 to 100, without quotes; leave it out for 20.',
      },
    ]);
  });
});

describe('a response is of one instant', () => {
  test('an order that changes meanwhile is read again', async () => {
    const { service, detail } = await canceledOften(1);
    const { listCancellations } = detail.history;
    let isFirst = true;
    detail.history.listCancellations = async (...args) => {
      const listed = await listCancellations(...args);
      if (isFirst) await send(service, requestOf([itemOf({ amount: 500 })]));
      isFirst = false;
      return listed;
    };
    const { items, cancellations } = dataOf(await askDetail(detail, { orderNo }));
    const sum = (cancellations ?? []).reduce((total, { totalProductAmount }) => total + totalProductAmount, 0);
    expect([sum, items[0]?.totalCanceledAmount]).toEqual([1500, 1500]);
    expect(detail.reports[0]?.attempts).toBe(2);
  });

  test('an order that changes during every attempt is a 503', async () => {
    const { service, detail } = await canceledOften(1);
    let version = 10;
    detail.history.findOrder = async () => orderOf({ version: (version += 1) });
    const { status, headers, envelope } = await askDetail(detail, { orderNo });
    expect([status, headers['Retry-After'], envelope.resultCode]).toEqual([503, '1', 'EBP-C-0011']);
    expect(service.pauses.length).toBeGreaterThan(0);
    expect(detail.reports[0]?.attempts).toBe(service.pauses.length + 1);
  });
});

describe('a request', () => {
  const found = memoryService([orderOf(), orderOf({ storeId: 'STORE-2', orderNo: 'ORD-OF-STORE-2' })]);

  test.each(['ORD-UNKNOWN', 'ORD-OF-STORE-2'])(
    'for %s, which is no order of the store, finds nothing',
    async (unknown) => {
      const { status, envelope } = await askDetail(memoryDetail(found), { orderNo: unknown });
      expect([status, envelope.resultCode]).toEqual([404, 'EBP-Z-0002']);
      expect(envelope.errors).toMatchObject([{ field: '/orderNo', reason: 'ORDER_NOT_FOUND' }]);
    },
  );

  test('ignores an idempotency key', async () => {
    const detail = memoryDetail(found);
    const sending = { headers: { 'X-Idempotency-Key': 'key' } };
    const first = await askDetail(detail, { orderNo }, sending);
    expect((await askDetail(detail, { orderNo, limit: 5 }, sending)).envelope.data).toEqual(first.envelope.data);
    expect(found.records.has(recordKeyText({ storeId: store.storeId, orderNo, cancellationKey: 'K#key' }))).toBe(false);
  });

  test.each([
    ['{}', 'FIELD_MISSING /orderNo'],
    ['[]', 'FIELD_INVALID '],
    ['{"orderNo":"a/b"}', 'FIELD_INVALID /orderNo'],
    ['{"orderNo":"A","page":2}', 'FIELD_UNKNOWN /page'],
    ['{"orderNo":"A","orderNo":"B"}', 'FIELD_REPEATED /orderNo'],
    ['{"orderNo":"A","limit":1.00000000000000001}', 'TOO_MANY_DIGITS /limit'],
    ['{"orderNo":"A","items":[{"items":1,"items":2}]}', 'FIELD_UNKNOWN /items'],
  ])('%s breaks the schema', async (body, error) => {
    const { status, envelope } = await askDetail(memoryDetail(found), body);
    expect([status, envelope.resultCode]).toEqual([400, 'EBP-C-0007']);
    expect((envelope.errors ?? []).map(({ reason, field }) => `${reason} ${field}`)).toEqual([error]);
  });

  test('with an unknown field is refused with the fields there are, in both languages', async () => {
    const { envelope } = await askDetail(memoryDetail(found), { orderNo, page: 2 });
    expect(envelope.errors?.[0]?.message).toContain('orderNo, limit, nextToken');
    const korean = await askDetail(
      memoryDetail(found),
      { orderNo, limit: 0 },
      { headers: { 'X-System-Language': 'ko' } },
    );
    expect(korean.envelope.errors?.[0]?.message).toContain('1부터 100까지의 정수');
  });
});

describe('the checks', () => {
  const json = JSON.stringify({ orderNo });
  const checks = [
    ['size', 413, 'EBP-C-0006'],
    ['headers', 400, 'EBP-A-0001'],
    ['signature', 401, 'EBP-A-0001'],
    ['media type', 415, 'EBP-C-0006'],
    ['JSON', 400, 'EBP-C-0006'],
    ['schema', 400, 'EBP-C-0007'],
    ['order', 404, 'EBP-Z-0002'],
  ] as const;
  type Check = (typeof checks)[number][0];

  test.each(checks)('come in the order of the cancel call: %s before all later ones', async (first, status, code) => {
    const names = checks.map(([name]) => name);
    const fails = (check: Check) => names.indexOf(check) >= names.indexOf(first);
    const request = JSON.stringify({ orderNo: 'ORD-UNKNOWN', ...(fails('schema') ? { limit: 0 } : {}) });
    const text = (fails('JSON') ? '{' : request) + (fails('size') ? ' '.repeat(65_536) : '');
    const headers = {
      ...(fails('headers') ? { 'X-Ric-Code': 'XXX' } : {}),
      ...(fails('signature') ? { 'X-EBP-Signature': '0'.repeat(64) } : {}),
      ...(fails('media type') ? { 'Content-Type': 'text/plain' } : {}),
    };
    const response = await askDetail(memoryDetail(memoryService([orderOf()])), text, { headers });
    expect([response.status, response.envelope.resultCode]).toEqual([status, code]);
  });

  test.each([
    ['revoked', { isRevoked: true }],
    ['expired', { expiresAtMs: startOfTest }],
    ["another store's", { storeId: 'STORE-2' }],
  ])('refuse a key that is %s', async (_what, overrides) => {
    const service = memoryService([orderOf()]);
    service.keys.set(store.accessKey, credentialOf(store, overrides));
    const { status } = await askDetail(memoryDetail(service), json);
    expect(status).toBe(401);
  });
});

describe('a failure', () => {
  test('of DynamoDB asks for another try', async () => {
    const detail = memoryDetail(memoryService([orderOf()]));
    detail.history.listCancellations = async () => {
      throw new DatabaseUnavailable('A read was not answered.');
    };
    const { status, headers } = await askDetail(detail, { orderNo });
    expect([status, headers['Retry-After']]).toEqual([503, '1']);
  });

  test('of anything else leaks nothing', async () => {
    const detail = memoryDetail(memoryService([orderOf()]));
    detail.history.findOrder = async () => {
      throw new Error('canary');
    };
    const { status, text } = await askDetail(detail, { orderNo });
    expect([status, text.includes('canary')]).toEqual([500, false]);
  });

  test('is the response for an order of which more was canceled than was paid', async () => {
    const canceled = { units: 3, amountMinor: 150_000n, taxMinor: 0n };
    const detail = memoryDetail(memoryService([orderOf({ lines: [lineOf({ canceled })] })]));
    expect((await askDetail(detail, { orderNo })).status).toBe(500);
    expect(detail.reports[0]?.error).toMatchObject({ name: 'InvariantViolated' });
  });
});
