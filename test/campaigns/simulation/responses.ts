import { type RefusalKind, refusals } from '../../../lambda/contract/result-codes.ts';
import { countOwedAttempts } from '../../support/owed-attempts.ts';
import { credentialRefusals } from '../../support/dynamodb-errors.ts';
import { type CancelOperation, type Hindrances, BrokenPromise } from './history.ts';
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
  const { status, envelope, retryAfter, isReplay } = response;
  const refusal = refusalOf(operation);
  const isComplete = status === 200 ? envelope.resultCode === '0' : envelope.data === null && !isReplay;
  if (!isComplete) throw new BrokenPromise(`${name} was answered with ${status} and what does not belong to it.`);
  if ((status === 503) !== (retryAfter !== undefined))
    throw new BrokenPromise(`${name}: Retry-After is for 503 alone.`);
  if (refusal === 'INTERNAL_ERROR') {
    const isRefused = credentialRefusals.some((known) => operation.hindrances.refusals.includes(known));
    if (isRefused) return false;
    throw new BrokenPromise(`${name} was answered with an internal error.`);
  }
  // Nothing is known of the effect, and nothing was known of what is wrong.
  if (refusal === 'UNAVAILABLE') {
    if (isHindered(operation.hindrances)) return true;
    throw new BrokenPromise(`${name} was asked to come again, and nothing stood in its way.`);
  }

  const early = send.flaw === undefined ? undefined : refusalsOfFlaws[send.flaw];
  const isBeforeKey = early === 'BODY_TOO_LARGE' || early === 'HEADERS_INVALID';
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

/** How often a write is sent, and how often an order is decided on, before a merchant is asked to come again. */
const maxTries = await countOwedAttempts();

/** Whether an invocation may give up: a fault, or others at work on its order as often as it has to bear with them. */
function isHindered({ faults, refusals: met }: Hindrances): boolean {
  if (faults > 0) return true;
  // A write that meets another transaction is sent again; whatever else DynamoDB refuses has the order read anew.
  const lastChange = met.findLastIndex((reasons) => !conflictsOfWrites.has(reasons));
  const changes = met.filter((reasons) => !conflictsOfWrites.has(reasons)).length;
  return changes >= maxTries || met.length - 1 - lastChange >= maxTries;
}

const conflictsOfWrites: ReadonlySet<string> = new Set([
  'TransactionConflict+TransactionConflict',
  'TransactionConflict+None',
  'None+TransactionConflict',
]);

/** What an invocation came to, for the summary. */
export function outcomeOf(operation: CancelOperation): string {
  const { response } = operation;
  if (response === undefined) return 'CRASHED';
  return refusalOf(operation) ?? (response.isReplay ? 'REPLAYED' : 'CANCELED');
}

/** Only by what is on the wire. */
function refusalOf({ response, name }: CancelOperation): RefusalKind | undefined {
  if (response === undefined || response.status === 200) return undefined;
  const { status, envelope } = response;
  const found = Object.entries(refusals).find(
    ([, known]) => known.status === status && known.resultCode === envelope.resultCode,
  );
  if (found === undefined) throw new BrokenPromise(`${name} was answered with ${status} ${envelope.resultCode}.`);
  return found[0] as RefusalKind;
}

const refusalsOfOrders: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'ORDER_NOT_FOUND',
  'RULES_BROKEN',
  'KEY_REUSED',
  'DUPLICATE',
]);

const refusalsOfFlaws: Readonly<Record<Flaw, RefusalKind>> = {
  FORGED_SIGNATURE: 'UNAUTHENTICATED',
  UNKNOWN_KEY: 'UNAUTHENTICATED',
  OTHER_STORE: 'UNAUTHENTICATED',
  MISSING_HEADER: 'HEADERS_INVALID',
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
  { expiresAtMs, revokedAtMs }: PlannedCredential,
  { invokedAtMs, returnedAtMs }: CancelOperation,
): 'VALID' | 'INVALID' | 'EITHER' {
  const isSurelyExpired = invokedAtMs - maxSkewMs >= expiresAtMs;
  const isSurelyRevoked = invokedAtMs > revokedAtMs + longestCachedMs;
  if (isSurelyExpired || isSurelyRevoked) return 'INVALID';
  const isSurelyValid = returnedAtMs + maxSkewMs < expiresAtMs && returnedAtMs < revokedAtMs;
  return isSurelyValid ? 'VALID' : 'EITHER';
}
