/** How long an identical request without an idempotency key counts as a retry. */
export const retryWindowMs = 24 * 60 * 60 * 1000;

// The prefixes keep both kinds of key apart: no idempotency key can look like a digest.
const idempotencyKeyPrefix = 'K#';
const digestPrefix = 'D#';

/**
 * What identifies a cancellation of an order: the merchant's idempotency key, or else the digest of the request
 * (contract, section 4).
 */
export function cancellationKeyOf(idempotencyKey: string | undefined, requestDigest: string): string {
  return idempotencyKey === undefined ? `${digestPrefix}${requestDigest}` : `${idempotencyKeyPrefix}${idempotencyKey}`;
}

/** The idempotency key in a cancellation key; undefined if the cancellation is identified by its digest. */
export function idempotencyKeyIn(cancellationKey: string): string | undefined {
  return cancellationKey.startsWith(idempotencyKeyPrefix)
    ? cancellationKey.slice(idempotencyKeyPrefix.length)
    : undefined;
}

/** What a request is if its cancellation key has a record already. */
export type Repeat = 'REPLAY' | 'KEY_REUSED' | 'DUPLICATE';

/**
 * Judges a request whose cancellation key has a record. With an idempotency key, the same request is replayed for ever
 * and any other one is refused. Without one, the request itself is the key, and it is replayed for 24 hours (contract,
 * section 4).
 */
export function judgeRepeat(
  earlier: { readonly requestDigest: string; readonly createdAtMs: number },
  request: { readonly requestDigest: string; readonly hasIdempotencyKey: boolean },
  nowMs: number,
): Repeat {
  if (request.requestDigest !== earlier.requestDigest) return 'KEY_REUSED';
  const isWithinRetryWindow = nowMs - earlier.createdAtMs <= retryWindowMs;
  return request.hasIdempotencyKey || isWithinRetryWindow ? 'REPLAY' : 'DUPLICATE';
}
