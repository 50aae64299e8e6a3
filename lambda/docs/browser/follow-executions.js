import { isAtRest } from './execution-text.js';

/**
 * @typedef {import('./execution-text.js').Executed} Executed
 * @typedef {{ cancellations: Executed[] | null, nextToken?: string }} Listed
 */

/** Before each request: ten of them, the last one begins after 29 seconds. */
export const pausesMs = [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000];

/**
 * Asks for an order again and again, and shows each execution that has changed, until all that are followed are at rest.
 * It ends at once with the signal. True if it ended before they were at rest, because it has asked often enough.
 * @param {object} options
 * @param {{ orderNo?: string, nextToken?: string }} options.body the request that lists them, or a page before them
 * @param {Map<string, string | undefined>} options.seen by the returnRequestIds to follow: the status that is shown
 * @param {(body: object) => Promise<Listed | undefined>} options.ask undefined for no answer: then it is asked again
 * @param {(changed: Executed[]) => void} options.show
 * @param {AbortSignal} options.signal
 * @param {(ms: number) => Promise<unknown>} [options.pause]
 * @returns {Promise<boolean>}
 */
export async function followExecutions({ body, seen, ask, show, signal, pause = sleep }) {
  const shown = new Map(seen);
  let { nextToken } = body;
  for (const pauseMs of pausesMs) {
    await pause(pauseMs);
    if (signal.aborted) return false;
    const listed = await ask({ ...body, nextToken });
    // Another request may have been sent meanwhile.
    if (signal.aborted) return false;
    if (listed === undefined) continue;
    if (listed.cancellations === null) return true;
    const followed = listed.cancellations.filter(({ returnRequestId }) => shown.has(returnRequestId));
    // They may be on a later page, which stays theirs.
    if (followed.length === 0) nextToken = listed.nextToken ?? nextToken;
    const changed = followed.filter((one) => shown.get(one.returnRequestId) !== statusOf(one));
    for (const one of changed) shown.set(one.returnRequestId, statusOf(one));
    if (changed.length > 0) show(changed);
    if (followed.length === shown.size && followed.every(isAtRest)) return false;
  }
  return true;
}

/**
 * As it is compared: a retry is another state.
 * @param {Executed} executed
 */
export function statusOf({ execution }) {
  return execution === undefined ? 'NONE' : `${execution.status} ${execution.attempt}`;
}

/** @param {number} ms */
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
