import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../../lambda/dynamodb/items.ts';
import { executionRow, type ExecutionRow, firstExecutionOf } from '../../../../lambda/dynamodb/refund-items.ts';
import {
  addExecution,
  addExpected,
  endExecutions,
  noRefunds,
  type RefundSummary,
} from '../../../../tools/audit/check-refunds.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const nowMs = 1_800_000_000_000;
const recordedMs = nowMs - 2 * 60 * minuteMs;

const canceled = { units: 2, amountMinor: 3000n, taxMinor: 0n };
const order = orderOf({ orderNo: 'ORD-1', lines: [lineOf({ seq: 1, quantity: 9, canceled })] });
const record = (changes: object = {}): CancellationRow => ({
  orderKey: 'STORE-1/ORD-1',
  cancellationKey: 'K#1',
  digest: '',
  kind: 'REFUND',
  at: BigInt(recordedMs),
  rid: 'RETREQ1',
  v: 2n,
  data: '{}',
  lines: [
    { s: 1n, q: 1n, a: 1000n, t: 0n },
    { s: 2n, q: 1n, a: 500n, t: 0n },
  ],
  cur: 'KRW',
  ...changes,
});
const execution = (changes: object = {}): ExecutionRow => ({
  ...executionRow(firstExecutionOf(record())),
  ...changes,
});

interface Stored {
  readonly records?: readonly CancellationRow[];
  readonly executions?: readonly ExecutionRow[];
  readonly order?: Order;
  readonly stageOption?: string;
}

function judge(stored: Stored): RefundSummary {
  const { records = [record()], executions = [execution()], stageOption = '' } = stored;
  const of = stored.order ?? order;
  const rules = { nowMs, refundAccountDays: 365, stageOption };
  const summary = noRefunds();
  for (const row of records) addExpected(summary, row, of);
  for (const row of executions) addExecution(summary, row, rules);
  endExecutions(summary, of, rules);
  return summary;
}
const violationsOf = (stored: Stored) => judge(stored).violations;

test('a record with its execution is sound', () => {
  expect(judge({})).toEqual({ ...noRefunds(), executions: 1 });
});

const aged = (ageMs: number, changes: object = {}): Stored => ({
  records: [record({ at: BigInt(nowMs - ageMs), ...changes })],
  executions: [],
});

describe('a record without an execution', () => {
  test('is on its way for fifteen minutes, and never left after them', () => {
    expect(violationsOf(aged(15 * minuteMs))).toEqual([]);
    expect(violationsOf({ ...aged(15 * minuteMs + 1), stageOption: ' --stage prod' })).toEqual([
      'NEVER_LEFT: RETREQ1 was recorded 15 min ago, and nobody was asked for its refund: ' +
        'npm run admin -- republish --store STORE-1 --order ORD-1 --refund RETREQ1 --stage prod',
    ]);
  });

  test('is fine in the store that deployments are tested with', () => {
    expect(violationsOf({ ...aged(dayMs), order: { ...order, storeId: 'SMOKE-TEST' } })).toEqual([]);
  });

  test('is counted where it is of a time when nobody was asked for refunds', () => {
    const found = judge(aged(dayMs, { cur: undefined }));
    expect(found).toMatchObject({ violations: [], oldRecords: 1 });
  });

  test('that cannot be is left to those who check records', () => {
    expect(violationsOf(aged(dayMs, { v: undefined }))).toEqual([]);
  });
});

describe('an execution', () => {
  test('has a record', () => {
    expect(violationsOf({ executions: [execution(), execution({ rid: 'RETREQ2' })] })).toEqual([
      'RETREQ2: has an execution, but no record',
    ]);
  });

  test('of an old record is compared with it as well', () => {
    expect(judge({ records: [record({ cur: undefined })] })).toMatchObject({ violations: [], oldRecords: 0 });
  });

  test.each<[object, string]>([
    [{ a: 1501n }, 'its execution has the amount 1501, its record 1500'],
    [{ cur: 'USD' }, 'its execution has the currency USD, its record KRW'],
    [{ kind: 'VOID' }, 'its execution has the kind VOID, its record REFUND'],
    [{ req: 5n }, `its execution has the time 5, its record ${recordedMs}`],
    [{ acc: true }, 'its execution has the account true, its record false'],
    [{ st: 'PAID' }, 'its execution has impossible attributes: st'],
    [{ seq: -1n, a: 'much' }, 'its execution has impossible attributes: a, seq'],
    [{ seq: 1n }, 'its execution has impossible attributes: seq'],
    [{ st: 'SUCCEEDED' }, 'its execution has impossible attributes: seq'],
    [{ att: 1_000_001n }, 'its execution has impossible attributes: att'],
    [{ why: 'CLOSED' }, 'its execution has impossible attributes: why'],
    [{ note: 'by hand' }, 'its execution has impossible attributes: note'],
    [{ st: 'RESOLVED', seq: 1n }, 'its execution has impossible attributes: note'],
  ])('with %o is named', (changes, violation) => {
    expect(violationsOf({ executions: [execution(changes)] })).toEqual([`RETREQ1: ${violation}`]);
  });

  test.each([
    { st: 'FAILED', seq: 1n, why: 'CLOSED' },
    { st: 'RESOLVED', seq: 1n, note: 'by hand' },
    { st: 'SUCCEEDED', seq: 7n, psp: 'p' },
    { att: 2n, req: 5n },
  ])('may be %o', (changes) => {
    expect(violationsOf({ executions: [execution(changes)] })).toEqual([]);
  });
});

