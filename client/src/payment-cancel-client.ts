import { randomUUID } from 'node:crypto';
import type { CancelRequest } from './cancel-request.ts';
import { type CanceledPayment, isResponseTo } from './canceled-payment.ts';
import { type ErrorDetails, OutcomeUnknownError, RefusedError, UnavailableError } from './errors.ts';
import { jsonBodyOf } from './json-body.ts';
import { isDetailOf, type PaymentDetail } from './payment-detail.ts';
import { type Runtime, systemRuntime } from './runtime.ts';
import { type ClientOptions, currencyCodeFrom, type Settings, settingsFrom } from './settings.ts';
import { type Exchange, type ServiceResponse, signedPost } from './signed-post.ts';

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
   * Cancels a payment, or a part of it, and resolves when the service confirms that it is canceled. Sends the same
   * bytes with the same idempotency key until that is known, within the limits of the client's options.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError (nothing was canceled),
   * OutcomeUnknownError
   */
  cancel(request: CancelRequest, options: CancelOptions): Promise<CancelResult>;
  /**
   * What remains of an order, and a page of its cancellations, oldest first. Changes nothing.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError
   */
  detail(orderNo: string, options?: DetailOptions): Promise<DetailResult>;
}

/**
 * A cancellation is identified by its order and its idempotency key. If the key is not saved before the request is
 * sent, nobody can find out after a crash whether the payment is canceled. So the key is your own, or you get it in
 * time to save it.
 */
export type CancelOptions = IdempotencyKeyOption & {
  /** ISO 4217; that of the client unless given. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. A request that was sent may still be carried out: OutcomeUnknownError. */
  readonly signal?: AbortSignal | undefined;
};

export type IdempotencyKeyOption =
  /** Your own id of this cancellation: 1 to 128 printable ASCII characters, without spaces around them. */
  | { readonly idempotencyKey: string; readonly saveIdempotencyKey?: undefined }
  /** Gets a new key, and is awaited, before anything is sent. If it throws, cancel throws the same. */
  | { readonly idempotencyKey?: undefined; readonly saveIdempotencyKey: (key: string) => Promise<unknown> | void };

export interface DetailOptions {
  /** The most cancellations in the response, 1 to 100: 20 unless given. */
  readonly limit?: number | undefined;
  /** The nextToken of the previous response, to get the cancellations that follow. */
  readonly nextToken?: string | undefined;
  /** ISO 4217; that of the client unless given. It need not be the order's. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. */
  readonly signal?: AbortSignal | undefined;
}

export interface DetailResult {
  readonly data: PaymentDetail;
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
  readonly requestId: string;
  /** When the service responded, which for a replay is later than the cancellation: ISO 8601 in the client's zone. */
  readonly timestamp: string;
  readonly idempotencyKey: string;
  /** How often the request was sent. */
  readonly attempts: number;
}

/**
 * A client of one store. It keeps no connection open, and exposes its keys nowhere.
 * @param runtime only tests need another one
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
      // Plain JavaScript may omit the options.
      const { idempotencyKey: givenKey, saveIdempotencyKey, ...others } = cancelOptions ?? {};
      const { currencyCode, signal } = checked(others, settings);
      if (givenKey === undefined && typeof saveIdempotencyKey !== 'function') {
        throw new TypeError('cancel needs an idempotencyKey, or saveIdempotencyKey to hand a new one to.');
      }
      const idempotencyKey = keyFrom(givenKey);
      await saveIdempotencyKey?.(idempotencyKey);

      const headers = { 'X-Currency-Code': currencyCode, 'X-Idempotency-Key': idempotencyKey };
      const exchange = await signedPost(settings, runtime, { path: cancelPath, body, headers, signal });
      return cancelResultOf(exchange, sent, idempotencyKey);
    },

    async detail(orderNo, detailOptions) {
      const { limit, nextToken, ...others } = detailOptions ?? {};
      const { text: body } = jsonBodyOf({ orderNo, limit, nextToken }, settings.language);
      const { currencyCode, signal } = checked(others, settings);
      const headers = { 'X-Currency-Code': currencyCode };
      return detailResultOf(await signedPost(settings, runtime, { path: detailPath, body, headers, signal }), orderNo);
    },
  };
}

const cancelPath = '/api/v2/payment/cancel';
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

function cancelResultOf(exchange: Exchange, request: CancelRequest, idempotencyKey: string): CancelResult {
  const { attempts, response, mayHaveArrived } = exchange;
  const details = { idempotencyKey, attempts, ...detailsOf(response) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    if (mayHaveArrived) throw outcomeUnknown(why, { ...details, retryAfterMs, cause });
    throw new UnavailableError(`Nothing was canceled. ${why}`, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { status, isReplay, envelope } = exchange.response;
  const { data, requestId, timestamp, resultCode } = envelope;
  if (data === null) {
    const refusal = `Refused with ${status} ${resultCode}: ${envelope.message}`;
    if (mayHaveArrived && !refusalsAfterLookup.has(resultCode)) throw outcomeUnknown(refusal, details);
    throw new RefusedError(refusal, details);
  }
  if (!isResponseTo(request, data)) throw outcomeUnknown('The response belongs to another request.', details);
  return { data, isReplay, requestId, timestamp, idempotencyKey, attempts };
}

/** The result of a detail call. It changes nothing, so it may always be repeated. */
function detailResultOf(exchange: Exchange, orderNo: string): DetailResult {
  const { attempts, response } = exchange;
  const details = { attempts, ...detailsOf(response) };
  if (exchange.kind === 'GAVE_UP') {
    const { why, isTransient: isRetryable, retryAfterMs, cause } = exchange;
    throw new UnavailableError(`The order was not returned. ${why}`, { ...details, isRetryable, retryAfterMs, cause });
  }
  const { status, envelope } = exchange.response;
  const { data, requestId, timestamp, resultCode, message } = envelope;
  if (data === null) throw new RefusedError(`Refused with ${status} ${resultCode}: ${message}`, details);
  if (!isDetailOf(orderNo, data)) {
    const why = 'The response is not a detail of this order that this version of the client knows.';
    throw new UnavailableError(`The order was not returned. ${why}`, { ...details, isRetryable: false });
  }
  return { data, requestId, timestamp, attempts };
}

/**
 * Refusals that prove that no earlier request with this key was applied, because the service has looked for one. Any
 * other refusal (for example of a key that was just revoked) says nothing about an earlier attempt without a response.
 */
const refusalsAfterLookup: ReadonlySet<string> = new Set(['EBP-C-0004', 'EBP-C-0005', 'EBP-Z-0002']);

function outcomeUnknown(why: string, details: ErrorDetails & { readonly idempotencyKey: string }): OutcomeUnknownError {
  const advice = `Send the same request with the idempotency key ${details.idempotencyKey} again: it is never applied twice.`;
  return new OutcomeUnknownError(`Whether the payment is canceled is not known. ${why} ${advice}`, details);
}

function detailsOf(
  response: ServiceResponse | undefined,
): Pick<ErrorDetails, 'status' | 'resultCode' | 'requestId' | 'errors'> {
  if (response === undefined) return {};
  const { status, envelope } = response;
  return { status, resultCode: envelope.resultCode, requestId: envelope.requestId, errors: envelope.errors };
}
