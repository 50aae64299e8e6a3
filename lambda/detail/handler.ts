import { etagOf } from '../contract/etag.ts';
import { defaultPageSize } from '../contract/limits.ts';
import type { HistoryRepository } from '../dynamodb/history-repository.ts';
import { refused, type Refused, type Succeeded } from '../signed-route/outcome.ts';
import { createSignedRoute, type Handler, type SignedRouteDependencies } from '../signed-route/signed-route.ts';
import type { SignedRequest } from '../signed-route/signed-request.ts';
import { acceptedByDetailField, type DetailRequest, detailRequestShape } from './detail-request.ts';
import { paginate } from './paginate.ts';
import { cancellationDetail, orderDetail, type PaymentDetail } from './payment-detail.ts';
import { readHistory } from './read-history.ts';

export interface DetailDependencies extends SignedRouteDependencies<DetailReturned> {
  readonly history: HistoryRepository;
}

export interface DetailReturned extends Succeeded {
  readonly data: PaymentDetail;
}

export type DetailOutcome = DetailReturned | Refused;

/**
 * POST /api/v2/payment/detail (EBP_API_237): an order, what remains of it, and its cancellations page by page. The
 * checks are those of the cancel call, with two differences: idempotency keys and If-Match have no effect, and X-Currency-Code is
 * not compared with the order, because a merchant who was refused for the currency can look it up here.
 */
export function createDetailHandler(dependencies: DetailDependencies): Handler {
  return createSignedRoute(
    {
      shape: detailRequestShape,
      act: async (request) => await returnDetail(request, dependencies),
      outOfTime: 'UNAVAILABLE',
    },
    dependencies,
  );
}

async function returnDetail(
  { storeId, body, headers, stats, remainingMs }: SignedRequest<DetailRequest>,
  { history, runtime }: DetailDependencies,
): Promise<DetailOutcome> {
  const { orderNo, limit = defaultPageSize, nextToken } = body;
  const found = await readHistory({ storeId, orderNo }, { history, runtime, stats, remainingMs });
  if (found === undefined) {
    return refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });
  }

  const { order, cancellations, executions } = found;
  const etag = etagOf(order);
  if (cancellations === undefined) return { ok: true, data: { ...orderDetail(order), cancellations: null }, etag };
  const page = paginate(cancellations, limit, nextToken);
  if (page === undefined) {
    const { nextToken: shown } = acceptedByDetailField;
    return refused('SCHEMA_VIOLATED', { reason: 'FIELD_INVALID', at: { field: '/nextToken' }, shown });
  }
  const listed = page.cancellations.map((cancellation) =>
    cancellationDetail(cancellation, executions.get(cancellation.returnRequestId), headers.timeZone),
  );
  return { ok: true, data: { ...orderDetail(order), ...page, cancellations: listed }, etag };
}
