/** What an error entry says for programs. */
export type Reason =
  | 'HEADER_MISSING'
  | 'HEADER_MALFORMED'
  | 'HEADER_REPEATED'
  | 'HEADERS_DIFFER'
  | 'ENCODING_UNSUPPORTED'
  | 'ORDER_CHANGED'
  | 'BODY_TOO_LARGE'
  | 'NOT_JSON'
  | 'INVALID_JSON'
  | 'FIELD_MISSING'
  | 'FIELD_UNKNOWN'
  | 'FIELD_REPEATED'
  | 'FIELD_INVALID'
  | 'TOO_MANY_DIGITS'
  | 'ORDER_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'DUPLICATE_CANCELLATION'
  | 'DUPLICATE_SEQ'
  | 'UNKNOWN_ITEM'
  | 'ITEM_MISMATCH'
  | 'AMOUNT_EXCEEDS_UNIT_AMOUNT'
  | 'AMOUNT_NOT_POSITIVE'
  | 'AMOUNT_WITHOUT_TAX'
  | 'TAX_EXCEEDS_UNIT_TAX'
  | 'TAX_EXCEEDS_AMOUNT'
  | 'TAX_LEFT_OVER'
  | 'QUANTITY_EXCEEDS_REMAINING'
  | 'AMOUNT_EXCEEDS_REMAINING'
  | 'TAX_EXCEEDS_REMAINING'
  | 'TOTAL_MISMATCH'
  | 'AMOUNT_PRECISION'
  | 'CURRENCY_MISMATCH'
  | 'PARTIAL_BEFORE_CAPTURE'
  | 'ORDER_NOT_CANCELABLE'
  | 'REFUND_ACCOUNT_REQUIRED';

/** A text, of which editors still propose the reasons: a later service may have more of them. */
type LaterReason = string & { readonly isLater?: never };

/** One error in a request, and what would be accepted. */
export interface ErrorEntry {
  /** JSON Pointer into the request body, if the error is there. */
  readonly field?: string;
  /** Name of the header, if the error is in one. */
  readonly header?: string;
  readonly reason: Reason | LaterReason;
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
  readonly etag?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The base class: every failure of a call is one of four kinds of it. None holds an access key, a hash key, a signature
 * or a body.
 */
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
  override readonly name: string = 'RefusedError';
  override readonly isRetryable = false;
}

/**
 * The order is not in the state that `ifMatch` names (412, ORDER_CHANGED): somebody else canceled something of it, say.
 * Look at the order with `detail`, decide again, and send the ETag of what you have seen.
 */
export class OrderChangedError extends RefusedError {
  override readonly name = 'OrderChangedError';
  /** Of the order's present state. Undefined only if something between you and the service has removed it. */
  readonly etag: string | undefined;

  constructor(message: string, details: ErrorDetails) {
    super(message, details);
    this.etag = details.etag;
  }
}

/**
 * Nothing was canceled by this call: the service was not reached, was too busy and says that nothing was canceled, or the
 * call was aborted in time. For detail, which cancels nothing, it is every failure but a refusal. `isRetryable` is false
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
 * The payment may or may not be canceled. Send the same request again, with the same idempotency key or again without
 * one: it is never applied twice, and its response says what happened.
 */
export class OutcomeUnknownError extends PaymentCancelError {
  override readonly name = 'OutcomeUnknownError';
  override readonly isRetryable = true;
}
