import { describe, expect, test } from '@jest/globals';
import { refusals } from '../../../../lambda/contract/result-codes.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { memoryDetail } from '../../../../tools/in-memory/memory-detail.ts';
import { memoryService, recordKeyText, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf, store } from '../../../../tools/in-memory/requests.ts';
import { canceledOften } from '../../../support/canceled-often.ts';
import { askDetail, dataOf, send } from '../../../support/send.ts';

const orderNo = 'ORD20251224001';

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
    const { orderNo: _orderNo, items, ...canceled } = dataOf(await send(service, exampleRequest('full-order')));
    const response = await askDetail(memoryDetail(service), { orderNo }, { headers: { 'Time-Zone': 'Asia/Seoul' } });
    expect(dataOf(response).cancellations).toEqual([
      {
        ...canceled,
        kind: 'REFUND',
        origin: 'MERCHANT',
        createdAt: '2025-12-31T06:14:13.909+09:00',
        items: items.map((item) => ({ ...item, canceledQuantity: item.quantity })),
      },
    ]);
    expect(dataOf(response)).not.toHaveProperty('nextToken');
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  test('has the idempotency key of each cancellation that was sent with one', async () => {
    const service = memoryService([orderOf()]);
    const keys = ['key #1', undefined, 'K#2'];
    for (const [index, key] of keys.entries()) {
      dataOf(
        await send(service, requestOf([itemOf({ amount: index + 1 })]), { headers: { 'X-Idempotency-Key': key } }),
      );
    }
    const { cancellations } = dataOf(await askDetail(memoryDetail(service), { orderNo }));
    expect(cancellations?.map(({ idempotencyKey }) => idempotencyKey)).toEqual(keys);
    expect(cancellations?.[1]).not.toHaveProperty('idempotencyKey');
  });

  test('says which cancellations the platform has reported', async () => {
    const service = memoryService([orderOf()]);
    dataOf(await send(service, requestOf([itemOf({ amount: 1 })])));
    const [[key, record] = ['', undefined]] = service.records;
    if (record === undefined) throw new Error('Nothing was recorded.');
    service.records.set(key, { ...record, cancellationKey: 'P#chargeback-1' });
    const { cancellations } = dataOf(await askDetail(memoryDetail(service), { orderNo }));
    expect(cancellations?.map(({ origin }) => origin)).toEqual(['PLATFORM']);
    expect(cancellations?.[0]).not.toHaveProperty('idempotencyKey');
  });

  test('says which units each item took off its line: those of its line are as many as were canceled', async () => {
    const lines = [lineOf({ quantity: 2, unitAmountMinor: 100n, unitTaxMinor: 0n })];
    const service = memoryService([orderOf({ lines })]);
    const item = itemOf({ seq: 1, itemId: 'P001' });
    dataOf(await send(service, requestOf([{ ...item, quantity: 2, amount: 50 }])));
    dataOf(await send(service, requestOf([{ ...item, quantity: 1, amount: 100 }])));
    const { items, cancellations } = dataOf(await askDetail(memoryDetail(service), { orderNo }));
    expect(cancellations?.map((each) => each.items[0])).toMatchObject([
      { quantity: 2, canceledQuantity: 0 },
      { quantity: 1, canceledQuantity: 2 },
    ]);
    expect(items[0]?.canceledQuantity).toBe(2);
  });

  test('has the ETag of the state that it shows, which a cancellation is then meant for', async () => {
    const service = memoryService([orderOf({ version: 5 })]);
    const { headers } = await askDetail(memoryDetail(service), { orderNo });
    expect(headers).toHaveProperty('ETag', '"ORD20251224001.5"');
    const meantFor = { headers: { 'If-Match': String(headers['ETag']) } };
    const canceled = await send(service, requestOf([itemOf({ amount: 1 })]), meantFor);
    expect(canceled.headers).toHaveProperty('ETag', '"ORD20251224001.6"');
    expect((await askDetail(memoryDetail(service), { orderNo })).headers['ETag']).toBe('"ORD20251224001.6"');
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

describe('a response is of one instant', () => {
  test('also where a cancellation is applied between its two reads', async () => {
    const { service, detail } = await canceledOften(1);
    const { listCancellations } = detail.history;
    detail.history.listCancellations = async (...args) => {
      dataOf(await send(service, requestOf([itemOf({ amount: 500 })])));
      return await listCancellations(...args);
    };
    const response = await askDetail(detail, { orderNo });
    const { items, cancellations } = dataOf(response);
    const sum = (cancellations ?? []).reduce((total, { totalProductAmount }) => total + totalProductAmount, 0);
    expect([sum, items[0]?.totalCanceledAmount]).toEqual([1000, 1000]);
    expect(response.headers['ETag']).toBe('"ORD20251224001.2"');
    expect(detail.reports[0]?.attempts).toBe(1);
  });

  test('and is an error where order and records do not add up to the end', async () => {
    const { detail } = await canceledOften(1);
    detail.history.listCancellations = async () => [];
    const { status, envelope } = await askDetail(detail, { orderNo });
    expect([status, envelope.resultCode]).toEqual([500, 'EBP-Z-0010']);
    expect(detail.reports[0]?.error).toMatchObject({ name: 'InvariantViolated' });
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

  test('ignores If-Match, which no other state than the present one can be read with', async () => {
    const sending = { headers: { 'If-Match': '"ORD20251224001.99"' } };
    expect((await askDetail(memoryDetail(found), { orderNo }, sending)).status).toBe(200);
  });

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
    ['encoding', 415, 'EBP-C-0006'],
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
      ...(fails('encoding') ? { 'Content-Encoding': 'gzip' } : {}),
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

  test('that only the end of the time shows has canceled nothing: the last resort says so', async () => {
    const detail = memoryDetail(memoryService([orderOf()]));
    detail.history.findOrder = async () => {
      throw Object.assign(new Error('Late.'), { name: 'TimeoutError' });
    };
    const { status, text } = await askDetail(detail, { orderNo });
    expect([status, text]).toEqual([503, expect.stringContaining(refusals.UNAVAILABLE.message.en)]);
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
