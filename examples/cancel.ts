import { createPaymentCancelClient, OutcomeUnknownError, RefusedError, totalOf } from 'payment-cancel-client';

const client = createPaymentCancelClient({
  url: process.env['PAYMENT_CANCEL_URL'] ?? 'http://127.0.0.1:3000',
  accessKey: 'demo-access-key-for-localhost-only',
  hashKey: 'demo-hash-key-for-localhost-only',
  storeId: 'DEMO-STORE',
  divisionCode: 'DEMO-DIVISION',
  channelCode: 'ONLINE',
  ricCode: 'KIC',
  countryCode: 'KR',
  currencyCode: 'KRW',
});
const items = [{ seq: 2, itemType: 'PHYSICAL', itemId: 'P002', quantity: 1, amount: 3000 }] as const;
try {
  const { data, isReplay } = await client.cancel(
    { orderNo: 'ORD20251224003', totalCancelAmount: totalOf(items), items },
    { idempotencyKey: 'refund-4711' }, // your own id of this cancellation
  );
  console.log(isReplay ? 'was canceled before' : 'canceled', data.returnRequestId);
} catch (error) {
  if (error instanceof RefusedError) console.error('nothing was canceled', error.errors);
  else if (error instanceof OutcomeUnknownError) console.error('send it again with', error.idempotencyKey);
  else throw error;
}
