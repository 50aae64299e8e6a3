import { describe, expect, test } from '@jest/globals';
import { attempts, maxAttempts } from '../../../../lambda/dynamodb/backoff.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import type { Runtime } from '../../../../lambda/environment/runtime.ts';

function runtimeOf(random: number, pauses: number[]): Runtime {
  return { now: () => 0, newId: () => '', random: () => random, sleep: async (ms) => void pauses.push(ms) };
}

/** All attempts that may be made, and the pauses between them. */
async function allAttempts(random: number, remainingMs = 10_000): Promise<{ made: number[]; pauses: number[] }> {
  const made: number[] = [];
  const pauses: number[] = [];
  for await (const attempt of attempts(runtimeOf(random, pauses), () => remainingMs)) made.push(attempt);
  return { made, pauses };
}

describe('attempts', () => {
  test('are five, with no pause before the first and none after the last', async () => {
    const { made, pauses } = await allAttempts(0.5);
    expect([made, made.length]).toEqual([[1, 2, 3, 4, 5], maxAttempts]);
    expect(pauses).toEqual([25, 50, 100, 200]);
  });

  test('end when the first succeeds', async () => {
    const pauses: number[] = [];
    for await (const attempt of attempts(runtimeOf(0.5, pauses), () => 10_000)) if (attempt === 2) break;
    expect(pauses).toEqual([25]);
  });

  test('have pauses from nothing to twice as long each time, up to 400 ms', async () => {
    expect((await allAttempts(0)).pauses).toEqual([0, 0, 0, 0]);
    const { pauses } = await allAttempts(1 - 2 ** -53);
    for (const [index, longestMs] of [50, 100, 200, 400].entries()) expect(pauses[index]).toBeCloseTo(longestMs, 6);
  });

  test('end when the request would be late', async () => {
    expect((await allAttempts(0.5, 201)).made).toHaveLength(5);
    await expect(allAttempts(0.5, 25)).rejects.toThrow(DatabaseUnavailable);
    await expect(allAttempts(0, 0)).rejects.toThrow(DatabaseUnavailable);
  });
});
