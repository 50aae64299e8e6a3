import type { CancellationData } from '../contract/cancellation-data.ts';
import type { Violation } from '../contract/reasons.ts';
import type { Refusal } from '../contract/result-codes.ts';

/** What a request to cancel comes to, before it is put into the envelope. */
export type Answer =
  | {
      readonly ok: true;
      readonly data: CancellationData;
      readonly kind: 'VOID' | 'REFUND';
      /** True for the answer of an earlier, identical request. */
      readonly isReplay: boolean;
    }
  | Refused;

/** What a request to any route comes to that is not done. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly violations: readonly Violation[];
}

/** What the envelope takes of a request that is done. */
export interface Done {
  readonly ok: true;
  readonly data: object;
  readonly isReplay?: boolean;
}

/** What a request took, for the log and the metrics. Counted as it goes, so that it is told of failures too. */
export interface Effort {
  /** How often the order was read and decided on. */
  attempts: number;
  /** How often a write met another transaction on the same items. */
  conflicts: number;
  /** Set when DynamoDB left it open whether a write was applied. */
  isOutcomeUnknown: boolean;
}

/** Thrown by the middleware that finds a request unacceptable; respond turns it into the answer. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly refusal: Refusal;
  readonly violations: readonly Violation[];
  /** For the log alone: what the answer deliberately does not tell apart. */
  readonly detail: string | undefined;

  constructor(refusal: Refusal, violations: readonly Violation[], detail?: string) {
    super(refusal);
    this.refusal = refusal;
    this.violations = violations;
    this.detail = detail;
  }
}
