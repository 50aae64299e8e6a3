/** One mistake, and what would be accepted. */
export interface ErrorEntry {
  /** JSON Pointer into the request, where the mistake is in the body. */
  readonly field?: string;
  /** Where the mistake is in a header. */
  readonly header?: string;
  readonly reason: string;
  readonly message: string;
}

export interface ErrorDetails {
  readonly idempotencyKey?: string | undefined;
  readonly attempts?: number;
  /** Of the last answer, where there was one. */
  readonly status?: number | undefined;
  readonly resultCode?: string | undefined;
  readonly requestId?: string | undefined;
  readonly errors?: readonly ErrorEntry[] | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** What every failure of a cancellation is one of four kinds of. None holds a key, a signature or a body. */
export abstract class PaymentCancelError extends Error {
  /** Whether the same request with the same idempotency key may succeed later. */
  abstract readonly isRetryable: boolean;
  readonly idempotencyKey: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
  readonly status: number | undefined;
  readonly resultCode: string | undefined;
  readonly requestId: string | undefined;
  readonly errors: readonly ErrorEntry[];
  /** How long the service asked to wait, where it did. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.idempotencyKey = details.idempotencyKey;
    this.attempts = details.attempts ?? 0;
    this.status = details.status;
    this.resultCode = details.resultCode;
    this.requestId = details.requestId;
    this.errors = details.errors ?? [];
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The request cannot be right. It was not sent. */
export class InvalidRequestError extends PaymentCancelError {
  override readonly name = 'InvalidRequestError';
  override readonly isRetryable = false;
}

/** The service refused the request. Nothing was canceled by it, and the same request would be refused again. */
export class RefusedError extends PaymentCancelError {
  override readonly name = 'RefusedError';
  override readonly isRetryable = false;
}

/** The service was never reached, or only ever too busy to look at the request. Nothing was canceled. */
export class UnavailableError extends PaymentCancelError {
  override readonly name = 'UnavailableError';
  override readonly isRetryable = true;
}

/**
 * The payment may or may not be canceled. Send the same request again with the same idempotency key, whenever that is:
 * it is never applied twice, and its answer tells.
 */
export class OutcomeUnknownError extends PaymentCancelError {
  override readonly name = 'OutcomeUnknownError';
  override readonly isRetryable = true;
  override readonly idempotencyKey: string;

  constructor(message: string, details: ErrorDetails & { readonly idempotencyKey: string }) {
    super(message, details);
    this.idempotencyKey = details.idempotencyKey;
  }
}
