import type { PastCancellation } from '../dynamodb/history-repository.ts';

/** Some of an order's cancellations, and the token to ask for the next ones with. */
export interface Page {
  readonly cancellations: readonly PastCancellation[];
  /** Absent at the end. */
  readonly nextToken?: string;
}

/**
 * A page of all cancellations, oldest first; undefined for a token that is none of theirs.
 *
 * A token is the id of the last cancellation that was listed. Records are never deleted, so it never becomes stale. It has
 * to belong to this very order, so that none leads anywhere else. It needs no secret: the merchant has seen that id.
 */
export function paginate(all: readonly PastCancellation[], limit: number, token: string | undefined): Page | undefined {
  const sorted = all.toSorted(byTime);
  const lastListed = sorted.findIndex(({ returnRequestId }) => returnRequestId === token);
  if (token !== undefined && lastListed === -1) return undefined;
  const cancellations = sorted.slice(lastListed + 1, lastListed + 1 + limit);
  const last = cancellations.at(-1);
  const isEnd = last === sorted.at(-1);
  return { cancellations, ...(last === undefined || isEnd ? {} : { nextToken: last.returnRequestId }) };
}

/** Those of one millisecond by their ids, so that there is only one sequence. */
function byTime(one: PastCancellation, other: PastCancellation): number {
  if (one.createdAtMs !== other.createdAtMs) return one.createdAtMs - other.createdAtMs;
  return one.returnRequestId < other.returnRequestId ? -1 : 1;
}
