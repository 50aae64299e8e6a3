import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { cancellationRow, orderRow } from '../../../../lambda/dynamodb/items.ts';
import type { CancellationWrite } from '../../../../lambda/dynamodb/order-repository.ts';
import { noteSilenceBefore } from '../../../../lambda/dynamodb/unanswered-attempts.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf } from '../../../../tools/in-memory/requests.ts';
import {
  inConflict,
  inTime,
  newRecord,
  orderKey,
  readRecord,
  repositoryAnswering,
  storedRecord,
  throttled,
  writeOf,
} from '../../../support/answering-repository.ts';
import { canceledFor } from '../../../support/dynamodb-errors.ts';
import { sdkError } from '../../../support/stub-client.ts';

/** The transaction that a write is sent as. */
async function transactionOf(write: CancellationWrite): Promise<TransactWriteCommandInput> {
  const { repository, sent } = repositoryAnswering({});
  await repository.commit(write, inTime);
  return sent[0]?.input as TransactWriteCommandInput;
}

describe('the write', () => {
  test('changes the order as it was read and puts the record that was not there, both or neither', async () => {
    const { repository, sent } = repositoryAnswering({});
    const canceled = { units: 0, amountMinor: 1n, taxMinor: 0n };
    const [first = lineOf(), ...others] = orderOf().lines;
    const order = orderOf({
      version: 4,
      paymentStatus: 'PARTIALLY_CANCELED',
      lines: [{ ...first, canceled }, ...others],
    });
    const items = [itemOf(), { ...itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount: 5 }), taxAmount: 2 }];
    const write = writeOf(items, order);
    expect(await repository.commit(write, inTime)).toEqual({ kind: 'COMMITTED', isOpen: false });
    expect(sent).toEqual([
      {
        name: 'TransactWriteCommand',
        input: {
          ClientRequestToken: 'RETREQ1-1',
          TransactItems: [
            {
              Update: {
                TableName: 'orders',
                Key: { orderKey },
                UpdateExpression:
                  'SET #status = :nextStatus, #version = :nextVersion, ' +
                  '#lines[2].#canceled = :c0, #lines[0].#canceled = :c1',
                ConditionExpression: '#version = :versionRead AND #status = :statusRead',
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                ExpressionAttributeNames: { '#status': 'st', '#version': 'v', '#lines': 'lines', '#canceled': 'c' },
                ExpressionAttributeValues: {
                  ':statusRead': 'PARTIALLY_CANCELED',
                  ':nextStatus': 'PARTIALLY_CANCELED',
                  ':versionRead': 4,
                  ':nextVersion': 5,
                  ':c0': { q: 1n, a: 3000n, t: 0n },
                  ':c1': { q: 0n, a: 6n, t: 2n },
                },
              },
            },
            {
              Put: {
                TableName: 'cancellations',
                Item: cancellationRow(write.order, newRecord, write.cancellation.items, true),
                ConditionExpression: 'attribute_not_exists(cancellationKey)',
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              },
            },
            {
              Put: {
                TableName: 'accounts',
                // A year later, in seconds.
                Item: { orderKey, refundKey: 'RETREQ1#1', n: '1234567890', until: 1_798_665_254n },
              },
            },
          ],
        },
        abortSignal: expect.any(AbortSignal),
      },
    ]);
  });

  test.each([1, 9, 10, 999_999])('raises version %d by one', async (version) => {
    const { TransactItems = [] } = await transactionOf(writeOf(undefined, orderOf({ version })));
    expect(TransactItems[0]?.Update?.ExpressionAttributeValues).toMatchObject({
      ':versionRead': version,
      ':nextVersion': version + 1,
    });
  });

  test('has an expression of less than 4 KB for 100 items', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => lineOf({ seq: index + 1, itemId: `P${index}` }));
    const items = lines.map(({ seq, itemId }) => itemOf({ seq, itemId, quantity: 2, amount: 50_000 }));
    const { TransactItems = [] } = await transactionOf(writeOf(items, orderOf({ lines })));
    const expression = TransactItems[0]?.Update?.UpdateExpression ?? '';
    expect(expression).toContain('#lines[99].#canceled = :c99');
    expect(Buffer.byteLength(expression)).toBeLessThan(4096);
  });

  test('is not sent when there is no time', async () => {
    const { repository, sent } = repositoryAnswering({});
    await expect(repository.commit(writeOf(), () => 0)).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toEqual([]);
  });
});

const none: CancellationReason = { Code: 'None' };
const answered = { isOpen: false };

