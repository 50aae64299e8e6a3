import { describe, expect, test } from '@jest/globals';
import { putSmokeOrder, smokeAccessKeyHash, smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import { type OrderRow, orderOf, type CredentialRow } from '../../../../lambda/dynamodb/items.ts';
import { accessKeyHashOf } from '../../../../lambda/dynamodb/credential-repository.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const tables = { orders: 'orders', storeKeys: 'store-keys' };

async function putOne(nowMs = startOfTest) {
  const { client, sent } = stubClient({}, {});
  const { orderNo, hashKey } = await putSmokeOrder(client, tables, nowMs);
  const [key, order] = sent.map(({ input }) => (input as { readonly Item: unknown }).Item);
  return { orderNo, hashKey, sent, key: key as CredentialRow, order: order as OrderRow };
}

describe('what a deployment is tried with', () => {
  test('is a key and then an order, each put into its table', async () => {
    const { sent } = await putOne();
    expect(sent.map(({ name, input }) => [name, (input as { readonly TableName: string }).TableName])).toEqual([
      ['PutCommand', 'store-keys'],
      ['PutCommand', 'orders'],
    ]);
  });

  test('is a key of the reserved store, for a quarter of an hour', async () => {
    const { key, hashKey } = await putOne();
    expect(key).toEqual({
      accessKeyHash: accessKeyHashOf('smoke-test'),
      storeId: 'SMOKE-TEST',
      divisionCode: 'SMOKE-TEST',
      channelCode: 'SMOKE-TEST',
      hashKey,
      issuedAt: BigInt(startOfTest),
      expiresAt: BigInt(startOfTest + 15 * 60 * 1000),
    });
  });

  test('is signed with 32 random bytes, new ones each time', async () => {
    const [one, other] = await Promise.all([putOne(), putOne()]);
    expect(one.hashKey).toMatch(/^[0-9a-f]{64}$/);
    expect(other.hashKey).not.toBe(one.hashKey);
  });

  test('is a captured order of the reserved store, 1 x 3000 KRW, with nothing canceled', async () => {
    const { order, orderNo } = await putOne();
    expect(orderOf(order)).toEqual({
      storeId: 'SMOKE-TEST',
      orderNo,
      currencyCode: 'KRW',
      paymentStatus: 'CAPTURED',
      refundMethod: 'ORIGINAL',
      version: 1,
      lines: [
        {
          seq: 1,
          itemType: 'PHYSICAL',
          itemId: 'SMOKE',
          quantity: 1,
          unitAmountMinor: 3000n,
          unitTaxMinor: 0n,
          canceled: { units: 0, amountMinor: 0n, taxMinor: 0n },
        },
      ],
    });
  });

  test('is another order each time, with a number that the contract takes', async () => {
    const [one, other] = await Promise.all([putOne(), putOne()]);
    expect(one.orderNo).toMatch(/^SMOKE-[0-9A-Z]{26}$/);
    expect(other.orderNo).not.toBe(one.orderNo);
  });

  test('is within what the permission to put it covers: keys of the reserved store', async () => {
    const { key, order, orderNo } = await putOne();
    expect(order.orderKey).toBe(`${smokeStore.storeId}/${orderNo}`);
    expect(key.accessKeyHash).toBe(smokeAccessKeyHash);
  });

  test('is an error when a table cannot be written', async () => {
    const { client, sent } = stubClient(sdkError('AccessDeniedException', 400));
    await expect(putSmokeOrder(client, tables, startOfTest)).rejects.toThrow('The message of AccessDeniedException.');
    expect(sent).toHaveLength(1);
  });
});