describe('money that the platform has moved', () => {
  const ofPlatform = record({ cancellationKey: 'P#chargeback-1' });
  const paid = { ...executionRow(firstExecutionOf(ofPlatform)) };
  const judged = (changes: object) => violationsOf({ records: [ofPlatform], executions: [{ ...paid, ...changes }] });

  test('is paid from the beginning, and adds up like any other refund', () => {
    expect(judge({ records: [ofPlatform], executions: [paid] })).toMatchObject({
      violations: [],
      succeededMinor: 1500n,
    });
  });

  test.each<[object, string]>([
    [{ org: undefined }, 'its execution has the origin MERCHANT, its record PLATFORM'],
    [{ st: 'FAILED' }, 'its execution has the status FAILED, its record SUCCEEDED'],
    [{ att: 2n }, 'its execution has the attempt 2, its record 1'],
    [{ org: 'BANK' }, 'its execution has impossible attributes: org'],
  ])('with %o is named', (changes, violation) => {
    expect(judged(changes)).toEqual([`RETREQ1: ${violation}`]);
  });

  test('is not what a merchant canceled', () => {
    expect(violationsOf({ executions: [execution({ org: 'PLATFORM' })] })).toEqual([
      'RETREQ1: its execution has the origin PLATFORM, its record MERCHANT',
    ]);
  });

  test('that nobody was notified of has never left', () => {
    const [violation] = violationsOf({ records: [ofPlatform], executions: [] });
    expect(violation).toMatch(/^NEVER_LEFT: .*its event never left: npm run admin -- republish /);
  });
});

describe('a void whose money was captured afterwards', () => {
  const ofVoid = record({ kind: 'VOID' });
  const judged = (changes: object) => violationsOf({ records: [ofVoid], executions: [execution(changes)] });

  test('is refunded as another attempt, and as no first one', () => {
    expect(judged({ kind: 'REFUND', att: 2n, req: 5n })).toEqual([]);
    expect(judged({ kind: 'REFUND' })).toEqual(['RETREQ1: its execution has the kind REFUND, its record VOID']);
  });
});

test('what was paid is not more than what is canceled', () => {
  const paid = { st: 'SUCCEEDED', seq: 1n };
  const two = (lines: Order['lines']) =>
    violationsOf({
      records: [record(), record({ rid: 'RETREQ2' })],
      executions: [execution(paid), execution({ ...paid, rid: 'RETREQ2' })],
      order: { ...order, lines },
    });
  expect(two(order.lines)).toEqual([]);
  expect(two([lineOf({ canceled: { ...canceled, amountMinor: 2999n } })])).toEqual([
    'refunds of 3000 succeeded, but only 2999 is canceled',
  ]);
});

test('a record in another currency than its order is named', () => {
  expect(violationsOf({ records: [record({ cur: 'USD' })] })).toEqual([
    "RETREQ1: its currency is not the order's, KRW",
  ]);
});

const waitingFor = (ageMs: number, changes: object = {}) =>
  judge({ executions: [execution({ at: BigInt(nowMs - ageMs), ...changes })] }).waiting.count;

describe('what somebody should know', () => {
  test('is which refunds failed, and why', () => {
    const changes = { st: 'FAILED', seq: 1n, why: 'CLOSED', at: BigInt(nowMs - 3 * dayMs) };
    expect(judge({ executions: [execution(changes)] }).failed).toEqual({
      count: 1,
      first: ['STORE-1/ORD-1 RETREQ1: 1500 KRW, attempt 1, FAILED for 3 days: CLOSED'],
    });
  });

  test('is which have waited for more than a day', () => {
    expect(waitingFor(dayMs)).toBe(0);
    expect(waitingFor(dayMs + 1)).toBe(1);
    expect(waitingFor(dayMs + 1, { st: 'PENDING', seq: 1n })).toBe(1);
    expect(waitingFor(dayMs + 1, { st: 'SUCCEEDED', seq: 1n })).toBe(0);
  });

  test('is counted in full, and its first twenty are listed', () => {
    const executions = Array.from({ length: 30 }, (_value, index) =>
      execution({ rid: `RETREQ${index}`, st: 'FAILED', seq: 1n }),
    );
    const { failed } = judge({ executions });
    expect([failed.count, failed.first.length]).toEqual([30, 20]);
  });
});
