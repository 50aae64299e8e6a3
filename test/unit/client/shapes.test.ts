import { expect, test } from '@jest/globals';
import type { CanceledPayment } from '../../../client/src/canceled-payment.ts';
import type { CancelItem, CancelRequest } from '../../../client/src/cancel-request.ts';
import type { Reason } from '../../../client/src/errors.ts';
import type {
  DetailCancellation,
  DetailExecution,
  DetailItem,
  PaymentDetail,
} from '../../../client/src/payment-detail.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Reason as ServiceReason } from '../../../lambda/contract/violations.ts';
import type * as service from '../../../lambda/detail/payment-detail.ts';
import type { CancellationRequest, RequestedItem } from '../../../lambda/domain/cancellation.ts';

/** Whether two objects have the same fields, optional ones included, of types that can stand for each other. */
type Same<One, Other> = [One, Other, keyof One, keyof Other] extends [Other, One, keyof Other, keyof One]
  ? true
  : false;

/** The client is a package of its own and cannot import the service's types, so it repeats them. */
test('the client has the same types of requests and responses as the service', () => {
  const shapes: Readonly<{
    request: Same<CancelRequest, CancellationRequest>;
    requestedItem: Same<CancelItem, RequestedItem>;
    response: Same<CanceledPayment, CancellationData>;
    responseItem: Same<CanceledPayment['items'][number], CancellationData['items'][number]>;
    detail: Same<PaymentDetail, service.PaymentDetail>;
    detailItem: Same<DetailItem, service.DetailItem>;
    detailCancellation: Same<DetailCancellation, service.DetailCancellation>;
    detailExecution: Same<DetailExecution, service.DetailExecution>;
    detailCanceledItem: Same<DetailCancellation['items'][number], service.DetailCancellation['items'][number]>;
    reason: Same<Reason, ServiceReason>;
  }> = {
    request: true,
    requestedItem: true,
    response: true,
    responseItem: true,
    detail: true,
    detailItem: true,
    detailCancellation: true,
    detailExecution: true,
    detailCanceledItem: true,
    reason: true,
  };
  // The compiler has checked them: for a type that differs it expects false, and npm run typecheck fails.
  expect(Object.values(shapes)).not.toContain(false);
});
