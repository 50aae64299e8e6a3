import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { failureOf } from './failures.ts';

/** Errors of calls of which at least one attempt was not answered. */
const errorsAfterSilence = new WeakSet<object>();

/**
 * Whether the effect of a failed call is open, because one of its attempts was not answered. The SDK retries a call and
 * throws only the last error: the attempt before it may have been applied.
 */
export function mayHaveHadEffect(error: unknown): boolean {
  return failureOf(error) === 'UNCERTAIN' || errorsAfterSilence.has(error as object);
}

/** Notes that an attempt before the one that failed with this error was not answered. */
export function noteSilenceBefore(error: unknown): void {
  errorsAfterSilence.add(error as object);
}

/** Watches each attempt of the client's calls. */
export function noteUnansweredAttempts({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    // This function runs once for each call, and the one that it returns once for each attempt.
    (next) => {
      let isSilenceBefore = false;
      return async (request) => {
        try {
          return await next(request);
        } catch (error) {
          if (isSilenceBefore) noteSilenceBefore(error);
          isSilenceBefore ||= failureOf(error) === 'UNCERTAIN';
          throw error;
        }
      };
    },
    // Within the SDK's retries, which have a high priority.
    { step: 'finalizeRequest', priority: 'low', name: 'noteUnansweredAttempts' },
  );
}
