import { describe, expect, test } from '@jest/globals';
import { isMet } from './goals.ts';
import { alone, figuresOf, type HotFigures, type HotRun } from './hot-order.ts';
import { hotOrderVerdicts } from './hot-order-goals.ts';
import { hotOrderTable } from './hot-order-table.ts';

const served = (status: number, begunAt: number, endedAt: number) => ({ status, begunAt, endedAt });
const write = { operation: 'TransactWriteItems', ms: 8 };

describe('the figures of a run', () => {
  test('are of each success, up to the last one', () => {
    const responses = [served(200, 1000, 1100), served(200, 1000, 1300), served(503, 1000, 2000)];
    const calls = [write, write, write, { operation: 'BatchGetItem', ms: 2 }];
    expect(figuresOf({ startedAt: 1000, responses, calls })).toMatchObject({
      succeeded: 2,
      unavailable: 1,
      p50Ms: 300,
      callsPerSuccess: 2,
      writesPerSuccess: 1.5,
      drainedS: 0.3,
      busyS: 1.4,
      writeMs: 8,
    });
  });

  test('are none where something else was answered', () => {
    const run = { startedAt: 0, responses: [served(500, 0, 1)], calls: [] };
    expect(() => figuresOf(run)).toThrow('Answered 500 and not only 200, 503.');
  });
});

const run: HotRun = {
  succeeded: 200,
  unavailable: 0,
  p50Ms: 20,
  p99Ms: 30,
  callsPerSuccess: 2,
  writesPerSuccess: 1,
  drainedS: 3,
  busyS: 40,
  writeMs: 8,
};
const hotCase = { title: '200 at once', requests: 200, instances: 200, isHot: true };

/** Both strategies, alone and at once, where DynamoDB contends. */
function figuresWith(overrides: Partial<HotRun>): HotFigures[] {
  return [alone, hotCase].flatMap((each) =>
    (['ours', 'fiveAttempts'] as const).map((strategy): HotFigures => {
      const runs = [each.isHot && strategy === 'ours' ? { ...run, ...overrides } : run];
      return { ...each, database: 'contended', strategy, runs, idealS: [1.6] };
    }),
  );
}

describe('the goals', () => {
  test('are met by requests that all succeed, with few writes and soon', () => {
    expect(hotOrderVerdicts(figuresWith({})).filter((verdict) => !isMet(verdict))).toEqual([]);
  });

  test.each([
    ['200 at once, contended: not made at the first try', { unavailable: 1 }],
    ['200 at once: writes for each success', { writesPerSuccess: 8.1 }],
    ['200 at once: drained / one after another', { drainedS: 4.9 }],
  ])('%s is missed alone', (goal, overrides) => {
    const missed = hotOrderVerdicts(figuresWith(overrides)).filter((verdict) => !isMet(verdict));
    expect(missed.map((verdict) => verdict.goal)).toEqual([goal]);
  });
});

test('the table has a row for each load, DynamoDB and way with lost races, with the worst round of its statuses', () => {
  const [figures] = figuresWith({});
  const table = hotOrderTable([
    { ...(figures as HotFigures), runs: [run, { ...run, succeeded: 190, unavailable: 10 }] },
  ]);
  expect(table.split('\n')).toHaveLength(3);
  expect(table.split('\n').at(-1)).toMatch(/\| contended \| +as it is \| 190 \| +10 \|/);
});
