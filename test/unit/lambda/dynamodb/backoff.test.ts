import { describe, expect, test } from '@jest/globals';
import { pause } from '../../../../lambda/dynamodb/backoff.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import type { Runtime } from '../../../../lambda/environment/runtime.ts';

/** The one pause that is made after so many failures. */
async function pauseAfter(failures: number, random: number, remainingMs = 10_000): Promise<number[]> {
  const pauses: number[] = [];
  const runtime = { random: () => random, sleep: async (ms: number) => pauses.push(ms) } as unknown as Runtime;
  await pause(failures, runtime, () => remainingMs);
  return pauses;
}

describe('a pause', () => {
  test.each([
    [1, 50],
    [2, 100],
    [3, 200],
    [4, 400],
    [5, 400],
    [50, 400],
  ])('after %d failures is anything from nothing to %d ms', async (failures, longestMs) => {
    expect(await pauseAfter(failures, 0)).toEqual([0]);
    expect(await pauseAfter(failures, 0.25)).toEqual([longestMs / 4]);
    const [nearlyLongest = 0] = await pauseAfter(failures, 1 - 2 ** -53);
    expect(nearlyLongest).toBeCloseTo(longestMs, 6);
  });

  test('is not made when the request would be late', async () => {
    expect(await pauseAfter(1, 0.5, 26)).toEqual([25]);
    await expect(pauseAfter(1, 0.5, 25)).rejects.toThrow(DatabaseUnavailable);
    await expect(pauseAfter(1, 0, 0)).rejects.toThrow(DatabaseUnavailable);
  });
});
