import { defaultPageSize, maxListedCancellations } from '../contract/limits.ts';
import { assertWithinPaid, type Order, type OrderId } from '../domain/order.ts';
import { attempts } from '../dynamodb/backoff.ts';
import { DatabaseUnavailable } from '../dynamodb/failures.ts';
import type { HistoryRepository, PastCancellation } from '../dynamodb/history-repository.ts';
import { refused, type Refused, type Succeeded } from '../signed-route/outcome.ts';
import { createSignedRoute, type Handler, type SignedRouteDependencies } from '../signed-route/signed-route.ts';
import type { SignedRequest } from '../signed-route/signed-request.ts';
import { acceptedByDetailField, type DetailRequest, detailRequestShape } from './detail-request.ts';
import { paginate } from './paginate.ts';
import { cancellationDetail, orderDetail, type PaymentDetail } from './payment-detail.ts';

export interface DetailDependencies extends SignedRouteDependencies<DetailReturned> {
  readonly history: HistoryRepository;
}

export interface DetailReturned extends Succeeded {
  readonly data: PaymentDetail;
}

export type DetailOutcome = DetailReturned | Refused;

/**
 * POST /api/v2/payment/detail (EBP_API_237): an order, what remains of it, and its cancellations page by page. The
 * checks are those of the cancel call, with two differences: X-Idempotency-Key has no effect, and X-Currency-Code is
 * not compared with the order, because a merchant who was refused for the currency can look it up here.
 */
export function createDetailHandler(dependencies: DetailDependencies): Handler {
  return createSignedRoute(
    { shape: detailRequestShape, act: async (request) => await returnDetail(request, dependencies) },
    dependencies,
  );
}

async function returnDetail(
  request: SignedRequest<DetailRequest>,
  dependencies: DetailDependencies,
): Promise<DetailOutcome> {
  const { storeId, body, headers } = request;
  const { orderNo, limit = defaultPageSize, nextToken } = body;
  const found = await readConsistently({ storeId, orderNo }, request, dependencies);
  if (found === undefined) {
    return refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });
  }

  const { order, cancellations } = found;
  assertWithinPaid(order);
  if (cancellations === undefined && nextToken === undefined) {
    return { ok: true, data: { ...orderDetail(order), cancellations: null } };
  }
  const page = cancellations && paginate(cancellations, limit, nextToken);
  if (page === undefined) {
    const { nextToken: shown } = acceptedByDetailField;
    return refused('SCHEMA_VIOLATED', { reason: 'FIELD_INVALID', at: { field: '/nextToken' }, shown });
  }
  const listed = page.cancellations.map((cancellation) => cancellationDetail(cancellation, headers.timeZone));
  return { ok: true, data: { ...orderDetail(order), ...page, cancellations: listed } };
}

interface Found {
  readonly order: Order;
  /** Undefined if there are too many to list. */
  readonly cancellations: readonly PastCancellation[] | undefined;
}

/**
 * The order and its cancellations as of one instant, so that they add up. Every cancellation raises the order's
 * version: if it is the same before and after, there was none in between. Undefined if there is no such order.
 * @throws DatabaseUnavailable when the order kept changing
 */
async function readConsistently(
  id: OrderId,
  { stats, remainingMs }: SignedRequest<DetailRequest>,
  { history, runtime }: DetailDependencies,
): Promise<Found | undefined> {
  let before = await history.findOrder(id, remainingMs);
  for await (const attempt of attempts(runtime, remainingMs)) {
    if (before === undefined) return undefined;
    stats.attempts = attempt;
    const cancellations = await history.listCancellations(id, maxListedCancellations, remainingMs);
    const order = await history.findOrder(id, remainingMs);
    if (order?.version === before.version) return { order, cancellations };
    before = order;
  }
  throw new DatabaseUnavailable('The order kept changing.');
}
