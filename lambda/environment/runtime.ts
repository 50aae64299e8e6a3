import { randomFillSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';

/** Time, randomness and ids: everything that makes two runs differ, so that a test can control it. */
export interface Runtime {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** Unique, and sorts by time. */
  readonly newId: () => string;
}

export const systemRuntime: Runtime = {
  now: Date.now,
  sleep,
  random: Math.random,
  newId: () => ulid(undefined, secureRandom),
};

const pool = new Uint32Array(256);
let unusedCount = 0;

/**
 * A number from the system's secure source, at least 0 and below 1. Many are fetched at once, because an id needs
 * sixteen of them, and ulid itself would fetch each one separately.
 */
function secureRandom(): number {
  if (unusedCount === 0) unusedCount = randomFillSync(pool).length;
  unusedCount -= 1;
  return (pool[unusedCount] ?? 0) / 2 ** 32;
}
