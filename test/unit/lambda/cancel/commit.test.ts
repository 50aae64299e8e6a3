import { describe, expect, test } from '@jest/globals';
import { commit } from '../../../../lambda/cancel/commit.ts';
import type { Runtime } from '../../../../lambda/environment/runtime.ts';
import type { CancellationRecord } from '../../../../lambda/dynamodb/items.ts';
import type {
  CancellationWrite,
  CommitOutcome,
  OrderRepository,
  RecordKey,
} from '../../../../lambda/dynamodb/order-repository.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { sdkError } from '../../../support/stub-client.ts';
import type { RequestStats } from '../../../../lambda/signed-route/request-report.ts';

const key: RecordKey = { storeId: 'STORE-1', orderNo: 'ORD-1', cancellationKey: 'K#1' };
const write = {
  order: { storeId: key.storeId, orderNo: key.orderNo },
  record: { cancellationKey: key.cancellationKey },
  clientRequestToken: 'RETREQ1-1',
} as CancellationWrite;
const record = { returnRequestId: 'RETREQ1' } as CancellationRecord;

const conflict: CommitOutcome = { kind: 'BUSY', isConflict: true };
const throttled: CommitOutcome = { kind: 'BUSY', isConflict: false };
const committed: CommitOutcome = { kind: 'COMMITTED' };
const unknown: CommitOutcome = { kind: 'UNKNOWN', cause: new Error('socket hang up') };

const refused = sdkError('ExpiredTokenException', 400);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Commits through a repository whose sends have these outcomes, first to last, and whose look finds this record. */
function commitWith(
  outcomes: ReadonlyArray<CommitOutcome | Error>,
  found?: CancellationRecord | 'BUSY' | Error,
  timeMs = 10_000,
) {
  const remainingOutcomes = [...outcomes];
  const sent: CancellationWrite[] = [];
  const keysLookedUp: RecordKey[] = [];
  const timesGivenMs: number[] = [];
  const pauses: number[] = [];
  const stats: RequestStats = { attempts: 1, conflicts: 0, isOutcomeUnknown: false };
  const orders: OrderRepository = {
    load: async () => ({ kind: 'BUSY' }),
    findRecord: async (recordKey, remainingMs) => {
      keysLookedUp.push(recordKey);
      timesGivenMs.push(remainingMs());
      if (found instanceof Error) throw found;
      return found === 'BUSY' ? { kind: 'BUSY' } : { kind: 'FOUND', record: found };
    },
    commit: async (sentWrite, remainingMs) => {
      sent.push(sentWrite);
      timesGivenMs.push(remainingMs());
      const outcome = remainingOutcomes.shift();
      if (outcome === undefined) throw new TypeError('The repository has no more outcomes.');
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  const runtime = { random: () => 0.5, sleep: async (ms: number) => pauses.push(ms) } as unknown as Runtime;
  const settled = commit(write, { orders, runtime, stats, remainingMs: () => timeMs - sum(pauses) });
  return { settled, sent, keysLookedUp, timesGivenMs, pauses, stats };
}

describe('a write whose outcome is known', () => {
  test.each<[string, Exclude<CommitOutcome, { kind: 'BUSY' | 'UNKNOWN' }>]>([
    ['applied', { kind: 'COMMITTED' }],
    ['not applied because of the order', { kind: 'ORDER_CHANGED' }],
    ['not applied because of a record', { kind: 'RECORD_EXISTS', record }],
  ])('is sent once: %s', async (_what, outcome) => {
    const { settled, sent, keysLookedUp, pauses } = commitWith([outcome]);
    expect(await settled).toEqual(outcome);
    expect(sent).toEqual([write]);
    expect(keysLookedUp).toEqual([]);
    expect(pauses).toEqual([]);
  });
});

describe('a write that DynamoDB is too busy for', () => {
  test('is sent again, the very same, after a pause', async () => {
    const { settled, sent, pauses, stats } = commitWith([conflict, throttled, conflict, committed]);
    expect(await settled).toEqual(committed);
    expect(sent).toHaveLength(4);
    expect(sent.filter((each) => each !== write)).toEqual([]);
    expect(pauses).toEqual([25, 50, 100]);
    expect(stats).toEqual({ attempts: 1, conflicts: 2, isOutcomeUnknown: false });
  });

  test('is given up, without a last pause', async () => {
    const { settled, sent, pauses, stats } = commitWith(Array.from({ length: 100 }, () => conflict));
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(pauses).toHaveLength(sent.length - 1);
    expect(stats).toMatchObject({ conflicts: sent.length, isOutcomeUnknown: false });
  });

  test('is given up when there is no time for a pause', async () => {
    const { settled, sent, pauses } = commitWith([conflict, committed], undefined, 20);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  test('may not be answered when it is sent again', async () => {
    const { settled, stats } = commitWith([conflict, unknown], record);
    expect(await settled).toEqual({ kind: 'RECORD_EXISTS', record });
    expect(stats).toMatchObject({ conflicts: 1, isOutcomeUnknown: false });
  });
});

describe('a write that is not answered', () => {
  test('is looked up by its key, and not sent again', async () => {
    const { settled, sent, keysLookedUp, stats } = commitWith([unknown], record);
    expect(await settled).toEqual({ kind: 'RECORD_EXISTS', record });
    expect(sent).toHaveLength(1);
    expect(keysLookedUp).toEqual([key]);
    expect(stats.isOutcomeUnknown).toBe(false);
  });

  test('and not found either stays unknown', async () => {
    const { settled, stats } = commitWith([unknown]);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    await expect(settled).rejects.toMatchObject({ cause: { message: 'socket hang up' } });
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('and whose record a transaction is at work on stays unknown', async () => {
    const { settled, stats } = commitWith([unknown], 'BUSY');
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('and whose record AWS refuses to show stays unknown', async () => {
    const { settled, stats } = commitWith([unknown], refused);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  // The first send may have been applied, by an attempt of the SDK that was not answered.
  test('may be the one before a refusal: that settles nothing', async () => {
    expect(await commitWith([conflict, refused], record).settled).toEqual({ kind: 'RECORD_EXISTS', record });
    const { settled, stats } = commitWith([conflict, refused], refused);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    await expect(settled).rejects.toMatchObject({ cause: refused });
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('differs from one that is refused at once, or that fails for a bug: those errors are thrown', async () => {
    await expect(commitWith([refused], record).settled).rejects.toBe(refused);
    const bug = new TypeError('A record is odd.');
    await expect(commitWith([conflict, bug], record).settled).rejects.toBe(bug);
    await expect(commitWith([unknown], bug).settled).rejects.toBe(bug);
  });

  test('keeps back a second for the look at its record', async () => {
    const { settled, timesGivenMs } = commitWith([unknown], record, 5000);
    await settled;
    expect(timesGivenMs).toEqual([4000, 5000]);
  });
});
