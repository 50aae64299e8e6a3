import type { RemainingMs } from '../environment/deadline.ts';

/**
 * A request cannot be finished now: DynamoDB does not answer or is busy, other requests keep changing the order, or no
 * time remains. Sending the request again is safe.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * What a failed call says about its effect. THROTTLED: turned away, nothing was done. UNCERTAIN: no answer, or one that
 * leaves the effect open. REJECTED: DynamoDB read the call and did nothing, for example for a missing right or
 * expired credentials: sending it again does not help.
 */
export type Failure = 'THROTTLED' | 'UNCERTAIN' | 'REJECTED';

const throttlings: ReadonlySet<unknown> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);

export function failureOf(error: unknown): Failure {
  const { name, $fault, $metadata } = error as {
    name?: unknown;
    $fault?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  if (throttlings.has(name)) return 'THROTTLED';
  // The same transaction is still in progress, so it may yet be applied.
  if (name === 'TransactionInProgressException') return 'UNCERTAIN';
  // An answer that arrived in part has a status too. Only an error that was read as a whole has $fault.
  if ($fault === undefined) return 'UNCERTAIN';
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 ? 'REJECTED' : 'UNCERTAIN';
}

/** A signal that ends a call when the time is up. @throws DatabaseUnavailable when no time remains */
export function abortAfter(remainingMs: RemainingMs): AbortSignal {
  const ms = remainingMs();
  if (ms <= 0) throw new DatabaseUnavailable('No time remains for another call.');
  return AbortSignal.timeout(ms);
}

/**
 * Makes a call that reads. @throws DatabaseUnavailable when it was not answered, the error itself when it was rejected
 */
export async function read<Output>(call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DatabaseUnavailable || failureOf(error) === 'REJECTED') throw error;
    throw new DatabaseUnavailable('A read was not answered.', { cause: error });
  }
}
