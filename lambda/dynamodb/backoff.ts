import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import { DatabaseUnavailable } from './failures.ts';

/** How often a request tries what may fail because of other requests for the same order, before it gives up. */
export const maxAttempts = 5;

/** The pauses between these attempts, in milliseconds. */
const pausesOfRequest = { firstMs: 25, longestMs: 400 };

/**
 * Waits before the next attempt.
 * @param failures number of failed attempts, 1 or more
 * @throws DatabaseUnavailable when the pause would take longer than the request may
 */
export async function pause(failures: number, runtime: Runtime, remainingMs: RemainingMs): Promise<void> {
  const ms = backoffMs(failures, pausesOfRequest, runtime.random);
  if (ms >= remainingMs()) throw new DatabaseUnavailable('No time remains for another attempt.');
  await runtime.sleep(ms);
}

/** Exponential backoff with full jitter: at least 0 and below firstMs x 2 ^ failures, and below longestMs. */
export function backoffMs(
  failures: number,
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
  random: () => number,
): number {
  return random() * Math.min(longestMs, firstMs * 2 ** failures);
}
