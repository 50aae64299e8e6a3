import { describe, expect, test } from '@jest/globals';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mayHaveHadEffect } from '../../../lambda/dynamodb/unanswered-attempts.ts';
import { DynamoDb } from './dynamodb.ts';
import type { FaultKind } from './faults.ts';
import { Network } from './network.ts';
import { Random } from '../../support/random.ts';
import { newStatistics } from './statistics.ts';
import { Deadline, VirtualTime } from './virtual-time.ts';

const read = new GetCommand({ TableName: 'Table', Key: { id: 'A' }, ConsistentRead: true });
const write = new TransactWriteCommand({
  ClientRequestToken: 'token',
  TransactItems: [{ Put: { TableName: 'Table', Item: { id: 'B' } } }],
});

/** What becomes of one call whose first attempts meet these faults, and when. */
async function callThrough(command: object, faults: readonly FaultKind[], deadlineMs?: number, choice = 0) {
  const time = new VirtualTime(0);
  let commits = 0;
  const dynamoDb = new DynamoDb(time, { Table: ['id'] }, () => (commits += 1));
  dynamoDb.write('Table', { id: 'A' });
  const caller = {
    name: 'caller',
    number: 1,
    random: new Random(1),
    faults: faults.map((kind, wire) => ({ kind, wire, choice })),
    wires: 0,
    hindrances: { faults: 0, refusals: [] },
    isDead: false,
    crash: () => (caller.isDead = true),
  };
  let end: { readonly outcome: unknown; readonly atMs: number } | undefined;
  const settle = (outcome: unknown) => (end = { outcome, atMs: time.nowMs });
  const deadline = deadlineMs === undefined ? undefined : new Deadline(deadlineMs);
  new Network(time, dynamoDb, newStatistics()).send(caller, command, deadline).then(settle, settle);
  await time.run(100);
  const { outcome, atMs } = end ?? { outcome: 'NEVER', atMs: Infinity };
  const isError = outcome instanceof Error;
  const isOpen = isError && mayHaveHadEffect(outcome);
  return { outcome: isError ? outcome.name : outcome, atMs, commits, wires: caller.wires, isOpen };
}

describe('a call to DynamoDB', () => {
  test('that nothing disturbs is answered in milliseconds', async () => {
    const { outcome, atMs, wires } = await callThrough(read, []);
    expect({ outcome, wires }).toEqual({ outcome: { Item: { id: 'A' } }, wires: 1 });
    expect(atMs).toBeLessThan(20);
  });

  test.each<FaultKind>(['REQUEST_LOST', 'REQUEST_RESET', 'ANSWER_LOST', 'ANSWER_RESET', 'THROTTLED', 'SERVER_ERROR'])(
    'that meets %s is sent again',
    async (fault) => {
      const { outcome, wires } = await callThrough(read, [fault]);
      expect({ outcome, wires }).toEqual({ outcome: { Item: { id: 'A' } }, wires: 2 });
    },
  );

  test.each<[FaultKind, string]>([
    ['REQUEST_LOST', 'TimeoutError'],
    ['ANSWER_RESET', 'Error'],
    ['THROTTLED', 'ProvisionedThroughputExceededException'],
    ['SERVER_ERROR', 'InternalServerError'],
  ])('that meets %s three times fails with %s', async (fault, name) => {
    const { outcome, wires } = await callThrough(read, [fault, fault, fault]);
    expect({ outcome, wires }).toEqual({ outcome: name, wires: 3 });
  });

  test('has 1.5 seconds for each attempt, and backs off in between', async () => {
    const { atMs } = await callThrough(read, ['REQUEST_LOST', 'REQUEST_LOST', 'REQUEST_LOST']);
    expect(atMs).toBeGreaterThanOrEqual(4500);
    expect(atMs).toBeLessThan(4500 + 25 + 50);
  });

  test('ends at its deadline', async () => {
    expect(await callThrough(read, ['REQUEST_LOST'], 700)).toMatchObject({
      outcome: 'AbortError',
      atMs: 700,
      wires: 1,
    });
    const { outcome, atMs } = await callThrough(read, ['THROTTLED', 'THROTTLED', 'THROTTLED'], 20);
    expect({ outcome, atMs }).toEqual({ outcome: 'AbortError', atMs: 20 });
  });

  test.each<[FaultKind[], boolean]>([
    [['ANSWER_LOST', 'THROTTLED', 'THROTTLED'], true],
    [['SERVER_ERROR_AFTER_EFFECT', 'CONFLICT'], true],
    [['THROTTLED', 'CONFLICT'], false],
    [['THROTTLED', 'THROTTLED', 'THROTTLED'], false],
  ])('that meets %j may have had an effect: %s', async (faults, isOpen) => {
    expect(await callThrough(write, faults)).toMatchObject({ isOpen });
  });

  test('that is canceled for a conflict is not sent again', async () => {
    const { outcome, wires, commits } = await callThrough(write, ['CONFLICT']);
    expect({ outcome, wires, commits }).toEqual({ outcome: 'TransactionCanceledException', wires: 1, commits: 0 });
  });

  test('whose credentials AWS refuses is not sent again, and says that an attempt before was not answered', async () => {
    expect(await callThrough(write, ['ANSWER_LOST', 'CREDENTIALS_REFUSED'])).toMatchObject({
      outcome: 'UnrecognizedClientException',
      isOpen: true,
      commits: 1,
      wires: 2,
    });
    expect(await callThrough(write, ['CREDENTIALS_REFUSED'])).toMatchObject({ isOpen: false, commits: 0 });
  });

  test('whose signature has expired is signed and sent again', async () => {
    const { outcome, wires } = await callThrough(read, ['CREDENTIALS_REFUSED'], undefined, 2);
    expect({ outcome, wires }).toEqual({ outcome: { Item: { id: 'A' } }, wires: 2 });
  });

  test.each<FaultKind>(['ANSWER_LOST', 'ANSWER_RESET', 'SERVER_ERROR_AFTER_EFFECT', 'REQUEST_LATE'])(
    'that meets %s has its effect once',
    async (fault) => {
      const { outcome, commits } = await callThrough(write, [fault]);
      expect({ outcome, commits }).toEqual({ outcome: {}, commits: 1 });
    },
  );

  test.each<[FaultKind, number]>([
    ['CRASH_BEFORE_REQUEST', 0],
    ['CRASH_AFTER_REQUEST', 1],
    ['CRASH_BEFORE_ANSWER', 1],
  ])('that meets %s never returns', async (fault, commits) => {
    expect(await callThrough(write, [fault])).toMatchObject({ outcome: 'NEVER', commits, wires: 1 });
  });
});
