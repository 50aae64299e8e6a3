import type { Context } from 'aws-lambda';

/** Milliseconds until the work on a request must be done. */
export type RemainingMs = () => number;

/** Milliseconds kept back at the end of an invocation to respond in. */
const responseMs = 500;

/**
 * Milliseconds before the end of an invocation at which middy gives up, in case a bug has used up the time to respond.
 */
export const lastResortMs = 250;

export function remainingMsOf(context: Pick<Context, 'getRemainingTimeInMillis'>): RemainingMs {
  return () => context.getRemainingTimeInMillis() - responseMs;
}
