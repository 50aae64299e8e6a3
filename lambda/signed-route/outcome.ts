import type { RefusalKind } from '../contract/result-codes.ts';
import type { Violation } from '../contract/violations.ts';

/** A request that succeeded, as far as the response needs it. */
export interface Succeeded {
  readonly ok: true;
  readonly data: object;
  /** Whether this repeats the data of the response to an earlier, identical request. */
  readonly isReplay?: boolean;
  /** Of the state of the order that `data` is about. */
  readonly etag: string;
}

/** A request to any route that did not succeed. */
export interface Refused {
  readonly ok: false;
  readonly refusal: RefusalKind;
  readonly violations: readonly Violation[];
  /** Of the order's present state, if the request was meant for another one. */
  readonly etag?: string;
}

export function refused(refusal: RefusalKind, ...violations: readonly Violation[]): Refused {
  return { ok: false, refusal, violations };
}

/** Thrown by the step that refuses a request. It ends the chain. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly outcome: Refused;
  /** For the log only: what the response deliberately does not say. */
  readonly detail: string | undefined;

  constructor(outcome: Refused, detail?: string) {
    super(outcome.refusal);
    this.outcome = outcome;
    this.detail = detail;
  }
}
