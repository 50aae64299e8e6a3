/** What a request took. Counted as it goes, so that the report of a failure has it too. */
export interface RequestStats {
  /** How often the order was read and decided on. */
  attempts: number;
  /** How often a write met another transaction on the same items. */
  conflicts: number;
  /** Set when DynamoDB left it open whether a write was applied. */
  isOutcomeUnknown: boolean;
}

/** Whose request it is and what it is about, as far as that is known: the store once it is authenticated, the order last. */
export interface RequestSubject {
  storeId: string | undefined;
  orderNo: string | undefined;
  /** Whether the store's access key expires within thirty days. */
  keyExpiresSoon: boolean;
}

/** A request at its end. */
export interface RequestReport<Outcome> extends RequestStats, RequestSubject {
  /** API Gateway's. */
  readonly requestId: string;
  readonly outcome: Outcome;
  /** HTTP status of the response. */
  readonly status: number;
  readonly durationMs: number;
  /** What was thrown; undefined where nothing was. */
  readonly error: unknown;
}

/** Where requests are reported, once each. */
export interface Telemetry<Outcome> {
  report(report: RequestReport<Outcome>): void;
}
