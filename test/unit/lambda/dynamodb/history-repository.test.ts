import { expect, test } from '@jest/globals';
import { orderItem } from '../../../../lambda/dynamodb/items.ts';
import { maxCancellations } from '../../../../lambda/contract/limits.ts';
import { createHistoryStore } from '../../../../lambda/dynamodb/history-repository.ts';
import { StoreUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { orderOf } from '../../../support/orders.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const place = { storeId: 'STORE-1', orderNo: 'ORD20251224001' };
const orderKey = 'STORE-1/ORD20251224001';
const inTime = () => 1000;

function storeAnswering(...answers: readonly object[]) {
  const { client, sent } = stubClient(...answers);
  return { store: createHistoryStore(client, { orders: 'orders', cancellations: 'cancellations' }), sent };
}

const itemsOf = (length: number) =>
  Array.from({ length }, (_value, index) => ({ rid: `RETREQ${index}`, kind: 'REFUND', at: BigInt(index), data: '{}' }));

test('an order is read consistently, in one round trip', async () => {
  const { store, sent } = storeAnswering({ Item: orderItem(orderOf()) });
  expect(await store.findOrder(place, inTime)).toEqual(orderOf());
  expect(sent).toEqual([
    {
      name: 'GetCommand',
      input: { TableName: 'orders', Key: { orderKey }, ConsistentRead: true },
      abortSignal: expect.any(AbortSignal),
    },
  ]);
});

test('an order that is not there is undefined', async () => {
  expect(await storeAnswering({}).store.findOrder(place, inTime)).toBeUndefined();
});

test('cancellations are queried consistently, and without the refund account', async () => {
  const { store, sent } = storeAnswering({ Items: itemsOf(1) });
  const [cancellation] = (await store.listCancellations(place, inTime)) ?? [];
  expect({ ...cancellation, data: cancellation?.data() }).toEqual({
    returnRequestId: 'RETREQ0',
    kind: 'REFUND',
    createdAtMs: 0,
    data: {},
  });
  expect(sent[0]?.input).toMatchObject({
    TableName: 'cancellations',
    ConsistentRead: true,
    KeyConditionExpression: 'orderKey = :orderKey',
    ProjectionExpression: '#rid, #kind, #at, #data',
    ExpressionAttributeValues: { ':orderKey': orderKey },
    ExpressionAttributeNames: { '#rid': 'rid', '#kind': 'kind', '#at': 'at', '#data': 'data' },
    Limit: maxCancellations + 1,
  });
  expect(JSON.stringify(sent[0]?.input)).not.toContain('acct');
});

test('every page is read, each from where the one before ended, and for no more than are told', async () => {
  const LastEvaluatedKey = { orderKey, cancellationKey: 'K#1' };
  const { store, sent } = storeAnswering({ Items: itemsOf(600), LastEvaluatedKey }, { Items: itemsOf(400) });
  expect(await store.listCancellations(place, inTime)).toHaveLength(1000);
  expect(sent[1]?.input).toMatchObject({ ExclusiveStartKey: LastEvaluatedKey, Limit: 401 });
});

test('more than are told are undefined, and no further page is read', async () => {
  const LastEvaluatedKey = { orderKey, cancellationKey: 'K#1' };
  const { store, sent } = storeAnswering({ Items: itemsOf(maxCancellations + 1), LastEvaluatedKey });
  expect(await store.listCancellations(place, inTime)).toBeUndefined();
  expect(sent).toHaveLength(1);
});

test('more than two pages of them are undefined, however few they are, and no third page is read', async () => {
  const page = { Items: itemsOf(10), LastEvaluatedKey: { orderKey, cancellationKey: 'K#1' } };
  const { store, sent } = storeAnswering(page, page, page);
  expect(await store.listCancellations(place, inTime)).toBeUndefined();
  expect(sent).toHaveLength(2);
});

test.each(['findOrder', 'listCancellations'] as const)('%s that is not answered is unavailable', async (name) => {
  await expect(storeAnswering(sdkError('TimeoutError')).store[name](place, inTime)).rejects.toThrow(StoreUnavailable);
});

test.each(['findOrder', 'listCancellations'] as const)('%s is not sent when no time is left', async (name) => {
  const { store, sent } = storeAnswering();
  await expect(store[name](place, () => 0)).rejects.toThrow(StoreUnavailable);
  expect(sent).toEqual([]);
});
