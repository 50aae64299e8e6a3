import { setTimeout as sleep } from 'node:timers/promises';

/** Network, time and randomness: what a test controls. */
export interface Runtime {
  readonly fetch: typeof fetch;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** @throws when the signal is aborted */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** At least 0, below 1. */
  readonly random: () => number;
}

export const systemRuntime: Runtime = {
  fetch: (...args) => fetch(...args),
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
};
