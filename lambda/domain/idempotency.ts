/** What a request comes again as: see section 4 of the contract. */
export type Repeat = 'REPLAY' | 'KEY_REUSED' | 'DUPLICATE';

/** How long an identical request without an idempotency key is taken for a retry. */
export const retryWindowMs = 24 * 60 * 60 * 1000;

/**
 * Judges a request whose key already has a record. With an idempotency key the record answers for ever, but only the
 * same request; without one, the key is the request itself, and only for 24 hours (contract, section 4).
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
