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

const place: RecordKey = { storeId: 'STORE-1', orderNo: 'ORD-1', cancellationKey: 'K#1' };
const write = {
  order: { storeId: place.storeId, orderNo: place.orderNo },
  record: { cancellationKey: place.cancellationKey },
  clientRequestToken: 'RETREQ1-1',
} as CancellationWrite;
const record = { returnRequestId: 'RETREQ1' } as CancellationRecord;

const conflict: CommitOutcome = { kind: 'BUSY', isConflict: true };
const throttled: CommitOutcome = { kind: 'BUSY', isConflict: false };
const committed: CommitOutcome = { kind: 'COMMITTED' };
const unknown: CommitOutcome = { kind: 'UNKNOWN', cause: new Error('socket hang up') };

const refused = sdkError('ExpiredTokenException', 400);

/** Commits to a store whose sends come to these outcomes or fail, and whose key has this record. */
function commitTo(
  outcomes: ReadonlyArray<CommitOutcome | Error>,
  found?: CancellationRecord | 'BUSY' | Error,
  timeLeftMs = 10_000,
) {
  const left = [...outcomes];
  const sent: CancellationWrite[] = [];
  const places: RecordKey[] = [];
  const timesLeftMs: number[] = [];
  const pauses: number[] = [];
  const stats: RequestStats = { attempts: 1, conflicts: 0, isOutcomeUnknown: false };
  const orders: OrderRepository = {
    load: async () => ({ kind: 'BUSY' }),
    findRecord: async (at, remainingMs) => {
      places.push(at);
      timesLeftMs.push(remainingMs());
      if (found instanceof Error) throw found;
      return found === 'BUSY' ? { kind: 'BUSY' } : { kind: 'LOOKED', ...(found && { record: found }) };
    },
    commit: async (sentWrite, remainingMs) => {
      sent.push(sentWrite);
      timesLeftMs.push(remainingMs());
      const outcome = left.shift();
      if (outcome === undefined) throw new TypeError('The store was given no more outcomes.');
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  const runtime = { random: () => 0.5, sleep: async (ms: number) => pauses.push(ms) } as unknown as Runtime;
  const settled = commit(write, { orders, runtime, stats, remainingMs: () => timeLeftMs });
  return { settled, sent, places, timesLeftMs, pauses, stats };
}

describe('a write whose outcome is known', () => {
  test.each<[string, Exclude<CommitOutcome, { kind: 'BUSY' | 'UNKNOWN' }>]>([
    ['applied', { kind: 'COMMITTED' }],
    ['not applied because of the order', { kind: 'ORDER_CHANGED' }],
    ['not applied because of a record', { kind: 'RECORD_EXISTS', record }],
  ])('is sent once: %s', async (_what, outcome) => {
    const { settled, sent, places, pauses } = commitTo([outcome]);
    expect(await settled).toEqual(outcome);
    expect(sent).toEqual([write]);
    expect(places).toEqual([]);
    expect(pauses).toEqual([]);
  });
});

describe('a write that DynamoDB is too busy for', () => {
  test('is sent again, the very same, after a pause', async () => {
    const { settled, sent, pauses, stats } = commitTo([conflict, throttled, conflict, conflict, committed]);
    expect(await settled).toEqual(committed);
    expect(sent).toHaveLength(5);
    expect(sent.filter((each) => each !== write)).toEqual([]);
    expect(pauses).toEqual([25, 50, 100, 200]);
    expect(stats).toEqual({ attempts: 1, conflicts: 3, isOutcomeUnknown: false });
  });

  test('is given up after five sends, without a last pause', async () => {
    const { settled, sent, pauses, stats } = commitTo(Array.from({ length: 6 }, () => conflict));
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toHaveLength(5);
    expect(pauses).toHaveLength(4);
    expect(stats).toMatchObject({ conflicts: 5, isOutcomeUnknown: false });
  });

  test('is given up when there is no time for a pause', async () => {
    const { settled, sent, pauses } = commitTo([conflict, committed], undefined, 20);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  test('may turn out not to be answered', async () => {
    const { settled, stats } = commitTo([conflict, unknown], record);
    expect(await settled).toEqual({ kind: 'RECORD_EXISTS', record });
    expect(stats).toMatchObject({ conflicts: 1, isOutcomeUnknown: false });
  });
});

describe('a write that is not answered', () => {
  test('is looked up by its key, and not sent again', async () => {
    const { settled, sent, places, stats } = commitTo([unknown], record);
    expect(await settled).toEqual({ kind: 'RECORD_EXISTS', record });
    expect(sent).toHaveLength(1);
    expect(places).toEqual([place]);
    expect(stats.isOutcomeUnknown).toBe(false);
  });

  test('and not found either stays unknown', async () => {
    const { settled, stats } = commitTo([unknown]);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    await expect(settled).rejects.toMatchObject({ cause: { message: 'socket hang up' } });
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('and whose record a transaction is at work on stays unknown', async () => {
    const { settled, stats } = commitTo([unknown], 'BUSY');
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('and whose record AWS refuses to show stays unknown', async () => {
    const { settled, stats } = commitTo([unknown], refused);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  // Within the first send an attempt may not have been answered.
  test('may have been the one before a refusal', async () => {
    expect(await commitTo([conflict, refused], record).settled).toEqual({ kind: 'RECORD_EXISTS', record });
    const { settled, stats } = commitTo([conflict, refused], refused);
    await expect(settled).rejects.toThrow(DatabaseUnavailable);
    await expect(settled).rejects.toMatchObject({ cause: refused });
    expect(stats.isOutcomeUnknown).toBe(true);
  });

  test('is none that is refused at once, or that fails for a bug', async () => {
    await expect(commitTo([refused], record).settled).rejects.toBe(refused);
    const bug = new TypeError('A record is odd.');
    await expect(commitTo([conflict, bug], record).settled).rejects.toBe(bug);
    await expect(commitTo([unknown], bug).settled).rejects.toBe(bug);
  });

  test('leaves a second for the look', async () => {
    const { settled, timesLeftMs } = commitTo([unknown], record, 5000);
    await settled;
    expect(timesLeftMs).toEqual([4000, 5000]);
  });
});
