import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';

/** From its first attempt, for this long a request begins others. */
export const attemptsMs = 5000;

/** By then a request is to be through. Pauses get shorter towards it, so that the oldest request goes first. */
const aimMs = 4000;

/** The pauses between attempts, in milliseconds. */
const shortestWindowMs = 25;
const firstWindowMs = 50;
const windowGrowth = 4;
const shareOfRemainingTime = 1 / 5;

/**
 * Counts the attempts of a request in its stats and yields each number, with a pause before each but the first. This is
 * the only bound of what other requests for the same order, or throttling, can make fail; the SDK's own retries of one
 * call are in client.ts.
 *
 * The pauses adapt to how many compete: each lost attempt makes the window four times as wide, until it is a share of
 * the time that remains. With a constant limit, newcomers would overtake the oldest requests.
 * They end when the time for them is over.
 * @param stats where the attempts are counted; whoever makes one without a pause counts it there
 */
export async function* attempts(
  { random, sleep }: Runtime,
  remainingMs: RemainingMs,
  stats: { attempts: number },
): AsyncGenerator<number, void, undefined> {
  const remainingAtStartMs = remainingMs();
  for (;;) {
    stats.attempts += 1;
    yield stats.attempts;
    const elapsedMs = remainingAtStartMs - remainingMs();
    const pauseMs = random() * pauseWindowMs(stats.attempts, elapsedMs);
    const isTimeOver = elapsedMs + pauseMs >= attemptsMs || pauseMs >= remainingMs();
    if (isTimeOver) return;
    await sleep(pauseMs);
  }
}

/** The longest pause after a number of lost attempts, in milliseconds. */
function pauseWindowMs(lostAttempts: number, elapsedMs: number): number {
  const share = (aimMs - elapsedMs) * shareOfRemainingTime;
  return Math.max(shortestWindowMs, Math.min(firstWindowMs * windowGrowth ** (lostAttempts - 1), share));
}
