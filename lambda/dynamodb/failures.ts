import type { RemainingMs } from '../environment/deadline.ts';

/** A request cannot be finished now, and changed nothing: DynamoDB does not answer, or no time remains. */
export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable';
}

/**
 * Other requests kept changing the same order, or DynamoDB kept throttling, until the time for retries was over. Nobody's
 * fault: an order that many cancel at once.
 */
export class Contended extends DatabaseUnavailable {
  override readonly name = 'Contended';
}

/** A write was not answered, and its record cannot be found: it may have been applied, or may yet be. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
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
    throw failedRead(error);
  }
}

/** As read, but undefined if the call was throttled. */
export async function readUnlessThrottled<Output>(call: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await call();
  } catch (error) {
    if (failureOf(error) === 'THROTTLED') return undefined;
    throw failedRead(error);
  }
}

function failedRead(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable || failureOf(error) === 'REJECTED') return error;
  return new DatabaseUnavailable('A read was not answered.', { cause: error });
}
