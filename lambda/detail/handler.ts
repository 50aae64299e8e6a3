import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Refused } from '../signed-route/outcome.ts';
import { pause } from '../cancel/commit.ts';
import { acceptedByDetailField, type DetailRequest, detailRequestShape } from './detail-request.ts';
import { onlyValue } from '../contract/headers.ts';
import { defaultPageSize } from '../contract/limits.ts';
import { type DetailCancellation, orderDetail, type PaymentDetail } from './payment-detail.ts';
import { formatTimestamp } from '../contract/timestamp.ts';
import { assertWithinPaid, type Order } from '../domain/order.ts';
import type { Handler } from '../cancel/handler.ts';
import { authenticate } from '../signed-route/authenticate.ts';
import { parseJson } from '../signed-route/parse-json.ts';
import { readRequest } from '../signed-route/read-request.ts';
import { respond } from '../signed-route/respond.ts';
import type { SignedEvent } from '../signed-route/signed-request.ts';
import { validate } from '../signed-route/validate.ts';
import { pageOf } from './paginate.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { HistoryStore, OrderPlace, PastCancellation } from '../dynamodb/history-repository.ts';
import { type RemainingMs, StoreUnavailable } from '../dynamodb/failures.ts';
import type { StoreKeyStore } from '../dynamodb/credential-repository.ts';
import type { Telemetry } from '../cancel/telemetry.ts';
import { lastResortMs, remainingMsOf } from '../environment/deadline.ts';

export interface DetailDependencies {
  readonly history: HistoryStore;
  readonly storeKeys: StoreKeyStore;
  readonly runtime: Runtime;
  readonly telemetry: Telemetry<DetailAnswer>;
}

/** What a request for an order's detail comes to. */
export type DetailAnswer = Told | Refused;

export interface Told {
  readonly ok: true;
  readonly data: PaymentDetail;
}

/**
 * POST /api/v2/payment/detail (EBP_API_237): an order, what is left of it, and its cancellations page by page. Signed
 * and checked as the cancel call, by the same middleware in the same order; X-Idempotency-Key has nothing to act on, and
 * X-Currency-Code is not compared: the answer tells the order's currency to whoever was refused for it.
 */
export function createDetailHandler(dependencies: DetailDependencies): Handler {
  const { runtime, storeKeys, telemetry } = dependencies;
  const chain = middy<SignedEvent<DetailRequest>, DetailAnswer>({ timeoutEarlyInMillis: lastResortMs })
    .use(respond(runtime, telemetry))
    .use(readRequest())
    .use(authenticate(storeKeys, runtime, remainingMsOf))
    .use(parseJson())
    .use(validate(detailRequestShape))
    .handler((event: SignedEvent<DetailRequest>, context: Context) => tellDetail(event, context, dependencies));
  return chain as unknown as Handler;
}

async function tellDetail(
  event: SignedEvent<DetailRequest>,
  context: Context,
  dependencies: DetailDependencies,
): Promise<DetailAnswer> {
  const { caller, request, rawHeaders } = event;
  if (caller === undefined || request === undefined) throw new Error('The middleware has not run.');
  const { orderNo, limit = defaultPageSize, nextToken } = request;
  const found = await readOrder({ storeId: caller.storeId, orderNo }, event, dependencies, remainingMsOf(context));
  if (found === undefined) return refuse('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });

  const { order, cancellations } = found;
  assertWithinPaid(order);
  if (cancellations === undefined && nextToken === undefined) {
    return { ok: true, data: { ...orderDetail(order), cancellations: null } };
  }
  const page = cancellations && pageOf(cancellations, limit, nextToken);
  if (page === undefined) {
    const { nextToken: accepted } = acceptedByDetailField;
    return refuse('SCHEMA_VIOLATED', { reason: 'FIELD_INVALID', at: { field: '/nextToken' }, accepted });
  }
  const timeZone = onlyValue(rawHeaders, 'Time-Zone');
  const told = page.cancellations.map((cancellation) => detailOf(cancellation, timeZone));
  return { ok: true, data: { ...orderDetail(order), ...page, cancellations: told } };
}

/** How often an order is read, before the merchant is asked to retry. */
const maxAttempts = 5;

interface Found {
  readonly order: Order;
  /** Undefined where there are too many to be told one by one. */
  readonly cancellations: readonly PastCancellation[] | undefined;
}

/**
 * The order and its cancellations as of one instant, so that they add up: every cancellation raises the order's
 * version, and one that is the same before and after tells that there was none between.
 */
async function readOrder(
  place: OrderPlace,
  { effort }: SignedEvent,
  { history, runtime }: DetailDependencies,
  remainingMs: RemainingMs,
): Promise<Found | undefined> {
  let before = await history.findOrder(place, remainingMs);
  for (let attempt = 1; before !== undefined; attempt += 1) {
    effort.attempts = attempt;
    const cancellations = await history.listCancellations(place, remainingMs);
    const order = await history.findOrder(place, remainingMs);
    if (order?.version === before.version) return { order, cancellations };
    if (attempt === maxAttempts) throw new StoreUnavailable('The order kept changing.');
    await pause(attempt, runtime, remainingMs);
    before = order;
  }
  return undefined;
}

function detailOf({ kind, createdAtMs, data }: PastCancellation, timeZone: string | undefined): DetailCancellation {
  const { orderNo: _orderNo, returnRequestId, ...answered } = data();
  return { returnRequestId, kind, createdAt: formatTimestamp(createdAtMs, timeZone), ...answered };
}

function refuse(refusal: Refused['refusal'], ...violations: Refused['violations']): Refused {
  return { ok: false, refusal, violations };
}
