import type { PastCancellation } from '../dynamodb/history-repository.ts';

/** Some of an order's cancellations, and the token that the next ones are asked for with. */
export interface Page {
  readonly cancellations: readonly PastCancellation[];
  /** Absent at the end. */
  readonly nextToken?: string;
}

/**
 * A page of all cancellations in the order of their time; undefined for a token that is none of theirs.
 *
 * A token is the id of the last cancellation told. Records are never deleted, so it never becomes stale; it has to be
 * one of this very order's, so that none leads anywhere else; and it needs no secret, for it says what the merchant has
 * been told already.
 */
export function pageOf(all: readonly PastCancellation[], limit: number, token: string | undefined): Page | undefined {
  const sorted = all.toSorted(byTime);
  const lastTold = sorted.findIndex(({ returnRequestId }) => returnRequestId === token);
  if (token !== undefined && lastTold === -1) return undefined;
  const cancellations = sorted.slice(lastTold + 1, lastTold + 1 + limit);
  const last = cancellations.at(-1);
  const isEnd = last === sorted.at(-1);
  return { cancellations, ...(last === undefined || isEnd ? {} : { nextToken: last.returnRequestId }) };
}

/** Of one millisecond, by their ids, so that there is one order. */
function byTime(one: PastCancellation, other: PastCancellation): number {
  if (one.createdAtMs !== other.createdAtMs) return one.createdAtMs - other.createdAtMs;
  return one.returnRequestId < other.returnRequestId ? -1 : 1;
}
