import type { PastCancellation } from '../dynamodb/history-repository.ts';

/** Some of an order's cancellations, and the token for the next ones. */
export interface Page {
  readonly cancellations: readonly PastCancellation[];
  /** Absent at the end. */
  readonly nextToken?: string;
}

/**
 * The page that follows a token, in the sequence in which the cancellations were applied; undefined for a token that
 * belongs to none of them (contract, section 7).
 *
 * The sequence is that of the order's versions, not of any clock. So what is added later comes last, and a walk over the
 * pages misses nothing. A token is the id of the last cancellation that was listed. Records are never deleted, so it
 * never becomes invalid. It must belong to this very order, so that no token leads to another one. It need not be
 * secret: the merchant already knows the id.
 */
export function paginate(all: readonly PastCancellation[], limit: number, token: string | undefined): Page | undefined {
  const sorted = all.toSorted((one, other) => one.orderVersion - other.orderVersion);
  const lastListed = sorted.findIndex(({ returnRequestId }) => returnRequestId === token);
  if (token !== undefined && lastListed === -1) return undefined;
  const cancellations = sorted.slice(lastListed + 1, lastListed + 1 + limit);
  const last = cancellations.at(-1);
  const isEnd = last === sorted.at(-1);
  return { cancellations, ...(last === undefined || isEnd ? {} : { nextToken: last.returnRequestId }) };
}
