import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';

/** From its first attempt, for this long a request begins others. */
export const attemptsMs = 6000;

/** By then a request is to be through. Pauses get shorter towards it, so that the oldest request goes first. */
const aimMs = 5000;

/** A pause takes a random part of a window. In milliseconds. */
const shortestWindowMs = 25;
const firstWindowMs = 50;
const windowGrowth = 4;
/** An attempt that takes long shows that many are under way. */
const attemptsInWindow = 4;
const shareOfRemainingTime = 1 / 3;

/**
 * Counts the attempts of a request in its stats and yields each number, with a pause before each but the first. This is
 * the only bound of what other requests for the same order, or throttling, can make fail; the SDK's own retries of one
 * call are in client.ts.
 *
 * They end when the time for them is over. The pauses adapt to how many compete: the window gets wider with each lost
 * attempt, and with how long the last one took, until it is a share of the time that remains. With a constant limit,
 * newcomers would overtake the oldest requests.
 * @param stats where the attempts are counted; whoever makes one without a pause counts it there
 */
export async function* attempts(
  { random, sleep }: Runtime,
  remainingMs: RemainingMs,
  stats: { attempts: number },
): AsyncGenerator<number, void, undefined> {
  const remainingAtStartMs = remainingMs();
  for (;;) {
    const remainingBeforeMs = remainingMs();
    stats.attempts += 1;
    yield stats.attempts;
    const elapsedMs = remainingAtStartMs - remainingMs();
    const attemptMs = remainingBeforeMs - remainingMs();
    const pauseMs = random() * windowMs(stats.attempts, attemptMs, elapsedMs);
    const isTimeOver = elapsedMs + pauseMs >= attemptsMs || pauseMs >= remainingMs();
    if (isTimeOver) return;
    await sleep(pauseMs);
  }
}

/** The longest pause after a number of lost attempts, in milliseconds. */
function windowMs(lostAttempts: number, lastAttemptMs: number, elapsedMs: number): number {
  const wanted = Math.max(firstWindowMs * windowGrowth ** (lostAttempts - 1), attemptsInWindow * lastAttemptMs);
  return Math.max(shortestWindowMs, Math.min(wanted, (aimMs - elapsedMs) * shareOfRemainingTime));
}
