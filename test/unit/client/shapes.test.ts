import { expect, test } from '@jest/globals';
import type { CanceledPayment } from '../../../client/src/canceled-payment.ts';
import type { CancelItem, CancelRequest } from '../../../client/src/cancel-request.ts';
import type { DetailCancellation, DetailItem, PaymentDetail } from '../../../client/src/payment-detail.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type * as service from '../../../lambda/detail/payment-detail.ts';
import type { CancellationRequest, RequestedItem } from '../../../lambda/domain/cancellation.ts';

/** Whether two objects have the same fields, optional ones included, of types that can stand for each other. */
type Same<One, Other> = [One, Other, keyof One, keyof Other] extends [Other, One, keyof Other, keyof One]
  ? true
  : false;

/** The client is a package of its own and cannot import them, so it says again what the service takes and answers. */
test('the client knows requests and answers as the service does', () => {
  const shapes: Readonly<{
    request: Same<CancelRequest, CancellationRequest>;
    requestedItem: Same<CancelItem, RequestedItem>;
    answer: Same<CanceledPayment, CancellationData>;
    answeredItem: Same<CanceledPayment['items'][number], CancellationData['items'][number]>;
    detail: Same<PaymentDetail, service.PaymentDetail>;
    detailItem: Same<DetailItem, service.DetailItem>;
    detailCancellation: Same<DetailCancellation, service.DetailCancellation>;
  }> = {
    request: true,
    requestedItem: true,
    answer: true,
    answeredItem: true,
    detail: true,
    detailItem: true,
    detailCancellation: true,
  };
  // The compiler has judged: a shape that differs is a false there, and npm run typecheck fails.
  expect(Object.values(shapes)).not.toContain(false);
});
