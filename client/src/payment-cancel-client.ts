import {
  type CancelOptions,
  commonOptionsFrom,
  type DetailOptions,
  idempotencyKeyFrom,
  ifMatchFrom,
} from './call-options.ts';
import { type CancelResult, cancelResultOf, type DetailResult, detailResultOf } from './call-results.ts';
import type { CancelRequest } from './cancel-request.ts';
import { jsonBodyOf } from './json-body.ts';
import { type Runtime, systemRuntime } from './runtime.ts';
import { type ClientOptions, settingsFrom } from './settings.ts';
import { signedPost } from './signed-post.ts';

export type { CancelOptions, DetailOptions, IdempotencyKeyOption } from './call-options.ts';
export type { CancelResult, DetailResult } from './call-results.ts';
export { type CancelItem, type CancelRequest, type ItemType, type RefundAccount, totalOf } from './cancel-request.ts';
export type { CanceledItem, CanceledPayment } from './canceled-payment.ts';
export {
  type ErrorEntry,
  InvalidRequestError,
  OrderChangedError,
  OutcomeUnknownError,
  PaymentCancelError,
  type Reason,
  RefusedError,
  UnavailableError,
} from './errors.ts';
export type { DetailCanceledItem, DetailCancellation, DetailItem, PaymentDetail } from './payment-detail.ts';
export type { Runtime } from './runtime.ts';
export type { ClientOptions } from './settings.ts';

export interface PaymentCancelClient {
  /**
   * Cancels a payment, or a part of it, and resolves when the service confirms that it is canceled. Sends the same
   * bytes with the same idempotency key until that is known, within the limits of the client's options.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError (nothing was canceled),
   * OutcomeUnknownError; OrderChangedError, a RefusedError, if the order is not in the state of ifMatch
   */
  cancel(request: CancelRequest, options: CancelOptions): Promise<CancelResult>;
  /**
   * What remains of an order, and a page of its cancellations in the sequence in which they were applied. Changes
   * nothing.
   * @throws InvalidRequestError (not sent), RefusedError or UnavailableError
   */
  detail(orderNo: string, options?: DetailOptions): Promise<DetailResult>;
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
      const given = cancelOptions ?? ({} as CancelOptions);
      const { currencyCode, signal } = commonOptionsFrom(given, settings);
      const ifMatch = ifMatchFrom(given);
      const idempotencyKey = await idempotencyKeyFrom(given);

      const headers = {
        'X-Currency-Code': currencyCode,
        ...(idempotencyKey !== undefined && { 'X-Idempotency-Key': idempotencyKey }),
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
      };
      const exchange = await signedPost(settings, runtime, { path: cancelPath, body, headers, signal });
      return cancelResultOf(exchange, sent, idempotencyKey, settings.language);
    },

    async detail(orderNo, detailOptions) {
      const { limit, nextToken, ...others } = detailOptions ?? {};
      const { text: body } = jsonBodyOf({ orderNo, limit, nextToken }, settings.language);
      const { currencyCode, signal } = commonOptionsFrom(others, settings);
      const headers = { 'X-Currency-Code': currencyCode };
      const exchange = await signedPost(settings, runtime, { path: detailPath, body, headers, signal });
      return detailResultOf(exchange, orderNo, settings.language);
    },
  };
}

const cancelPath = '/api/v2/payment/cancel';
const detailPath = '/api/v2/payment/detail';
