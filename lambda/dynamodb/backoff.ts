import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import { DatabaseUnavailable } from './failures.ts';

/** How often a request tries what other requests for the same order can make fail. */
export const maxAttempts = 5;

/** The pauses between these attempts, in milliseconds. */
const pausesOfRequest = { baseMs: 25, longestMs: 400 };

/**
 * The numbers of the attempts, from 1, with a pause before each but the first. Whoever still has no outcome when they
 * end gives up. This is the only bound of these retries; the SDK's own retries of one call are in client.ts.
 * @throws DatabaseUnavailable when the next pause would take longer than the request may
 */
export async function* attempts(
  { random, sleep }: Runtime,
  remainingMs: RemainingMs,
): AsyncGenerator<number, void, undefined> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    yield attempt;
    if (attempt === maxAttempts) return;
    const ms = backoffMs(attempt, pausesOfRequest, random);
    if (ms >= remainingMs()) throw new DatabaseUnavailable('No time remains for another attempt.');
    await sleep(ms);
  }
}

/**
 * Exponential backoff with full jitter, in milliseconds: at least 0 and below baseMs x 2 ^ failures, and below longestMs.
 * @param failures number of failed attempts, 1 or more
 */
export function backoffMs(
  failures: number,
  { baseMs, longestMs }: { readonly baseMs: number; readonly longestMs: number },
  random: () => number,
): number {
  return random() * Math.min(longestMs, baseMs * 2 ** failures);
}
