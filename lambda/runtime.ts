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
  newId: () => ulid(),
};
