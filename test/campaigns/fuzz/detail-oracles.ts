// Independent of lambda/detail on purpose: what a detail has to show is worked out anew, from what was canceled.

import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import { detailSuccessSchema } from '../../../lambda/detail/detail-response.schema.ts';
import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import type { Made } from './detail-world.ts';
import { flawOfResponse, parse } from './oracles.ts';

const isSuccess = new Ajv({ allowUnionTypes: true }).compile<Envelope<PaymentDetail>>(detailSuccessSchema);

/** What is wrong with a response, whatever was asked. */
export function flawOfDetailResponse(response: HttpResponse, mayFail = false): string | undefined {
  if (response.status !== 200) return flawOfResponse(response, mayFail);
  const { headers, body } = response;
  if (!isSuccess(parse(body)?.value)) return `The response breaks the schema: ${JSON.stringify(isSuccess.errors)}`;
  if (headers['content-type'] !== 'application/json; charset=utf-8') return 'The response is not declared as JSON.';
  if (!/^"[A-Za-z0-9._-]{1,64}\.[1-9][0-9]*"$/.test(String(headers['etag']))) return 'It has no ETag of an order.';
  return 'idempotent-replayed' in headers ? 'A detail is declared as a replay.' : undefined;
}

/** What is wrong with the data of a success, whatever was canceled of the order before. */
export function flawOfDetail(asked: DetailRequest, detail: PaymentDetail): string | undefined {
  const { orderNo, items, cancellations } = detail;
  if (orderNo !== asked.orderNo) return 'It is of another order.';
  const isBalanced = items.every(
    (item) =>
      item.canceledQuantity + item.remainingQuantity === item.quantity &&
      isSum(item.quantity * item.amount, item.totalCanceledAmount, item.totalRemainingAmount) &&
      isSum(item.quantity * item.taxAmount, item.totalCanceledTaxAmount, item.totalRemainingTaxAmount),
  );
  if (!isBalanced) return 'What was canceled and what remains are not what was paid.';
  const isTooLong = (cancellations ?? []).length > (asked.limit ?? 20);
  return isTooLong ? 'It lists more cancellations than were asked for.' : undefined;
}

/** Decimals add up to within far less than the smallest unit of a currency, also those of a million units. */
function isSum(whole: number, ...parts: readonly number[]): boolean {
  const sum = parts.reduce((total, part) => total + part, 0);
  return Math.abs(whole - sum) <= 1e-9 * Math.max(1, whole);
}

/**
 * What is wrong with it, given all that was canceled of the order.
 * @param order as it is now @param past null where it is not listed
 */
export function flawOfHistory(
  { limit = 20, nextToken }: DetailRequest,
  detail: PaymentDetail,
  order: Order,
  past: readonly Made[] | null,
): string | undefined {
  const { currencyCode, paymentStatus } = order;
  const isState = detail.currencyCode === currencyCode && detail.paymentStatus === paymentStatus;
  if (!isState) return 'It is in another state.';

  const scale = { KRW: 1, USD: 100, KWD: 1000 }[currencyCode] ?? Number.NaN;
  const lines = order.lines.map(({ canceled, ...line }) => [
    line.seq,
    line.itemId,
    Number(line.unitAmountMinor) / scale,
    canceled.units,
    Number(canceled.amountMinor) / scale,
    Number(canceled.taxMinor) / scale,
  ]);
  const shown = detail.items.map((item) => [
    item.seq,
    item.itemId,
    item.amount,
    item.canceledQuantity,
    item.totalCanceledAmount,
    item.totalCanceledTaxAmount,
  ]);
  if (!isDeepStrictEqual(shown, lines)) return 'Its lines are not what was paid and canceled.';
  if (past === null) {
    const isHidden = detail.cancellations === null && detail.nextToken === undefined;
    return isHidden ? undefined : 'It lists cancellations that nobody has read.';
  }

  const start = past.findIndex(({ data }) => data.returnRequestId === nextToken) + 1;
  const page = past.slice(start, start + limit);
  const cancellations = detail.cancellations?.map(({ execution, ...one }) => ({
    ...one,
    createdAt: Date.parse(one.createdAt),
    ...(execution && { execution: { ...execution, updatedAt: Date.parse(execution.updatedAt) } }),
  }));
  if (!isDeepStrictEqual(cancellations, page.map(listed))) return 'Its cancellations are not those that were made.';
  const isEnd = start + limit >= past.length;
  const next = isEnd ? undefined : page.at(-1)?.data.returnRequestId;
  return detail.nextToken === next ? undefined : 'Its nextToken leads elsewhere.';
}

function listed({ data: { orderNo: _orderNo, ...data }, ...made }: Made) {
  const { kind, idempotencyKey, createdAtMs, canceledQuantities, execution } = made;
  return {
    ...data,
    items: data.items.map((item, index) => ({ ...item, canceledQuantity: canceledQuantities[index] })),
    kind,
    // Nothing but requests cancels here.
    origin: 'MERCHANT',
    createdAt: createdAtMs,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(execution === undefined ? {} : { execution: executed(execution) }),
  };
}

/** The reason of a failure is shown as long as it is one. */
function executed({ status, attempt, updatedAtMs, failureReason }: NonNullable<Made['execution']>) {
  const reason = status === 'FAILED' && failureReason !== undefined ? { failureReason } : {};
  return { status, attempt, updatedAt: updatedAtMs, ...reason };
}
