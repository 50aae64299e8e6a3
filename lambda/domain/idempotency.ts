/** How long an identical request without an idempotency key counts as a retry. */
export const retryWindowMs = 24 * 60 * 60 * 1000;

// The prefixes keep the two apart: no idempotency key can look like a digest.
const idempotencyKeyPrefix = 'K#';
const digestPrefix = 'D#';

/** What a cancellation of an order is known by: the merchant's key, or else its content (contract, section 4). */
export function cancellationKeyOf(idempotencyKey: string | undefined, requestDigest: string): string {
  return idempotencyKey === undefined ? `${digestPrefix}${requestDigest}` : `${idempotencyKeyPrefix}${idempotencyKey}`;
}

/** The merchant's key in a cancellation key; undefined where the cancellation is known by its content. */
export function idempotencyKeyIn(cancellationKey: string): string | undefined {
  return cancellationKey.startsWith(idempotencyKeyPrefix)
    ? cancellationKey.slice(idempotencyKeyPrefix.length)
    : undefined;
}

/** What a request is whose cancellation key has a record already. */
export type Repeat = 'REPLAY' | 'KEY_REUSED' | 'DUPLICATE';

/**
 * Judges a request whose cancellation key has a record. With an idempotency key the same request is replayed for ever,
 * and any other is refused. Without one, the key is the request itself, and it is replayed for 24 hours (contract,
 * section 4).
 */
export function judgeRepeat(
  earlier: { readonly requestDigest: string; readonly createdAtMs: number },
  request: { readonly digest: string; readonly hasIdempotencyKey: boolean },
  nowMs: number,
): Repeat {
  if (request.digest !== earlier.requestDigest) return 'KEY_REUSED';
  const isWithinRetryWindow = nowMs - earlier.createdAtMs <= retryWindowMs;
  return request.hasIdempotencyKey || isWithinRetryWindow ? 'REPLAY' : 'DUPLICATE';
}
