import { randomUUID } from 'node:crypto';
import type { CancelRequest } from './cancel-request.ts';
import { type CanceledPayment, isAnswerTo } from './canceled-payment.ts';
import { type ErrorDetails, OutcomeUnknownError, RefusedError, UnavailableError } from './errors.ts';
import { jsonBodyOf } from './json-body.ts';
import { isDetailOf, type PaymentDetail } from './payment-detail.ts';
import { type Runtime, systemRuntime } from './runtime.ts';
import { type ClientOptions, currencyCodeFrom, type Settings, settingsFrom } from './settings.ts';
import { type Answer, type Exchange, signedPost } from './signed-post.ts';

export { type CancelItem, type CancelRequest, type ItemType, type RefundAccount, totalOf } from './cancel-request.ts';
export type { CanceledItem, CanceledPayment } from './canceled-payment.ts';
export {
  type ErrorEntry,
  InvalidRequestError,
  OutcomeUnknownError,
  PaymentCancelError,
  RefusedError,
  UnavailableError,
} from './errors.ts';
export type { DetailCancellation, DetailItem, PaymentDetail } from './payment-detail.ts';
export type { Runtime } from './runtime.ts';
export type { ClientOptions } from './settings.ts';

export interface PaymentCancelClient {
  /**
   * Cancels a payment, or a part of it, and resolves when the service says that it is canceled. Sends the same bytes
   * with the same idempotency key until that is known, within the bounds of the client's options.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError (nothing was canceled), OutcomeUnknownError
   */
  cancel(request: CancelRequest, options: CancelOptions): Promise<CancelResult>;
  /**
   * What is left of an order, and a page of what was canceled of it, in the order of time. Changes nothing.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError
   */
  detail(orderNo: string, options?: DetailOptions): Promise<DetailResult>;
}

/**
 * A cancellation is known by its order and its idempotency key. Who does not keep the key before the request is sent
 * cannot find out after a crash whether the payment is canceled; so it is either yours, or handed to you in time.
 */
export type CancelOptions = IdempotencyKeyOption & {
  /** ISO 4217; that of the client unless given. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. What was sent may be carried out all the same: OutcomeUnknownError. */
  readonly signal?: AbortSignal | undefined;
};

export type IdempotencyKeyOption =
  /** Your own id of this cancellation: 1 to 128 printable ASCII characters, without spaces around them. */
  | { readonly idempotencyKey: string; readonly saveIdempotencyKey?: undefined }
  /** Is handed a new key, and waited for, before anything is sent. What it throws, cancel throws. */
  | { readonly idempotencyKey?: undefined; readonly saveIdempotencyKey: (key: string) => Promise<unknown> | void };

export interface DetailOptions {
  /** The most cancellations in the answer, 1 to 100: 20 unless given. */
  readonly limit?: number | undefined;
  /** Of the answer before: to be told the cancellations that follow. */
  readonly nextToken?: string | undefined;
  /** ISO 4217; that of the client unless given. It need not be the order's. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. */
  readonly signal?: AbortSignal | undefined;
}

export interface DetailResult {
  readonly data: PaymentDetail;
  readonly requestId: string;
  /** When the service answered: ISO 8601 in the client's zone. */
  readonly timestamp: string;
  /** How often the request was sent. */
  readonly attempts: number;
}

export interface CancelResult {
  readonly data: CanceledPayment;
  /** Whether the answer repeats that to an earlier request with this key, an earlier attempt of this call included. */
  readonly isReplay: boolean;
  readonly requestId: string;
  /** When the service answered, which of a replay is later than the cancellation: ISO 8601 in the client's zone. */
  readonly timestamp: string;
  readonly idempotencyKey: string;
  /** How often the request was sent. */
  readonly attempts: number;
}

/**
 * A client of one store. It holds nothing open, and shows its keys to nobody.
 * @param runtime only a test needs another one
 * @throws TypeError naming the option that is wrong
 */
