import { attempts } from '../../lambda/dynamodb/backoff.ts';
import type { Runtime } from '../../lambda/environment/runtime.ts';

/**
 * How many attempts a request makes before it gives up, when every pause is as long as it can be. They are counted, so
 * that whoever uses the number does not depend on how it is bounded.
 */
export async function countOwedAttempts(): Promise<number> {
  let last = 0;
  let nowMs = 0;
  const stats = { attempts: 0 };
  const runtime: Runtime = {
    now: () => nowMs,
    newId: () => '',
    random: () => 1,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
  for await (const attempt of attempts(runtime, () => 10_000 - nowMs, stats)) last = attempt;
  return last;
}
