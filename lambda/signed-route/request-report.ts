/** What a request has cost. Counted on the way, so that the report of a failed request has it too. */
export interface RequestStats {
  /** How many attempts were made. Each reads the order anew, to decide on it or to return its detail. */
  attempts: number;
  /** How often a write was in conflict with another transaction on the same items. */
  conflicts: number;
  /** Whether it is unknown if a write was applied. */
  isOutcomeUnknown: boolean;
}

/**
 * Whose request it is and which order it is about. The store is known after authentication, the order after validation.
 */
export interface RequestSubject {
  storeId: string | undefined;
  orderNo: string | undefined;
  /** Whether the store's access key expires within thirty days. */
  keyExpiresSoon: boolean;
}

/** A request that has ended. */
export interface RequestReport<Outcome> extends RequestStats, RequestSubject {
  /** API Gateway's id of the request. */
  readonly requestId: string;
  readonly outcome: Outcome;
  /** HTTP status of the response. */
  readonly status: number;
  readonly durationMs: number;
  /** What was thrown: the refusal of a check, or another error. Undefined if the route returned an outcome. */
  readonly error: unknown;
}

/** Where requests are reported, once each. */
export interface Telemetry<Outcome> {
  report(report: RequestReport<Outcome>): void;
}