describe('a transaction that was canceled', () => {
  const present = orderOf({ version: 7, paymentStatus: 'PARTIALLY_CANCELED' });
  const failed: CancellationReason = { Code: 'ConditionalCheckFailed', Item: marshall(orderRow(present)) };
  const gone: CancellationReason = { Code: 'ConditionalCheckFailed' };
  const conflict: CancellationReason = { Code: 'TransactionConflict' };
  const throttling: CancellationReason = { Code: 'ThrottlingError' };
  const exceeded: CancellationReason = { Code: 'ProvisionedThroughputExceeded' };
  const recordThere: CancellationReason = { Code: 'ConditionalCheckFailed', Item: marshall(storedRecord) };

  const canceledForNothing = new TransactionCanceledException({ message: 'Transaction cancelled.', $metadata: {} });
  const recordExists = { kind: 'RECORD_EXISTS', record: readRecord };
  const orderChanged = { kind: 'ORDER_CHANGED', order: present };
  test.each<[string, CancellationReason, CancellationReason, object]>([
    ['the order moved: it is read in the same round trip', failed, none, orderChanged],
    ['the order is gone', gone, none, { kind: 'ORDER_CHANGED', order: undefined }],
    ['the record is there', none, recordThere, recordExists],
    ['the record is there, and the order moved because of it', failed, recordThere, recordExists],
    ['the record is there, and the order is in conflict', conflict, recordThere, recordExists],
    ['the order moved, and the record is in conflict', failed, conflict, orderChanged],
    ['the order is in conflict', conflict, none, inConflict],
    ['the record is in conflict', none, conflict, inConflict],
    ['the order is throttled', throttling, none, throttled],
    ['the record is throttled', none, throttling, throttled],
    ['the order has exceeded its throughput', exceeded, none, throttled],
    ['the record has exceeded its throughput', none, exceeded, throttled],
    ['one is throttled, the other in conflict', throttling, conflict, inConflict],
  ])('because %s', async (_why, ofOrder, ofRecord, outcome) => {
    const { repository, sent } = repositoryAnswering(canceledFor([ofOrder, ofRecord]));
    expect(await repository.commit(writeOf(), inTime)).toEqual({ ...outcome, ...answered });
    expect(sent).toHaveLength(1);
  });

  test('after an attempt that was not answered leaves the effect of that one open', async () => {
    for (const reasons of [
      [failed, none],
      [none, recordThere],
      [conflict, none],
    ]) {
      const error = canceledFor(reasons);
      noteSilenceBefore(error);
      expect(await repositoryAnswering(error).repository.commit(writeOf(), inTime)).toHaveProperty('isOpen', true);
    }
  });

  test('and shows an order or a record that cannot be is no reason to try again', async () => {
    const impossible = [
      canceledFor([{ ...failed, Item: marshall({ ...orderRow(present), rm: 'bank' }) }, none]),
      canceledFor([none, { ...recordThere, Item: marshall({ ...storedRecord, v: 'two' }) }]),
    ];
    for (const error of impossible) {
      const { repository } = repositoryAnswering(error);
      await expect(repository.commit(writeOf(), inTime)).rejects.toThrow(InvariantViolated);
    }
  });

  test.each([
    ['a reason that is a bug', canceledFor([{ Code: 'ValidationError' }, none])],
    ['a reason of the record that is a bug', canceledFor([none, { Code: 'ItemCollectionSizeLimitExceeded' }])],
    ['no reason', canceledFor([])],
    ['reasons that are not there', canceledForNothing],
  ])('for %s is an error that names the codes', async (_why, error) => {
    await expect(repositoryAnswering(error).repository.commit(writeOf(), inTime)).rejects.toMatchObject({
      message: expect.stringMatching(/^A transaction was canceled for /),
      cause: error,
    });
  });
});

describe('a write that is refused', () => {
  // Credentials that expire between two attempts of the SDK: the second is refused, the first may have been applied.
  test('after an attempt that was not answered says nothing of that one', async () => {
    const error = sdkError('ExpiredTokenException', 400);
    noteSilenceBefore(error);
    expect(await repositoryAnswering(error).repository.commit(writeOf(), inTime)).toEqual({
      kind: 'UNANSWERED',
      isOpen: true,
    });
  });

  test.each(['IdempotentParameterMismatchException', 'ExpiredTokenException', 'ValidationException'])(
    'in every attempt, for %s, is an error',
    async (name) => {
      const error = Object.assign(sdkError(name, 400), { $metadata: { httpStatusCode: 400, attempts: 2 } });
      await expect(repositoryAnswering(error).repository.commit(writeOf(), inTime)).rejects.toBe(error);
    },
  );
});

describe('a write that was not answered with its outcome', () => {
  const throttlings = [
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
  ];

  test.each(throttlings)('was turned away, as often as the SDK sent it: %s', async (name) => {
    const { repository, sent } = repositoryAnswering(sdkError(name, 400));
    expect(await repository.commit(writeOf(), inTime)).toEqual({ ...throttled, ...answered });
    expect(sent).toHaveLength(1);
  });

  test('and was turned away after an attempt that was not answered may have been applied', async () => {
    const error = sdkError('ThrottlingException', 400);
    noteSilenceBefore(error);
    const { repository } = repositoryAnswering(error);
    expect(await repository.commit(writeOf(), inTime)).toEqual({ ...throttled, isOpen: true });
  });

  test.each([
    ['TransactionInProgressException', 400],
    ['InternalServerError', 500],
    ['ServiceUnavailable', 503],
    ['TimeoutError', undefined],
    ['AbortError', undefined],
    ['Error', undefined],
  ])('may be applied or not: %s', async (name, status) => {
    const { repository } = repositoryAnswering(sdkError(name, status));
    expect(await repository.commit(writeOf(), inTime)).toEqual({ kind: 'UNANSWERED', isOpen: true });
  });
});
