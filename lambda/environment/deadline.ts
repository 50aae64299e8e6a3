import type { Context } from 'aws-lambda';

/** Milliseconds until the request must be answered. */
export type RemainingMs = () => number;

/** Kept back at the end of an invocation to respond in. */
const responseMs = 500;

/** When middy gives up by itself, should a bug have used that up too. */
export const lastResortMs = 250;

export function remainingMsOf(context: Pick<Context, 'getRemainingTimeInMillis'>): RemainingMs {
  return () => context.getRemainingTimeInMillis() - responseMs;
}