export function createPaymentCancelClient(
  options: ClientOptions,
  runtime: Runtime = systemRuntime,
): PaymentCancelClient {
  const settings = settingsFrom(options);
  return {
    async cancel(request, cancelOptions) {
      const { text: body, request: sent } = jsonBodyOf(request, settings.language);
      // Plain JavaScript may leave them out.
      const { idempotencyKey: givenKey, saveIdempotencyKey, ...others } = cancelOptions ?? {};
      const { currencyCode, signal } = checked(others, settings);
      if (givenKey === undefined && typeof saveIdempotencyKey !== 'function') {
        throw new TypeError('cancel needs an idempotencyKey, or saveIdempotencyKey to hand a new one to.');
      }
      const idempotencyKey = keyFrom(givenKey);
      await saveIdempotencyKey?.(idempotencyKey);

      const headers = { 'X-Currency-Code': currencyCode, 'X-Idempotency-Key': idempotencyKey };
      const exchange = await signedPost(settings, runtime, { path, body, headers, signal });
      return resultOf(exchange, sent, idempotencyKey);
    },

    async detail(orderNo, detailOptions) {
      const { limit, nextToken, ...others } = detailOptions ?? {};
      const { text: body } = jsonBodyOf({ orderNo, limit, nextToken }, settings.language);
      const { currencyCode, signal } = checked(others, settings);
      const headers = { 'X-Currency-Code': currencyCode };
      return detailOf(await signedPost(settings, runtime, { path: detailPath, body, headers, signal }), orderNo);
    },
  };
}

const path = '/api/v2/payment/cancel';
const detailPath = '/api/v2/payment/detail';

type CommonOptions = Pick<DetailOptions, 'currencyCode' | 'signal'>;

function checked({ currencyCode, signal }: CommonOptions, settings: Settings) {
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal.');
  return { currencyCode: currencyCodeFrom(currencyCode ?? settings.currencyCode), signal };
}

function keyFrom(given: string | undefined): string {
  if (given === undefined) return randomUUID();
  if (typeof given !== 'string' || !/^(?! )[\x20-\x7e]{1,128}(?<! )$/.test(given)) {
    throw new TypeError('idempotencyKey must be 1 to 128 printable ASCII characters without spaces around them.');
  }
  return given;
}

function resultOf(exchange: Exchange, request: CancelRequest, idempotencyKey: string): CancelResult {
  const { attempts, answer, mayHaveArrived } = exchange;
  const details = { idempotencyKey, attempts, ...detailsOf(answer) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    if (mayHaveArrived) throw outcomeUnknown(why, { ...details, retryAfterMs, cause });
    throw new UnavailableError(`Nothing was canceled. ${why}`, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { status, isReplay, envelope } = exchange.answer;
  const { data, requestId, timestamp, resultCode } = envelope;
  if (data === null) {
    const refusal = `Refused with ${status} ${resultCode}: ${envelope.message}`;
    if (mayHaveArrived && !lookedUp.has(resultCode)) throw outcomeUnknown(refusal, details);
    throw new RefusedError(refusal, details);
  }
  if (!isAnswerTo(request, data)) throw outcomeUnknown('The answer is one to another request.', details);
  return { data, isReplay, requestId, timestamp, idempotencyKey, attempts };
}

/** Reading may be repeated whatever became of it: nothing is ever unknown but the answer. */
function detailOf(exchange: Exchange, orderNo: string): DetailResult {
  const { attempts, answer } = exchange;
  const details = { attempts, ...detailsOf(answer) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    throw new UnavailableError(`The order was not told. ${why}`, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { status, envelope } = exchange.answer;
  const { data, requestId, timestamp, resultCode, message } = envelope;
  if (data === null) throw new RefusedError(`Refused with ${status} ${resultCode}: ${message}`, details);
  if (!isDetailOf(orderNo, data)) {
    const why = 'The answer is not a detail of this order that this version of the client knows.';
    throw new UnavailableError(`The order was not told. ${why}`, { ...details, isRetryable: false });
  }
  return { data, requestId, timestamp, attempts };
}

/**
 * Refusals by which the service has looked for an earlier request with this key, and found none that it applied. Any
 * other one (a key that has just been revoked, say) tells nothing of an attempt before it that was not answered.
 */
const lookedUp: ReadonlySet<string> = new Set(['EBP-C-0004', 'EBP-C-0005', 'EBP-Z-0002']);

function outcomeUnknown(why: string, details: ErrorDetails & { readonly idempotencyKey: string }): OutcomeUnknownError {
  const advice = `Send the same request with the idempotency key ${details.idempotencyKey} again: it is never applied twice.`;
  return new OutcomeUnknownError(`Whether the payment is canceled is not known. ${why} ${advice}`, details);
}

function detailsOf(answer: Answer | undefined): Pick<ErrorDetails, 'status' | 'resultCode' | 'requestId' | 'errors'> {
  if (answer === undefined) return {};
  const { status, envelope } = answer;
  return { status, resultCode: envelope.resultCode, requestId: envelope.requestId, errors: envelope.errors };
}
