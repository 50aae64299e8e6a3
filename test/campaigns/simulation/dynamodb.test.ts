import { describe, expect, test } from '@jest/globals';
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Change, DynamoDb } from './dynamodb.ts';
import { Random } from '../../support/random.ts';
import { VirtualTime } from './virtual-time.ts';

interface Outcome {
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly CancellationReasons?: readonly unknown[] };
}

/** Two tables with an item each, and what became of every request that was handled, in their order. */
function world(seed = 1) {
  const time = new VirtualTime(0);
  const commits: Array<readonly Change[]> = [];
  const dynamoDb = new DynamoDb(time, { Orders: ['id'], Records: ['id', 'key'] }, (changes) => commits.push(changes));
  dynamoDb.write('Orders', { id: 'A', v: 1n, lines: [{ q: 1n }, { q: 2n }] });
  const answers: Outcome[] = [];
  const random = new Random(seed);
  const handle = (command: unknown, unprocessed?: (table: string) => boolean) => {
    const index = answers.push({}) - 1;
    dynamoDb.handle(
      command,
      { random, ...(unprocessed && { unprocessed }) },
      {
        resolve: (output) => (answers[index] = { output }),
        reject: (error) => (answers[index] = { error: error as Required<Outcome>['error'] }),
      },
    );
  };
  const read = async (command: unknown) => {
    handle(command);
    await time.run(1000);
    return answers.at(-1)?.output;
  };
  return { time, dynamoDb, commits, answers, handle, read };
}

