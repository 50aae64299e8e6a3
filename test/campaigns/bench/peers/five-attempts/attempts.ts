import type { RemainingMs } from '../../../../../lambda/environment/deadline.ts';
import type { Runtime } from '../../../../../lambda/environment/runtime.ts';

const maxAttempts = 5;
const baseMs = 25;
const longestMs = 400;

/** In place of lambda/dynamodb/backoff.ts: five attempts, and pauses that do not know how many compete. */
export async function* attempts(
  { random, sleep }: Runtime,
  remainingMs: RemainingMs,
  stats: { attempts: number },
): AsyncGenerator<number, void, undefined> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    stats.attempts += 1;
    yield attempt;
    const pauseMs = random() * Math.min(longestMs, baseMs * 2 ** attempt);
    if (attempt === maxAttempts || pauseMs >= remainingMs()) return;
    await sleep(pauseMs);
  }
}
