import type { CancelRequest } from './cancel-request.ts';
import { type CanceledPayment, isResponseTo } from './canceled-payment.ts';
import { type ErrorDetails, OrderChangedError, OutcomeUnknownError, RefusedError, UnavailableError } from './errors.ts';
import { isDetailOf, type PaymentDetail } from './payment-detail.ts';
import { type Language, sentences } from './sentences.ts';
import type { Exchange, ServiceResponse } from './signed-post.ts';

export interface DetailResult {
  readonly data: PaymentDetail;
  /**
   * Names this state of the order: the ifMatch of a cancellation that is decided on it. Undefined only if something
   * between you and the service has removed it.
   */
  readonly etag: string | undefined;
  readonly requestId: string;
  /** When the service responded: ISO 8601 in the client's zone. */
  readonly timestamp: string;
  /** How often the request was sent. */
  readonly attempts: number;
}

export interface CancelResult {
  readonly data: CanceledPayment;
  /** Whether this repeats the response to an earlier request with this key, such as an earlier attempt of this call. */
  readonly isReplay: boolean;
  /** Names the state of the order that this cancellation has made, as that of DetailResult does. */
  readonly etag: string | undefined;
  readonly requestId: string;
  /** When the service responded, which for a replay is later than the cancellation: ISO 8601 in the client's zone. */
  readonly timestamp: string;
  /** Undefined if none was sent. */
  readonly idempotencyKey: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** @throws RefusedError, UnavailableError or OutcomeUnknownError */
export function cancelResultOf(
  exchange: Exchange,
  request: CancelRequest,
  idempotencyKey: string | undefined,
  language: Language,
): CancelResult {
  const { attempts, response, mayHaveArrived } = exchange;
  const details = { idempotencyKey, attempts, ...detailsOf(response) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    if (mayHaveArrived) throw outcomeUnknown(why, { ...details, retryAfterMs, cause }, language);
    const message = sentences.NOTHING_CANCELED[language](why);
    throw new UnavailableError(message, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { isReplay, etag, envelope } = exchange.response;
  const { data, requestId, timestamp, resultCode } = envelope;
  if (data === null) {
    const refusal = refusalText(exchange.response, language);
    if (mayHaveArrived && !refusalsAfterLookup.has(resultCode)) throw outcomeUnknown(refusal, details, language);
    const isOrderChanged = envelope.errors.some(({ reason }) => reason === 'ORDER_CHANGED');
    throw isOrderChanged ? new OrderChangedError(refusal, { ...details, etag }) : new RefusedError(refusal, details);
  }
  if (!isResponseTo(request, data)) throw outcomeUnknown(sentences.OTHER_REQUEST[language](), details, language);
  return { data, isReplay, etag, requestId, timestamp, idempotencyKey, attempts };
}

/**
 * The result of a detail call. It changes nothing, so it may always be repeated.
 * @throws RefusedError or UnavailableError
 */
export function detailResultOf(exchange: Exchange, orderNo: string, language: Language): DetailResult {
  const { attempts, response } = exchange;
  const details = { attempts, ...detailsOf(response) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    const message = sentences.NOT_RETURNED[language](why);
    throw new UnavailableError(message, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { etag, envelope } = exchange.response;
  const { data, requestId, timestamp } = envelope;
  if (data === null) throw new RefusedError(refusalText(exchange.response, language), details);
  if (!isDetailOf(orderNo, data)) {
    const message = sentences.NOT_RETURNED[language](sentences.UNKNOWN_DETAIL[language]());
    throw new UnavailableError(message, { ...details, isRetryable: false });
  }
  return { data, etag, requestId, timestamp, attempts };
}

/**
 * Refusals that prove that no earlier attempt of this call was applied, because the service has looked for its record. Any
 * other refusal (for example of an access key that was just revoked) says nothing about an attempt without a response.
 */
const refusalsAfterLookup: ReadonlySet<string> = new Set(['EBP-C-0004', 'EBP-C-0005', 'EBP-Z-0002']);

function refusalText({ status, envelope }: ServiceResponse, language: Language): string {
  return sentences.REFUSED[language](`${status} ${envelope.resultCode}`, envelope.message);
}

function outcomeUnknown(why: string, details: ErrorDetails, language: Language): OutcomeUnknownError {
  return new OutcomeUnknownError(sentences.OUTCOME_UNKNOWN[language](why, details.idempotencyKey), details);
}

function detailsOf(
  response: ServiceResponse | undefined,
): Pick<ErrorDetails, 'status' | 'resultCode' | 'requestId' | 'errors'> {
  if (response === undefined) return {};
  const { status, envelope } = response;
  return { status, resultCode: envelope.resultCode, requestId: envelope.requestId, errors: envelope.errors };
}