function write(version: number, token: string, change: Readonly<Record<string, unknown>> = {}): TransactWriteCommand {
  return new TransactWriteCommand({
    ClientRequestToken: token,
    TransactItems: [
      {
        Update: {
          TableName: 'Orders',
          Key: { id: 'A' },
          UpdateExpression: 'SET #v = :next, #lines[1].#q = :q',
          ConditionExpression: '#v = :read',
          ExpressionAttributeNames: { '#v': 'v', '#lines': 'lines', '#q': 'q' },
          ExpressionAttributeValues: { ':read': version, ':next': version + 1, ':q': 0 },
          ...change,
        },
      },
      {
        Put: {
          TableName: 'Records',
          Item: { id: 'A', key: 'K', at: 5 },
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ],
  });
}

const orderNow = new GetCommand({ TableName: 'Orders', Key: { id: 'A' }, ConsistentRead: true });
const query = (change: object) =>
  new QueryCommand({
    TableName: 'Records',
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ':id': 'A' },
    ConsistentRead: true,
    ...change,
  });

const codesOf = ({ error }: Outcome = {}) =>
  (error?.CancellationReasons as Array<{ Code: string }> | undefined)?.map(({ Code }) => Code);

describe('the simulated DynamoDB', () => {
  test('applies both writes of a transaction, and reads numbers as bigint', async () => {
    const { commits, read, time, handle } = world();
    handle(write(1, 'one'));
    await time.run(1000);
    expect(commits).toHaveLength(1);
    expect(await read(orderNow)).toEqual({ Item: { id: 'A', v: 2n, lines: [{ q: 1n }, { q: 0n }] } });
    const record = new GetCommand({ TableName: 'Records', Key: { id: 'A', key: 'K' }, ConsistentRead: true });
    expect(await read(record)).toEqual({ Item: { id: 'A', key: 'K', at: 5n } });
  });

  test('applies neither write when one condition fails, and says which, with the item that was asked for', async () => {
    const { answers, handle, read, time } = world();
    handle(write(7, 'one'));
    expect(codesOf(answers[0])).toEqual(['ConditionalCheckFailed', 'None']);
    expect(await read(new GetCommand({ TableName: 'Records', Key: { id: 'A', key: 'K' } }))).toEqual({});
    handle(write(1, 'two'));
    await time.run(1000);
    handle(write(2, 'three'));
    expect(answers.at(-1)?.error?.CancellationReasons).toEqual([
      { Code: 'None' },
      expect.objectContaining({
        Code: 'ConditionalCheckFailed',
        Item: { id: { S: 'A' }, key: { S: 'K' }, at: { N: '5' } },
      }),
    ]);
  });

  test('applies a transaction once per token and ten minutes, and refuses another one with it', async () => {
    const { time, commits, handle, answers } = world();
    handle(write(1, 'one'));
    await time.run(1000);
    handle(write(1, 'one'));
    expect(answers[1]).toEqual({ output: {} });
    handle(write(2, 'one'));
    expect(answers[2]?.error?.name).toBe('IdempotentParameterMismatchException');
    time.after(10 * 60_000, () => handle(write(1, 'one')));
    await time.run(1000);
    expect(codesOf(answers[3])).toEqual(['ConditionalCheckFailed', 'ConditionalCheckFailed']);
    expect(commits).toHaveLength(1);
  });

  test('lets one of two transactions on an item through, and the other meet it or its effect', async () => {
    const codes = new Set<string | undefined>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const { time, commits, handle, answers } = world(seed);
      time.after(1, () => handle(write(1, 'one')));
      time.after(2, () => handle(write(1, 'two')));
      await time.run(1000);
      expect(commits).toHaveLength(1);
      codes.add(codesOf(answers[1])?.[0]);
    }
    expect(codes).toEqual(new Set(['TransactionConflict', 'ConditionalCheckFailed']));
  });

  test('shows either item of a transaction first', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 100; seed += 1) {
      const { time, handle, dynamoDb } = world(seed);
      time.after(1, () => handle(write(1, 'one')));
      for (let ms = 2; ms < 32; ms += 1) {
        time.after(ms, () => {
          const hasOrder = dynamoDb.latest('Orders', { id: 'A' })?.['v'] === 2n;
          const hasRecord = dynamoDb.latest('Records', { id: 'A', key: 'K' }) !== undefined;
          if (hasOrder !== hasRecord) seen.add(hasOrder ? 'order' : 'record');
        });
      }
      await time.run(1000);
    }
    expect(seen).toEqual(new Set(['order', 'record']));
  });

  test('reads what was, unless it is asked for what is', async () => {
    const { dynamoDb, read } = world();
    dynamoDb.write('Orders', { id: 'A', v: 2n });
    const versions = new Set<unknown>();
    for (let index = 0; index < 50; index += 1) {
      expect(await read(orderNow)).toEqual({ Item: { id: 'A', v: 2n } });
      versions.add(
        ((await read(new GetCommand({ TableName: 'Orders', Key: { id: 'A' } }))) as { Item?: { v: bigint } }).Item?.v,
      );
    }
    expect(versions).toEqual(new Set([undefined, 1n, 2n]));
  });

  test('leaves the keys of a table unprocessed, and says so', () => {
    const { answers, handle } = world();
    const RequestItems = { Orders: { Keys: [{ id: 'A' }], ConsistentRead: true } };
    handle(new BatchGetCommand({ RequestItems }), (table) => table === 'Orders');
    expect(answers[0]).toEqual({ output: { Responses: {}, UnprocessedKeys: RequestItems } });
  });

  test('writes one item by itself on a condition, and returns what it was', () => {
    const { answers, handle, dynamoDb, commits } = world();
    const update = new UpdateCommand({
      TableName: 'Orders',
      Key: { id: 'A' },
      UpdateExpression: 'SET v = :next, late = :next REMOVE lines',
      ConditionExpression: 'v < :next',
      ExpressionAttributeValues: { ':next': 2 },
      ReturnValues: 'ALL_OLD',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    handle(update);
    expect(answers[0]).toEqual({ output: { Attributes: { id: 'A', v: 1n, lines: [{ q: 1n }, { q: 2n }] } } });
    expect(dynamoDb.latest('Orders', { id: 'A' })).toEqual({ id: 'A', v: 2n, late: 2n });
    handle(update);
    expect(answers[1]?.error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { id: { S: 'A' }, v: { N: '2' }, late: { N: '2' } },
    });
    handle(new PutCommand({ TableName: 'Orders', Item: { id: 'B' } }));
    expect(answers[2]).toEqual({ output: {} });
    expect(commits.map((changes) => changes.map(({ after }) => after['id']))).toEqual([['A'], ['B']]);
  });

  test('reads a partition as it is, in the sequence of its keys', async () => {
    const { dynamoDb, read } = world();
    for (const [id, key] of [
      ['A', '2'],
      ['A', '1'],
      ['B', '3'],
    ])
      dynamoDb.write('Records', { id, key });
    expect(await read(query({}))).toEqual({
      Items: [
        { id: 'A', key: '1' },
        { id: 'A', key: '2' },
      ],
    });
    expect(await read(query({ Limit: 1 }))).toEqual({ Items: [{ id: 'A', key: '1' }] });
    expect(await read(query({ ConsistentRead: false }))).toBeUndefined();
  });

  test('refuses a single write while a transaction is at work on its item', async () => {
    const names = new Set<string | undefined>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const { time, handle, answers } = world(seed);
      time.after(1, () => handle(write(1, 'one')));
      time.after(2, () => handle(new PutCommand({ TableName: 'Orders', Item: { id: 'A', v: 5 } })));
      await time.run(1000);
      names.add(answers[1]?.error?.name);
    }
    expect(names).toEqual(new Set([undefined, 'TransactionConflictException']));
  });

  test('announces the changes of a transaction when it is applied as a whole, and of one that fails none', async () => {
    const { time, handle, dynamoDb } = world();
    const heard: string[] = [];
    dynamoDb.onChange = ({ table, before }) => heard.push(`${table} ${before === undefined ? 'new' : 'changed'}`);
    handle(write(7, 'one'));
    await time.run(1000);
    expect(heard).toEqual([]);
    handle(write(1, 'two'));
    await time.run(1000);
    expect(new Set(heard)).toEqual(new Set(['Orders changed', 'Records new']));
    expect(heard).toHaveLength(2);
  });

  test.each([
    ['a table that does not exist', write(1, 'one', { TableName: 'Others' })],
    ["a key that is not the table's", write(1, 'one', { Key: { id: 'A', more: 'B' } })],
    ['a value that nothing uses', write(1, 'one', { ConditionExpression: 'attribute_not_exists(x)' })],
    ['a condition that it does not know', write(1, 'one', { ConditionExpression: '#v > :read' })],
    ['an update that it does not know', write(1, 'one', { UpdateExpression: 'ADD #v :next' })],
    ['a list place that does not exist', write(1, 'one', { UpdateExpression: 'SET #v = :next, #lines[9].#q = :q' })],
    ['another operation', {}],
  ])('refuses %s', async (_what, command) => {
    const { answers, handle, commits } = world();
    handle(command);
    expect(answers[0]?.error?.name).toBe('ValidationException');
    expect(commits).toEqual([]);
  });
});
