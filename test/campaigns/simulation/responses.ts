import { type RefusalKind, refusals, type ResponseKind } from '../../../lambda/contract/result-codes.ts';
import { attemptsMs } from '../../../lambda/dynamodb/backoff.ts';
import { credentialRefusals } from '../../support/dynamodb-errors.ts';
import { type CancelOperation, BrokenPromise } from './history.ts';
import { type PlannedCredential, type Flaw, maxSkewMs } from './plan.ts';

/**
 * Judges what does not depend on the order: that a response is one of the contract's section 5, that mistakes which are
 * found before the order is looked at are reported, that access keys count only while they are valid, and that nobody is asked
 * to come again who need not.
 * @returns whether it was answered from the order, and so has to fit into the order's history
 * @throws BrokenPromise
 */
export function checkResponse(operation: CancelOperation, credential: PlannedCredential): boolean {
  const { name, response, send } = operation;
  if (response === undefined) return true;
  const { status, envelope, retryAfter, isReplay, etag } = response;
  const refusal = refusalOf(operation);
  const isComplete = status === 200 ? envelope.resultCode === '0' : envelope.data === null && !isReplay;
  if (!isComplete) throw new BrokenPromise(`${name} was answered with ${status} and what does not belong to it.`);
  if ((status === 503) !== (retryAfter !== undefined))
    throw new BrokenPromise(`${name}: Retry-After is for 503 alone.`);
  const isOfState = status === 200 || refusal === 'ORDER_CHANGED';
  if (isOfState !== (etag !== undefined)) throw new BrokenPromise(`${name}: an ETag is for 200 and 412 alone.`);
  if (refusal === 'INTERNAL_ERROR') {
    const isRefused = credentialRefusals.some((known) => operation.hindrances.refusals.includes(known));
    if (isRefused) return false;
    throw new BrokenPromise(`${name} was answered with an internal error.`);
  }
  // Whatever else may be wrong with the request was not found yet.
  if (refusal === 'UNAVAILABLE' || refusal === 'OUTCOME_UNKNOWN') {
    if (isHindered(operation)) return true;
    throw new BrokenPromise(`${name} was asked to come again, and nothing stood in its way.`);
  }

  const early = send.flaw === undefined ? undefined : refusalsOfFlaws[send.flaw];
  const isBeforeKey = early !== undefined && refusalsBeforeKey.has(early);
  const validity = validityOf(credential, operation);
  const expected: Array<RefusalKind | undefined> =
    isBeforeKey || validity !== 'INVALID' ? [early] : ['UNAUTHENTICATED'];
  if (validity === 'EITHER' && !isBeforeKey) expected.push('UNAUTHENTICATED');
  const isOfOrder = refusal === undefined || refusalsOfOrders.has(refusal);
  if (!expected.includes(isOfOrder ? undefined : refusal)) {
    throw new BrokenPromise(
      `${name} was answered with ${refusal ?? 'a success'}, and ${expected.join(' or ')} is right.`,
    );
  }
  return isOfOrder;
}

/** Less the pause that would lead beyond the time for retries: towards the end they are short. */
const shortestContentionMs = attemptsMs - 100;

/** Fewer attempts than that would mean that it mostly slept. */
const fewestAttempts = 10;

/**
 * Whether an invocation may give up: after a fault, or after others were at work on its order for all of its time. Without
 * a fault every write is answered, so that there is no outcome that is not known.
 */
function isHindered(operation: CancelOperation): boolean {
  const { hindrances, invokedAtMs, returnedAtMs } = operation;
  if (hindrances.faults > 0) return true;
  const isContended =
    returnedAtMs - invokedAtMs >= shortestContentionMs && hindrances.refusals.length >= fewestAttempts;
  return isContended && refusalOf(operation) === 'UNAVAILABLE';
}

/** What an invocation came to, for the summary. */
export function outcomeOf(operation: CancelOperation): string {
  const { response } = operation;
  if (response === undefined) return 'CRASHED';
  return refusalOf(operation) ?? (response.isReplay ? 'REPLAYED' : 'CANCELED');
}

/**
 * Only by what is on the wire: the message as well, since nothing else says whether it is known that nothing was canceled.
 */
export function refusalOf({ response, name }: CancelOperation): RefusalKind | undefined {
  if (response === undefined || response.status === 200) return undefined;
  const { status, envelope } = response;
  const { resultCode, message } = envelope;
  for (const [refusal, known] of knownRefusals) {
    if (known.status === status && known.resultCode === resultCode && known.message.en === message) return refusal;
  }
  throw new BrokenPromise(`${name} was answered with ${status} ${resultCode} ${message}`);
}

const knownRefusals = Object.entries(refusals) as ReadonlyArray<readonly [RefusalKind, ResponseKind]>;

const refusalsOfOrders: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'ORDER_NOT_FOUND',
  'RULES_BROKEN',
  'ORDER_CHANGED',
  'KEY_REUSED',
  'DUPLICATE',
]);

const refusalsBeforeKey: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'BODY_TOO_LARGE',
  'HEADERS_INVALID',
  'ENCODING_UNSUPPORTED',
]);

const refusalsOfFlaws: Readonly<Record<Flaw, RefusalKind>> = {
  FORGED_SIGNATURE: 'UNAUTHENTICATED',
  UNKNOWN_KEY: 'UNAUTHENTICATED',
  OTHER_STORE: 'UNAUTHENTICATED',
  MISSING_HEADER: 'HEADERS_INVALID',
  KEYS_DIFFER: 'HEADERS_INVALID',
  COMPRESSED: 'ENCODING_UNSUPPORTED',
  NOT_JSON: 'NOT_JSON',
  INVALID_JSON: 'INVALID_JSON',
  TOO_LARGE: 'BODY_TOO_LARGE',
  UNKNOWN_FIELD: 'SCHEMA_VIOLATED',
};

/** How long a key that was read is trusted, as README.md says. */
const longestCachedMs = 60_000;

/**
 * Whether an access key was valid while a request was served. A revoked one may be accepted for as long as it may be
 * cached, and clocks may differ, but no longer.
 */
function validityOf(
  { expiresAtMs, revokedAtMs, impossible }: PlannedCredential,
  { invokedAtMs, returnedAtMs }: CancelOperation,
): 'VALID' | 'INVALID' | 'EITHER' {
  const isSurelyExpired = invokedAtMs - maxSkewMs >= expiresAtMs;
  const isSurelyRevoked = invokedAtMs > revokedAtMs + longestCachedMs;
  if (impossible !== undefined || isSurelyExpired || isSurelyRevoked) return 'INVALID';
  const isSurelyValid = returnedAtMs + maxSkewMs < expiresAtMs && returnedAtMs < revokedAtMs;
  return isSurelyValid ? 'VALID' : 'EITHER';
}
