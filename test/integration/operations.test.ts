import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { accessKeyHashOf } from '../../lambda/dynamodb/credential-repository.ts';
import { putOrders } from '../../tools/orders/put-orders.ts';
import { showOrder } from '../../tools/orders/show-order.ts';
import { issueCredential, revokeCredential } from '../../tools/operator/credentials.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';

let service: EngineService;

beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});

describe('the keys of stores', () => {
  const body = JSON.stringify(requestOf([itemOf()], { orderNo: 'NO-SUCH-ORDER' }));
  const statusWith = async (key: { accessKey: string; hashKey: string }) => {
    const event = eventOf(body, headersOf(body, {}, { ...service.store, ...key }));
    return (await service.handler(event, contextOf())).statusCode;
  };

  test('an issued key authenticates, and no longer does once it is revoked', async () => {
    const key = await issueCredential(service.client, tables.storeKeys, service.store, Date.now());
    const revoked = await issueCredential(service.client, tables.storeKeys, service.store, Date.now());
    expect(await revokeCredential(service.client, tables.storeKeys, revoked.accessKeyHash, Date.now())).toBe(true);
    expect(await statusWith(key)).toBe(404);
    expect(await statusWith(revoked)).toBe(401);
  });

  test('are valid for one year', async () => {
    const aYearAgo = Date.now() - 365 * 24 * 60 * 60 * 1000;
    const expired = await issueCredential(service.client, tables.storeKeys, service.store, aYearAgo - 1);
    const lasting = await issueCredential(service.client, tables.storeKeys, service.store, aYearAgo + 60_000);
    expect(await statusWith(expired)).toBe(401);
    expect(await statusWith(lasting)).toBe(404);
  });

  test('are stored under the hash of the access key, which itself is stored nowhere', async () => {
    const { accessKey, accessKeyHash } = await issueCredential(
      service.client,
      tables.storeKeys,
      service.store,
      Date.now(),
    );
    expect(accessKeyHash).toBe(accessKeyHashOf(accessKey));
    const Key = { accessKeyHash };
    const { Item } = await service.client.send(new GetCommand({ TableName: tables.storeKeys, Key }));
    expect(Item).toMatchObject({ storeId: service.store.storeId });
    expect(Object.values(Item ?? {})).not.toContain(accessKey);
  });

  test('a key that does not exist is not revoked', async () => {
    expect(await revokeCredential(service.client, tables.storeKeys, '0'.repeat(64), Date.now())).toBe(false);
  });
});

describe('orders', () => {
  test('an import never overwrites an order that exists', async () => {
    const { storeId } = service.store;
    const order = await service.putOrder(orderOf({ orderNo: 'KEPT' }));
    await service.cancel(requestOf([itemOf()], { orderNo: 'KEPT' }));
    const result = await putOrders(service.client, tables.orders, [order, orderOf({ storeId, orderNo: 'NEW' })]);
    expect(result).toEqual({ added: 1, existing: ['KEPT'] });
    expect(await service.readOrder('KEPT')).toMatchObject({ paymentStatus: 'PARTIALLY_CANCELED', version: 2 });
  });

  test('an order is shown with what remains of it and its cancellations, in their sequence', async () => {
    await service.putOrder(orderOf({ orderNo: 'SHOWN' }));
    await service.cancel(requestOf([itemOf({ amount: 2000 })], { orderNo: 'SHOWN' }), { 'X-Idempotency-Key': 'zzz' });
    await service.cancel(requestOf([itemOf({ amount: 1000 })], { orderNo: 'SHOWN' }), { 'X-Idempotency-Key': 'aaa' });
    expect(await showOrder(service.client, tables, service.store.storeId, 'SHOWN')).toMatchObject({
      paymentStatus: 'PARTIALLY_CANCELED',
      version: 3,
      etag: '"SHOWN.3"',
      items: [{}, {}, { seq: 3, remaining: { quantity: 0, amount: '0', taxAmount: '0' } }],
      cancellations: [
        { idempotencyKey: 'zzz', version: 2, kind: 'REFUND', lines: [{ seq: 3, quantity: 0, amount: '2000' }] },
        { idempotencyKey: 'aaa', version: 3, kind: 'REFUND', lines: [{ seq: 3, quantity: 1, amount: '1000' }] },
      ],
    });
    expect(await showOrder(service.client, tables, service.store.storeId, 'NO-SUCH-ORDER')).toBeUndefined();
  });
});
