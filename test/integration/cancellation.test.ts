import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RefundMethod } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { type Example, exampleRequest, exampleText, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';

let service: EngineService;
let orderNo: string;
let orders = 0;

beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});
beforeEach(async () => {
  service.proxy.reset();
  orderNo = `ORD-${(orders += 1)}`;
  await service.putOrder(orderOf({ orderNo }));
});

const text = (value: unknown) => JSON.stringify(value, (_key, member: unknown) => String(member));

describe('a cancellation on the engine', () => {
  test.each<Example>(['full-order', 'item-level', 'partial-amount'])('%s is applied and recorded', async (example) => {
    const { envelope, status } = await service.cancel({ ...exampleRequest(example), orderNo });
    expect(status).toBe(200);
    const { data } = JSON.parse(exampleText(example, 'response')) as { data: object };
    expect(envelope.data).toEqual({ ...data, orderNo, returnRequestId: expect.stringMatching(/^RETREQ[0-9A-Z]{26}$/) });

    const [record, ...others] = await service.readRecords(orderNo);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      kind: 'REFUND',
      returnRequestId: envelope.data?.returnRequestId,
      dataJson: JSON.stringify(envelope.data),
    });
  });

  test('the order keeps what was canceled of each line, and its version rises', async () => {
    await service.cancel({ ...exampleRequest('full-order'), orderNo });
    const order = await service.readOrder(orderNo);
    expect(order).toMatchObject({ paymentStatus: 'CANCELED', version: 2 });
    expect(order?.lines.map(({ canceled }) => canceled)).toEqual([
      { units: 2, amountMinor: 100_000n, taxMinor: 10_000n },
      { units: 1, amountMinor: 3000n, taxMinor: 0n },
      { units: 1, amountMinor: 3000n, taxMinor: 0n },
    ]);
  });

  test.each<[RefundMethod, object, object | undefined]>([
    [
      'BANK_ACCOUNT',
      { acc: true, tag: expect.stringMatching(/^[0-9a-f]{4}$/) },
      { n: '1234567890', b: '001', h: 'John Doe', until: expect.any(BigInt) },
    ],
    ['ORIGINAL', { cur: 'KRW' }, undefined],
  ])(
    'the refund account of an order of %s is in a table of its own, if it is needed, and nowhere else',
    async (method, ofRecord, account) => {
      const own = `${orderNo}-${method}`;
      await service.putOrder(orderOf({ orderNo: own, refundMethod: method }));
      const { envelope } = await service.cancel({ ...exampleRequest('full-order'), orderNo: own });
      const rid = envelope.data?.returnRequestId ?? '';
      expect(text(await service.readOrder(own))).not.toContain('1234567890');
      const rows = await service.readRecordRows(own);
      expect(rows).toEqual([expect.objectContaining(ofRecord)]);
      expect(text(rows)).not.toContain('1234567890');

      const Key = { orderKey: orderKeyOf({ storeId: service.store.storeId, orderNo: own }), refundKey: `${rid}#1` };
      const { Item } = await service.client.send(new GetCommand({ TableName: tables.refundAccounts, Key }));
      const kept = account === undefined ? undefined : { ...Key, ...account };
      expect(Item).toEqual(kept);
    },
  );

  test('costs two round trips when the credential is cached, a replay and a refusal one', async () => {
    const request = { ...exampleRequest('partial-amount'), orderNo };
    await service.putOrder(orderOf({ orderNo: `${orderNo}-other` }));
    await service.cancel({ ...exampleRequest('full-order'), orderNo: `${orderNo}-other` });
    const costOf = async (call: () => Promise<unknown>) => {
      service.proxy.reset();
      await call();
      return (['GetItem', 'BatchGetItem', 'TransactWriteItems'] as const).map(service.proxy.calls);
    };
    const refused = requestOf([itemOf({ quantity: 9 })], { orderNo });
    expect(await costOf(() => service.cancel(refused))).toEqual([0, 1, 0]);
    expect(await costOf(() => service.cancel(request))).toEqual([0, 1, 1]);
    expect(await costOf(() => service.cancel(request))).toEqual([0, 1, 0]);
  });

  test('a hundred items of an order of five hundred lines are one transaction', async () => {
    const lines = Array.from({ length: 500 }, (_value, index) => lineOf({ seq: index + 1, itemId: `P${index}` }));
    await service.putOrder(orderOf({ orderNo: `${orderNo}-large`, lines }));
    const items = lines.slice(400).map(({ seq, itemId }) => itemOf({ seq, itemId, quantity: 2, amount: 50_000 }));
    const { status } = await service.cancel(requestOf(items, { orderNo: `${orderNo}-large` }));
    expect(status).toBe(200);
    const order = await service.readOrder(`${orderNo}-large`);
    expect(order?.lines.filter(({ canceled }) => canceled.units === 2)).toHaveLength(100);
  });

  test("another store's order looks like one that does not exist", async () => {
    const other = await startEngineService();
    try {
      const foreign = await other.cancel({ ...exampleRequest('full-order'), orderNo });
      const missing = await other.cancel({ ...exampleRequest('full-order'), orderNo: 'NO-SUCH-ORDER' });
      expect(foreign.status).toBe(404);
      const { requestId: _id, timestamp: _time, ...envelope } = foreign.envelope;
      expect(missing.envelope).toMatchObject(envelope);
    } finally {
      await other.stop();
    }
  });
});

describe('many cancellations of one order at once', () => {
  test('with different keys: what the order holds, and never more', async () => {
    const request = requestOf([itemOf({ amount: 1000 })], { orderNo });
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_value, index) =>
        service.cancelUntilFinal(request, { 'X-Idempotency-Key': `key-${index}` }),
      ),
    );
    expect(responses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 200, 200, 400, 400, 400, 400, 400,
    ]);
    const order = await service.readOrder(orderNo);
    expect(order?.lines[2]?.canceled).toEqual({ units: 1, amountMinor: 3000n, taxMinor: 0n });
    expect(await service.readRecords(orderNo)).toHaveLength(3);
  });

  test.each([
    ['one key', { 'X-Idempotency-Key': 'the-key' }],
    ['no key', {}],
  ])('with %s: one cancellation and equal responses', async (_name, headers) => {
    const request = requestOf([itemOf({ amount: 1000 })], { orderNo });
    const responses = await Promise.all(Array.from({ length: 20 }, () => service.cancelUntilFinal(request, headers)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(responses.map(({ envelope }) => JSON.stringify(envelope.data))).size).toBe(1);
    expect(responses.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(await service.readRecords(orderNo)).toHaveLength(1);
    expect((await service.readOrder(orderNo))?.lines[2]?.canceled.amountMinor).toBe(1000n);
  });

  test('with one key and two requests: one is applied, the other refused', async () => {
    const headers = { 'X-Idempotency-Key': 'the-key' };
    const responses = await Promise.all([
      service.cancelUntilFinal(requestOf([itemOf({ amount: 1000 })], { orderNo }), headers),
      service.cancelUntilFinal(requestOf([itemOf({ amount: 2000 })], { orderNo }), headers),
    ]);
    expect(responses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 422]);
    expect(await service.readRecords(orderNo)).toHaveLength(1);
  });
});
