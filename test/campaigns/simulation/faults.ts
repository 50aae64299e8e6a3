/** What can happen to the nth wire call of an invocation, or of its deadline. */
export const faultKinds = [
  /** Never arrives, and nobody says so. */
  'REQUEST_LOST',
  /** The connection breaks before the request arrives. */
  'REQUEST_RESET',
  /** Arrives when nobody waits for it any more. */
  'REQUEST_LATE',
  /** Has its effect, and no answer. */
  'ANSWER_LOST',
  /** Has its effect, and the connection breaks. */
  'ANSWER_RESET',
  'SLOW',
  'THROTTLED',
  'SERVER_ERROR',
  /** Has its effect, and is answered with a server error. */
  'SERVER_ERROR_AFTER_EFFECT',
  'CONFLICT',
  'THROTTLED_WITHIN',
  'IN_PROGRESS',
  /** AWS refuses the credentials that it is signed with. */
  'CREDENTIALS_REFUSED',
  'UNPROCESSED',
  'CRASH_BEFORE_REQUEST',
  'CRASH_AFTER_REQUEST',
  'CRASH_BEFORE_ANSWER',
  'CRASH_ASLEEP',
  'CRASH_BEFORE_RESPONSE',
] as const;

/** What can happen to a request on its way to the function, or to the response on its way back. */
export const deliveryFaults = ['DELIVERY_LOST', 'DELIVERY_LATE', 'DELIVERY_TWICE', 'RESPONSE_LOST'] as const;

/** What can happen to a call to the bus, beside what can happen to any. */
export const busFaults = [
  /** The call succeeds, and its entry does not. */
  'ENTRY_REFUSED',
  /** The SDK sends it again, because the first answer does not come. */
  'TAKEN_TWICE',
] as const;

export type FaultKind = (typeof faultKinds)[number] | (typeof deliveryFaults)[number] | (typeof busFaults)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Which wire call of the invocation it happens to; without meaning for those that are not of one. */
  readonly wire: number;
  /** How it happens, 0 to 2^32 - 1. */
  readonly choice: number;
}

export function faultOf(faults: readonly Fault[], kind: FaultKind): Fault | undefined {
  return faults.length === 0 ? undefined : faults.find((fault) => fault.kind === kind);
}
