import type { CancellationRequest, Origin } from './cancellation.ts';
import type { Order } from './order.ts';

/** How long an identical request without an idempotency key counts as a retry. */
export const retryWindowMs = 24 * 60 * 60 * 1000;

// The prefixes keep the kinds of key apart: no idempotency key can look like a digest, or like an event's id.
const idempotencyKeyPrefix = 'K#';
const digestPrefix = 'D#';
const platformPrefix = 'P#';

/**
 * What identifies a cancellation of an order: the merchant's idempotency key, or else the digest of the request
 * (contract, section 4).
 */
export function cancellationKeyOf(idempotencyKey: string | undefined, requestDigest: string): string {
  return idempotencyKey === undefined ? `${digestPrefix}${requestDigest}` : `${idempotencyKeyPrefix}${idempotencyKey}`;
}

/** What identifies a cancellation that the platform reports: the id of its event. */
export function cancellationKeyOfEvent(eventId: string): string {
  return `${platformPrefix}${eventId}`;
}

/** Whose cancellation it is: the platform's, where the money went back without this service, or else the merchant's. */
export function originOf(cancellationKey: string): Origin {
  return cancellationKey.startsWith(platformPrefix) ? 'PLATFORM' : 'MERCHANT';
}

/** The idempotency key in a cancellation key; undefined if the cancellation is identified in another way. */
export function idempotencyKeyIn(cancellationKey: string): string | undefined {
  return cancellationKey.startsWith(idempotencyKeyPrefix)
    ? cancellationKey.slice(idempotencyKeyPrefix.length)
    : undefined;
}

/** What is known of an earlier request from its record. */
export interface EarlierRequest {
  readonly requestDigest: string;
  readonly createdAtMs: number;
  /** The taxAmount of each item, where there was one. */
  readonly items: ReadonlyArray<{ readonly seq: number; readonly taxAmount?: number }>;
  /** Undefined if the refund account made no difference. */
  readonly accountTag: string | undefined;
}

/** A request whose cancellation key has a record already. */
export interface RepeatedRequest {
  readonly request: CancellationRequest;
  readonly requestDigest: string;
  readonly hasIdempotencyKey: boolean;
  /** Of its refund account. Asked for only if the account makes a difference. */
  readonly accountTag: () => string;
}

/** What a request is if its cancellation key has a record already. */
export type Repeat =
  | { readonly kind: 'REPLAY' }
  | { readonly kind: 'KEY_REUSED' }
  /** Without an idempotency key: sent too late, or with another tax or account. Both: JSON Pointers to what differs. */
  | { readonly kind: 'DUPLICATE'; readonly differences: readonly string[] };

/**
 * Judges a request whose cancellation key has a record. With an idempotency key, the same request is replayed for ever
 * and any other one is refused. Without one, the request itself is the key, and it is replayed for 24 hours. Taxes and
 * the refund account are no part of the key, so that a retry which spells them differently never pays twice; but another
 * tax or account is not what was applied (contract, section 4).
 * @param order the order of both, at any time
 */
export function judgeRepeat(earlier: EarlierRequest, repeated: RepeatedRequest, order: Order, nowMs: number): Repeat {
  const isOtherRequest = repeated.requestDigest !== earlier.requestDigest;
  const differences = isOtherRequest ? [] : differencesOf(earlier, repeated, order);
  const isSame = !isOtherRequest && differences.length === 0;
  if (repeated.hasIdempotencyKey) return { kind: isSame ? 'REPLAY' : 'KEY_REUSED' };
  const isWithinRetryWindow = nowMs - earlier.createdAtMs <= retryWindowMs;
  return isSame && isWithinRetryWindow ? { kind: 'REPLAY' } : { kind: 'DUPLICATE', differences };
}

/** JSON Pointers to the taxes that differ, and to the refund account if it does. */
function differencesOf(earlier: EarlierRequest, { request, accountTag }: RepeatedRequest, order: Order): string[] {
  const earlierTaxes = new Map(earlier.items.map(({ seq, taxAmount }) => [seq, taxAmount]));
  const untaxedSeqs = new Set(order.lines.filter(({ unitTaxMinor }) => unitTaxMinor === 0n).map(({ seq }) => seq));
  const differences = request.items.flatMap(({ seq, taxAmount }, index) => {
    // A line without tax has no two taxes: 0 and none are the same there.
    const isSameTax = taxAmount === earlierTaxes.get(seq) || untaxedSeqs.has(seq);
    return isSameTax ? [] : [`/items/${index}/taxAmount`];
  });
  const isSameAccount = earlier.accountTag === undefined || earlier.accountTag === accountTag();
  return isSameAccount ? differences : [...differences, '/refundAccount'];
}
