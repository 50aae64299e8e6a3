import { expect, test } from '@jest/globals';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { orderRow } from '../../../../lambda/dynamodb/items.ts';
import { createHistoryRepository } from '../../../../lambda/dynamodb/history-repository.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const orderId = { storeId: 'STORE-1', orderNo: 'ORD20251224001' };
const orderKey = 'STORE-1/ORD20251224001';
const max = 1000;
const inTime = () => 1000;

function repositoryAnswering(...answers: readonly object[]) {
  const { client, sent } = stubClient(...answers);
  const tables = { orders: 'orders', cancellations: 'cancellations', executions: 'executions' };
  return { repository: createHistoryRepository(client, tables), sent };
}

const takenOf3 = { units: 1, amountMinor: 3000n, taxMinor: 0n };

const itemsOf = (length: number) =>
  Array.from({ length }, (_value, index) => ({
    cancellationKey: `K#${index}`,
    rid: `RETREQ${index}`,
    kind: 'REFUND',
    at: BigInt(index),
    v: BigInt(index + 2),
    data: '{}',
    lines: [{ s: 3n, q: 1n, a: 3000n, t: 0n }],
  }));

test('an order is read consistently, in one round trip', async () => {
  const { repository, sent } = repositoryAnswering({ Item: orderRow(orderOf()) });
  expect(await repository.findOrder(orderId, inTime)).toEqual(orderOf());
  expect(sent).toEqual([
    {
      name: 'GetCommand',
      input: { TableName: 'orders', Key: { orderKey }, ConsistentRead: true },
      abortSignal: expect.any(AbortSignal),
    },
  ]);
});

test('an order that is not there is undefined', async () => {
  expect(await repositoryAnswering({}).repository.findOrder(orderId, inTime)).toBeUndefined();
});

test('cancellations are queried consistently, and without the refund account', async () => {
  const { repository, sent } = repositoryAnswering({ Items: itemsOf(1) });
  const [cancellation] = (await repository.listCancellations(orderId, max, inTime)) ?? [];
  expect(cancellation).toMatchObject({
    cancellationKey: 'K#0',
    returnRequestId: 'RETREQ0',
    kind: 'REFUND',
    createdAtMs: 0,
    orderVersion: 2,
    dataJson: '{}',
    lines: [{ seq: 3, ...takenOf3 }],
  });
  expect(sent[0]?.input).toMatchObject({
    TableName: 'cancellations',
    ConsistentRead: true,
    KeyConditionExpression: 'orderKey = :orderKey',
    ProjectionExpression: '#cancellationKey, #rid, #kind, #at, #v, #data, #lines',
    ExpressionAttributeValues: { ':orderKey': orderKey },
    ExpressionAttributeNames: {
      '#cancellationKey': 'cancellationKey',
      '#rid': 'rid',
      '#kind': 'kind',
      '#at': 'at',
      '#v': 'v',
      '#data': 'data',
      '#lines': 'lines',
    },
    Limit: max + 1,
  });
  expect(JSON.stringify(sent[0]?.input)).not.toContain('acct');
});

const executionRows = (length: number) =>
  Array.from({ length }, (_value, index) => ({ rid: `RETREQ${index}`, att: 1n, st: 'REQUESTED', at: BigInt(index) }));

test('executions are queried consistently, and of each no more than a merchant sees', async () => {
  const [row] = executionRows(1);
  const failed = { rid: 'RETREQ1', att: 2n, st: 'FAILED', at: 1n, why: 'ACCOUNT_CLOSED' };
  const { repository, sent } = repositoryAnswering({ Items: [row, failed] });
  expect(await repository.listExecutions(orderId, max, inTime)).toEqual([
    { returnRequestId: 'RETREQ0', attempt: 1, status: 'REQUESTED', updatedAtMs: 0 },
    { returnRequestId: 'RETREQ1', attempt: 2, status: 'FAILED', updatedAtMs: 1, failureReason: 'ACCOUNT_CLOSED' },
  ]);
  expect(sent).toEqual([
    {
      name: 'QueryCommand',
      input: {
        TableName: 'executions',
        KeyConditionExpression: 'orderKey = :orderKey',
        ProjectionExpression: '#rid, #att, #st, #at, #why',
        ExpressionAttributeNames: { '#rid': 'rid', '#att': 'att', '#st': 'st', '#at': 'at', '#why': 'why' },
        ExpressionAttributeValues: { ':orderKey': orderKey },
        ConsistentRead: true,
        Limit: max + 1,
      },
      abortSignal: expect.any(AbortSignal),
    },
  ]);
});

