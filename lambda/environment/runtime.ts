import { randomFillSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';

/** Time, chance and identity: everything that makes two runs differ, so that a test can hold it still. */
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
let left = 0;

/**
 * At least 0, below 1, from the system's secure source, which is asked once for many: an id has sixteen such numbers, and
 * ulid alone would ask for each.
 */
function secureRandom(): number {
  if (left === 0) left = randomFillSync(pool).length;
  left -= 1;
  return (pool[left] ?? 0) / 2 ** 32;
}
