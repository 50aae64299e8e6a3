import { describe, expect, test } from '@jest/globals';
import { attempts } from '../../../../lambda/dynamodb/backoff.ts';
import type { Runtime } from '../../../../lambda/environment/runtime.ts';

interface Trial {
  /** Of each pause, its share of the longest that it may be. */
  readonly random?: number;
  /** How long each attempt takes. */
  readonly attemptMs?: number;
  /** What remains for the request at its first attempt. */
  readonly timeMs?: number;
}

/** All attempts that a request makes, with a clock that only they and the pauses between them move. */
async function allAttempts({ random = 0.5, attemptMs = 0, timeMs = 9500 }: Trial = {}) {
  const made: number[] = [];
  /** When each attempt began. */
  const begunAtMs: number[] = [];
  const pauses: number[] = [];
  const stats = { attempts: 0 };
  let nowMs = 0;
  const runtime: Runtime = {
    now: () => nowMs,
    newId: () => '',
    random: () => random,
    sleep: async (ms) => {
      pauses.push(ms);
      nowMs += ms;
    },
  };
  for await (const attempt of attempts(runtime, () => timeMs - nowMs, stats)) {
    made.push(attempt);
    begunAtMs.push(nowMs);
    nowMs += attemptMs;
  }
  return { made, begunAtMs, pauses, stats };
}

const last = <Item>(items: readonly Item[]): Item | undefined => items.at(-1);
const longest = 1 - 2 ** -53;

describe('attempts', () => {
  test('are numbered from 1 and counted, with a pause before each but the first', async () => {
    const { made, pauses, stats } = await allAttempts();
    expect(made).toEqual(made.map((_attempt, index) => index + 1));
    expect(pauses).toHaveLength(made.length - 1);
    expect(stats.attempts).toBe(made.length);
  });

  test('end when one succeeds, without another pause', async () => {
    const pauses: number[] = [];
    const runtime = { random: () => 0.5, sleep: async (ms: number) => pauses.push(ms) } as unknown as Runtime;
    const stats = { attempts: 0 };
    for await (const attempt of attempts(runtime, () => 9500, stats)) if (attempt === 2) break;
    expect(pauses).toEqual([25]);
    expect(stats.attempts).toBe(2);
  });

  test('go on for six seconds from the first, however long each takes', async () => {
    for (const attemptMs of [10, 100, 400, 1600]) {
      const { begunAtMs, pauses } = await allAttempts({ attemptMs });
      const nextAtMs = (last(begunAtMs) ?? 0) + attemptMs;
      expect(last(begunAtMs)).toBeLessThan(6000);
      // Another pause as long as the last one would have ended later than that.
      expect(nextAtMs + (last(pauses) ?? 0)).toBeGreaterThanOrEqual(6000);
    }
  });

  test('are one where the first takes six seconds', async () => {
    expect((await allAttempts({ attemptMs: 6000 })).made).toEqual([1]);
    expect((await allAttempts({ attemptMs: 5999, random: 0 })).made).toEqual([1, 2]);
  });

  test('end earlier where the time of the request does, and never with a pause that it has no time for', async () => {
    expect((await allAttempts({ timeMs: 25 })).made).toEqual([1]);
    expect((await allAttempts({ timeMs: 26 })).made).toEqual([1, 2]);
    const { begunAtMs } = await allAttempts({ timeMs: 1000, attemptMs: 10 });
    expect(last(begunAtMs)).toBeLessThan(1000);
  });

  test('that are made without a pause count as well, and make the next pause longer', async () => {
    const pauses: number[] = [];
    const runtime = { random: () => 0.5, sleep: async (ms: number) => pauses.push(ms) } as unknown as Runtime;
    const stats = { attempts: 0 };
    const made: number[] = [];
    for await (const attempt of attempts(runtime, () => 9500, stats)) {
      made.push(attempt);
      if (attempt === 1) stats.attempts += 1;
      else break;
    }
    expect(made).toEqual([1, 3]);
    expect(pauses).toEqual([100]);
  });
});

describe('a pause', () => {
  test('is of any length from 0 to its longest', async () => {
    expect(last((await allAttempts({ random: 0, attemptMs: 600 })).pauses)).toBe(0);
    expect((await allAttempts({ random: longest })).pauses[0]).toBeCloseTo(50, 6);
  });

  test('has a longest that grows fourfold, up to a third of what remains of the first five seconds', async () => {
    const { pauses, begunAtMs } = await allAttempts({ random: longest });
    for (const [index, longestMs] of [50, 200, 800, (5000 - 1050) / 3].entries()) {
      expect(pauses[index]).toBeCloseTo(longestMs, 6);
    }
    const shares = pauses.slice(3).filter((ms) => ms > 25.000001);
    expect(shares.length).toBeGreaterThan(5);
    for (const [index, ms] of shares.entries()) {
      expect(ms).toBeCloseTo((5000 - (begunAtMs[index + 3] ?? 0)) / 3, 6);
    }
  });

  test('has a longest of 25 ms towards the end, so that the oldest request goes first', async () => {
    const { pauses, begunAtMs } = await allAttempts({ random: longest });
    const afterAim = pauses.filter((_ms, index) => (begunAtMs[index] ?? 0) > 4925.000001);
    expect(afterAim.length).toBeGreaterThan(30);
    for (const ms of afterAim) expect(ms).toBeCloseTo(25, 6);
  });

  test('has a longest of four times the last attempt where that is more, because others slow each other down', async () => {
    const { pauses } = await allAttempts({ random: longest, attemptMs: 40 });
    expect(pauses[0]).toBeCloseTo(160, 6);
    expect(pauses[1]).toBeCloseTo(200, 6);
  });

  test('has a share of what remains since the first attempt, however that time was spent', async () => {
    const { pauses } = await allAttempts({ random: longest, attemptMs: 1000 });
    expect(pauses[0]).toBeCloseTo((5000 - 1000) / 3, 6);
    expect(pauses[1]).toBeCloseTo((5000 - 2000 - (5000 - 1000) / 3) / 3, 6);
  });
});