test.each<[string, object]>([
  ['id', { rid: '' }],
  ['attempt', { att: 0n }],
  ['attempt that is text', { att: '1' }],
  ['status', { st: 'PAID' }],
  ['time', { at: undefined }],
  ['reason', { why: 7n }],
])('an execution with an impossible %s is not listed as if it were one', async (_what, changes) => {
  const { repository } = repositoryAnswering({ Items: [...executionRows(1), { ...executionRows(1)[0], ...changes }] });
  await expect(repository.listExecutions(orderId, max, inTime)).rejects.toThrow(InvariantViolated);
});

test('executions have the bounds of cancellations', async () => {
  const LastEvaluatedKey = { orderKey, rid: 'RETREQ1' };
  const all = repositoryAnswering({ Items: executionRows(600), LastEvaluatedKey }, { Items: executionRows(400) });
  expect(await all.repository.listExecutions(orderId, max, inTime)).toHaveLength(max);
  expect(all.sent[1]?.input).toMatchObject({ ExclusiveStartKey: LastEvaluatedKey, Limit: 401 });
  const tooMany = repositoryAnswering({ Items: executionRows(max + 1) });
  expect(await tooMany.repository.listExecutions(orderId, max, inTime)).toBeUndefined();
  const page = { Items: executionRows(10), LastEvaluatedKey };
  const tooLarge = repositoryAnswering(page, page, page);
  expect(await tooLarge.repository.listExecutions(orderId, max, inTime)).toBeUndefined();
  expect(tooLarge.sent).toHaveLength(2);
});

test('a row that nothing here can have written is not listed as if it were one', async () => {
  const [item = {}] = itemsOf(1);
  const order = repositoryAnswering({ Item: { ...orderRow(orderOf()), rm: 'bank' } });
  await expect(order.repository.findOrder(orderId, inTime)).rejects.toThrow(InvariantViolated);
  const cancellation = repositoryAnswering({ Items: [{ ...item, v: undefined }] });
  await expect(cancellation.repository.listCancellations(orderId, max, inTime)).rejects.toThrow(InvariantViolated);
});

test('every page is read, each from where the one before ended, and for no more than may be listed', async () => {
  const LastEvaluatedKey = { orderKey, cancellationKey: 'K#1' };
  const { repository, sent } = repositoryAnswering({ Items: itemsOf(600), LastEvaluatedKey }, { Items: itemsOf(400) });
  expect(await repository.listCancellations(orderId, max, inTime)).toHaveLength(1000);
  expect(sent[1]?.input).toMatchObject({ ExclusiveStartKey: LastEvaluatedKey, Limit: 401 });
});

test('more than may be listed are undefined, and no further page is read', async () => {
  const LastEvaluatedKey = { orderKey, cancellationKey: 'K#1' };
  const { repository, sent } = repositoryAnswering({ Items: itemsOf(max + 1), LastEvaluatedKey });
  expect(await repository.listCancellations(orderId, max, inTime)).toBeUndefined();
  expect(sent).toHaveLength(1);
});

test('more than two pages of them are undefined, however few they are, and no third page is read', async () => {
  const page = { Items: itemsOf(10), LastEvaluatedKey: { orderKey, cancellationKey: 'K#1' } };
  const { repository, sent } = repositoryAnswering(page, page, page);
  expect(await repository.listCancellations(orderId, max, inTime)).toBeUndefined();
  expect(sent).toHaveLength(2);
});

type Repository = ReturnType<typeof createHistoryRepository>;
const reads: ReadonlyArray<[string, (repository: Repository, remainingMs: () => number) => Promise<unknown>]> = [
  ['findOrder', (repository, remainingMs) => repository.findOrder(orderId, remainingMs)],
  ['listCancellations', (repository, remainingMs) => repository.listCancellations(orderId, max, remainingMs)],
  ['listExecutions', (repository, remainingMs) => repository.listExecutions(orderId, max, remainingMs)],
];

test.each(reads)('%s that is not answered is unavailable', async (_name, read) => {
  const { repository } = repositoryAnswering(sdkError('TimeoutError'));
  await expect(read(repository, inTime)).rejects.toThrow(DatabaseUnavailable);
});

test.each(reads)('%s is not sent when no time remains', async (_name, read) => {
  const { repository, sent } = repositoryAnswering();
  await expect(read(repository, () => 0)).rejects.toThrow(DatabaseUnavailable);
  expect(sent).toEqual([]);
});
