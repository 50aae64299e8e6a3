import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { orderRow } from '../../../../lambda/dynamodb/items.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import {
  inConflict,
  inTime,
  key,
  orderKey,
  readRecord,
  repositoryAnswering,
  storedRecord,
  throttled,
} from '../../../support/answering-repository.ts';
import { canceledFor } from '../../../support/dynamodb-errors.ts';
import { sdkError } from '../../../support/stub-client.ts';

describe('load', () => {
  test('reads the order and the record in one consistent round trip', async () => {
    const { repository, sent } = repositoryAnswering({
      Responses: { orders: [orderRow(orderOf())], cancellations: [storedRecord] },
      UnprocessedKeys: {},
    });
    expect(await repository.load(key, inTime)).toEqual({ kind: 'LOADED', order: orderOf(), record: readRecord });
    expect(sent).toEqual([
      {
        name: 'BatchGetCommand',
        input: {
          RequestItems: {
            orders: { Keys: [{ orderKey }], ConsistentRead: true },
            cancellations: { Keys: [{ orderKey, cancellationKey: 'K#1' }], ConsistentRead: true },
          },
        },
        abortSignal: expect.any(AbortSignal),
      },
    ]);
  });

  test.each([
    ['nothing', {}],
    ['no order and no record', { Responses: { orders: [], cancellations: [] } }],
  ])('finds %s', async (_what, answer) => {
    expect(await repositoryAnswering(answer).repository.load(key, inTime)).toEqual({ kind: 'LOADED' });
  });

  test.each(['orders', 'cancellations'])(
    'a key of %s that was not processed is not one that was not found',
    async (table) => {
      const answer = { Responses: { orders: [orderRow(orderOf())] }, UnprocessedKeys: { [table]: { Keys: [] } } };
      expect(await repositoryAnswering(answer).repository.load(key, inTime)).toEqual(throttled);
    },
  );

  test('that is throttled has to be made again', async () => {
    const { repository } = repositoryAnswering(sdkError('ThrottlingException', 400));
    expect(await repository.load(key, inTime)).toEqual(throttled);
  });

  test('that is not answered is unavailable', async () => {
    const { repository } = repositoryAnswering(sdkError('TimeoutError'));
    await expect(repository.load(key, inTime)).rejects.toThrow(DatabaseUnavailable);
  });

  test.each([
    ['order', { orders: [{ ...orderRow(orderOf()), v: 'one' }] }],
    ['record', { orders: [orderRow(orderOf())], cancellations: [{ ...storedRecord, v: undefined }] }],
  ])('of an impossible %s is neither an order nor a reason to try again', async (_what, Responses) => {
    const { repository } = repositoryAnswering({ Responses });
    await expect(repository.load(key, inTime)).rejects.toThrow(InvariantViolated);
  });

  test('that is refused is a bug', async () => {
    const error = sdkError('ValidationException', 400);
    await expect(repositoryAnswering(error).repository.load(key, inTime)).rejects.toBe(error);
  });

  test('is not made when there is no time', async () => {
    const { repository, sent } = repositoryAnswering({});
    await expect(repository.load(key, () => 0)).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toEqual([]);
  });
});

describe('findRecord', () => {
  test('reads the record in a transaction, so that no transaction at work on it is overlooked', async () => {
    const { repository, sent } = repositoryAnswering({ Responses: [{ Item: storedRecord }] });
    expect(await repository.findRecord(key, inTime)).toEqual({ kind: 'FOUND', record: readRecord });
    const Get = { TableName: 'cancellations', Key: { orderKey, cancellationKey: 'K#1' } };
    expect(sent).toEqual([
      { name: 'TransactGetCommand', input: { TransactItems: [{ Get }] }, abortSignal: expect.any(AbortSignal) },
    ]);
  });

  test('finds none', async () => {
    for (const answer of [{}, { Responses: [] }, { Responses: [{}] }]) {
      expect(await repositoryAnswering(answer).repository.findRecord(key, inTime)).toEqual({ kind: 'FOUND' });
    }
  });

  test.each([
    ['TransactionConflict', inConflict],
    ['ThrottlingError', throttled],
    ['ProvisionedThroughputExceeded', throttled],
  ])('has to be made again while DynamoDB turns it away for %s', async (Code, busy) => {
    const { repository } = repositoryAnswering(canceledFor([{ Code }]));
    expect(await repository.findRecord(key, inTime)).toEqual(busy);
  });

  test('has to be made again where the whole call is throttled', async () => {
    const { repository } = repositoryAnswering(sdkError('ThrottlingException', 400));
    expect(await repository.findRecord(key, inTime)).toEqual(throttled);
  });

  test('that is turned away for another reason is a bug', async () => {
    const { repository } = repositoryAnswering(canceledFor([{ Code: 'ValidationError' }]));
    await expect(repository.findRecord(key, inTime)).rejects.toThrow(TransactionCanceledException);
  });

  test('is unavailable when it is not answered or there is no time', async () => {
    const failing = repositoryAnswering(sdkError('InternalServerError', 500));
    await expect(failing.repository.findRecord(key, inTime)).rejects.toThrow(DatabaseUnavailable);
    const late = repositoryAnswering({});
    await expect(late.repository.findRecord(key, () => 0)).rejects.toThrow(DatabaseUnavailable);
    expect(late.sent).toEqual([]);
  });
});
