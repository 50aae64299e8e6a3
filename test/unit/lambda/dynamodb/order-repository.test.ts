import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { CanceledItem } from '../../../../lambda/domain/cancellation.ts';
import { decideCancellation } from '../../../../lambda/domain/decide-cancellation.ts';
import { cancellationRow, type CancellationRecord, orderRow } from '../../../../lambda/dynamodb/items.ts';
import {
  type CancellationWrite,
  type CommitOutcome,
  createOrderRepository,
} from '../../../../lambda/dynamodb/order-repository.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const tables = { orders: 'orders', cancellations: 'cancellations' };
const key = { storeId: 'STORE-1', orderNo: 'ORD20251224001', cancellationKey: 'K#1' };
const orderKey = 'STORE-1/ORD20251224001';
const inTime = () => 1000;

const taken = { units: 1, amountMinor: 3000n, taxMinor: 0n };
const record: Omit<CancellationRecord, 'lines'> = {
  cancellationKey: 'K#1',
  requestDigest: 'digest',
  kind: 'REFUND',
  createdAtMs: 1_767_129_253_909,
  returnRequestId: 'RETREQ1',
  dataJson: '{"orderNo":"ORD20251224001"}',
};
const storedRecord = cancellationRow(orderKey, record, [{ seq: 3, taken } as CanceledItem], undefined);
const readRecord: CancellationRecord = { ...record, lines: [{ seq: 3, ...taken }] };

function repositoryAnswering(...answers: readonly object[]) {
  const { client, sent } = stubClient(...answers);
  return { repository: createOrderRepository(client, tables), sent };
}

/** The write of a request to an order, as the handler builds it. */
function writeOf(items = [itemOf()], order = orderOf()): CancellationWrite {
  const decision = decideCancellation(order, requestOf(items), order.currencyCode);
  if (!decision.ok) throw new Error(`Refused: ${JSON.stringify(decision.violations)}`);
  const refundAccount = { accountNumber: '1234567890' };
  return { order, cancellation: decision.cancellation, record, refundAccount, clientRequestToken: 'RETREQ1-1' };
}

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
      expect(await repositoryAnswering(answer).repository.load(key, inTime)).toEqual({ kind: 'BUSY' });
    },
  );

  test.each(['ThrottlingException', 'TimeoutError'])('that fails for %s is unavailable', async (name) => {
    await expect(repositoryAnswering(sdkError(name)).repository.load(key, inTime)).rejects.toThrow(DatabaseUnavailable);
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

interface Reason {
  readonly Code: string;
  readonly Item?: object;
}

function canceledFor(...reasons: readonly Reason[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'Transaction cancelled.',
    $metadata: { httpStatusCode: 400 },
    CancellationReasons: reasons as TransactionCanceledException['CancellationReasons'],
  });
}

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

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'has to be made again while DynamoDB turns it away for %s',
    async (Code) => {
      const { repository } = repositoryAnswering(canceledFor({ Code }));
      expect(await repository.findRecord(key, inTime)).toEqual({ kind: 'BUSY' });
    },
  );

  test('that is turned away for another reason is a bug', async () => {
    const { repository } = repositoryAnswering(canceledFor({ Code: 'ValidationError' }));
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
    expect(await repository.commit(write, inTime)).toEqual({ kind: 'COMMITTED' });
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
                Item: cancellationRow(orderKey, record, write.cancellation.items, write.refundAccount),
                ConditionExpression: 'attribute_not_exists(cancellationKey)',
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
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

const busy = (isConflict: boolean): CommitOutcome => ({ kind: 'BUSY', isConflict });

describe('a transaction that was canceled', () => {
  const none: Reason = { Code: 'None' };
  const failed: Reason = { Code: 'ConditionalCheckFailed', Item: {} };
  const conflict: Reason = { Code: 'TransactionConflict' };
  const throttled: Reason = { Code: 'ThrottlingError' };
  const exceeded: Reason = { Code: 'ProvisionedThroughputExceeded' };
  const recordThere: Reason = { Code: 'ConditionalCheckFailed', Item: marshall(storedRecord) };

  const canceledForNothing = new TransactionCanceledException({ message: 'Transaction cancelled.', $metadata: {} });
  const recordExists: CommitOutcome = { kind: 'RECORD_EXISTS', record: readRecord };
  const orderChanged: CommitOutcome = { kind: 'ORDER_CHANGED' };
  test.each<[string, Reason, Reason, CommitOutcome]>([
    ['the order moved', failed, none, orderChanged],
    ['the record is there', none, recordThere, recordExists],
    ['the record is there, and the order moved because of it', failed, recordThere, recordExists],
    ['the record is there, and the order is in conflict', conflict, recordThere, recordExists],
    ['the order moved, and the record is in conflict', failed, conflict, orderChanged],
    ['the order is in conflict', conflict, none, busy(true)],
    ['the record is in conflict', none, conflict, busy(true)],
    ['the order is throttled', throttled, none, busy(false)],
    ['the record is throttled', none, throttled, busy(false)],
    ['the order has exceeded its throughput', exceeded, none, busy(false)],
    ['the record has exceeded its throughput', none, exceeded, busy(false)],
    ['one is throttled, the other in conflict', throttled, conflict, busy(true)],
  ])('because %s', async (_why, ofOrder, ofRecord, outcome) => {
    const { repository, sent } = repositoryAnswering(canceledFor(ofOrder, ofRecord));
    expect(await repository.commit(writeOf(), inTime)).toEqual(outcome);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['a reason that is a bug', canceledFor({ Code: 'ValidationError' }, none)],
    ['a reason of the record that is a bug', canceledFor(none, { Code: 'ItemCollectionSizeLimitExceeded' })],
    ['no reason', canceledFor()],
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
  test('at a later attempt says nothing of the first', async () => {
    const error = sdkError('ExpiredTokenException', 400);
    Object.assign(error, { $metadata: { httpStatusCode: 400, attempts: 2 } });
    expect(await repositoryAnswering(error).repository.commit(writeOf(), inTime)).toEqual({
      kind: 'UNKNOWN',
      cause: error,
    });
  });

  test('because of its token or its form is an error', async () => {
    const error = sdkError('IdempotentParameterMismatchException', 400);
    await expect(repositoryAnswering(error).repository.commit(writeOf(), inTime)).rejects.toBe(error);
  });
});

describe('a write that was not answered with its outcome', () => {
  test.each([
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
  ])('was turned away, as often as the SDK sent it: %s', async (name) => {
    const error = sdkError(name, 400);
    const { repository, sent } = repositoryAnswering(error);
    const outcome = repository.commit(writeOf(), inTime);
    await expect(outcome).rejects.toThrow(DatabaseUnavailable);
    await expect(outcome).rejects.toMatchObject({ cause: error });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['TransactionInProgressException', 400],
    ['InternalServerError', 500],
    ['ServiceUnavailable', 503],
    ['TimeoutError', undefined],
    ['AbortError', undefined],
    ['Error', undefined],
  ])('may be applied or not: %s', async (name, status) => {
    const error = sdkError(name, status);
    expect(await repositoryAnswering(error).repository.commit(writeOf(), inTime)).toEqual({
      kind: 'UNKNOWN',
      cause: error,
    });
  });
});
