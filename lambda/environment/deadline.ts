import type { Context } from 'aws-lambda';
import type { RemainingMs } from '../dynamodb/failures.ts';

/** Kept back at the end of an invocation to answer in; the last resort is middy's, should a bug use that up. */
const answerMs = 500;
export const lastResortMs = 250;

export function remainingMsOf(context: Pick<Context, 'getRemainingTimeInMillis'>): RemainingMs {
  return () => context.getRemainingTimeInMillis() - answerMs;
}
