import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../../tools/command-line.ts';

/**
 * Does one step of the run, and prints the seconds that it took.
 * @throws Error with the step's name; a UsageError as it is
 */
export async function step<Result>(name: string, act: () => Result | Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    const result = await act();
    console.log(`${secondsSince(startedAt).padStart(6)} s  ${name}`);
    return result;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    console.error(`FAILED ${name}`);
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    throw new Error(`${name}: it failed as shown above.`, { cause: error });
  }
}

/** Waits for all of it, also when one has failed. @throws the first error */
export async function allOf(parts: ReadonlyArray<Promise<void>>): Promise<void> {
  for (const result of await Promise.allSettled(parts)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

export function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}

const lookMs = 500;
const maxLooks = 120;

/** Looks until something is true. @throws Error naming it, after a minute */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < maxLooks; looks += 1) {
    if (await isTrue()) return;
    await sleep(lookMs);
  }
  throw new Error(`It did not happen in time: ${what}.`);
}
