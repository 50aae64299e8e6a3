/** One error in a request, and what would be accepted. */
export interface ErrorEntry {
  /** JSON Pointer into the request body, if the error is there. */
  readonly field?: string;
  /** Name of the header, if the error is in one. */
  readonly header?: string;
  readonly reason: string;
  readonly message: string;
}

export interface ErrorDetails {
  readonly idempotencyKey?: string | undefined;
  readonly attempts?: number;
  /** Of the last response, if there was one; so are resultCode, requestId and errors. */
  readonly status?: number | undefined;
  readonly resultCode?: string | undefined;
  readonly requestId?: string | undefined;
  readonly errors?: readonly ErrorEntry[] | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The base class: every failure of a call is one of four kinds of it. None holds a key, a signature or a body. */
export abstract class PaymentCancelError extends Error {
  /** Whether the same call, of cancel with the same idempotency key, may succeed later. */
  abstract readonly isRetryable: boolean;
  readonly idempotencyKey: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
  readonly status: number | undefined;
  readonly resultCode: string | undefined;
  readonly requestId: string | undefined;
  readonly errors: readonly ErrorEntry[];
  /** Milliseconds that the service asked to wait, if it did. */
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

/** The request cannot be sent or added up. It was not sent. */
export class InvalidRequestError extends PaymentCancelError {
  override readonly name = 'InvalidRequestError';
  override readonly isRetryable = false;
}

/** The service refused the request. Nothing was canceled by it, and the same request would be refused again. */
export class RefusedError extends PaymentCancelError {
  override readonly name = 'RefusedError';
  override readonly isRetryable = false;
}

/**
 * Nothing was canceled by this call: the service was not reached or was too busy to look at the request, or the call
 * was aborted in time. For detail, which cancels nothing, it is every failure but a refusal. `isRetryable` is false
 * only if something else than the service responded, or a version of the service that this client does not know.
 */
export class UnavailableError extends PaymentCancelError {
  override readonly name = 'UnavailableError';
  override readonly isRetryable: boolean;

  constructor(message: string, details: ErrorDetails & { readonly isRetryable: boolean }) {
    super(message, details);
    this.isRetryable = details.isRetryable;
  }
}

/**
 * The payment may or may not be canceled. Send the same request again with the same idempotency key, at any time: it is
 * never applied twice, and its response says what happened.
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
