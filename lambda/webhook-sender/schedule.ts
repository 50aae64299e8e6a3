const minute = 60;
const hour = 60 * minute;

/** What a message waits for after each receive, in seconds. SQS allows twelve hours at most. */
const waits = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, ...Array<number>(5).fill(11 * hour)];

/** After so many receives, in some three days, SQS makes a dead letter of it (maxReceiveCount of the queue). */
export const maxReceives = waits.length + 1;

/** So that messages that failed together do not all come again together. */
const jitter = 0.2;

/**
 * Seconds until a message comes again. After the last receive it comes at once, so that SQS puts it aside.
 * @param random at least 0, below 1
 */
export function waitSeconds(receiveCount: number, random: number): number {
  const seconds = waits[Math.max(1, receiveCount) - 1] ?? 0;
  return Math.round(seconds * (1 - jitter * random));
}
