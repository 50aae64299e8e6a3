import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createPaymentCancelClient,
  InvalidRequestError,
  RefusedError,
  UnavailableError,
} from '../../../client/src/payment-cancel-client.ts';
import type { DetailCancellation, PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import { memoryDetail } from '../../../tools/in-memory/memory-detail.ts';
import { memoryService } from '../../../tools/in-memory/memory-service.ts';
import { responseOf, clientOn, failingWith, optionsOf, refusalOf } from '../../support/merchant.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf, signatureOf, store } from '../../../tools/in-memory/requests.ts';
import { dataOf, send } from '../../support/send.ts';
import { type Served, serveHandler } from '../../support/serve-handler.ts';

const orderNo = 'ORD20251224001';
const detailData = {
  orderNo,
  currencyCode: 'KRW',
  paymentStatus: 'CAPTURED',
  items: [
    {
      seq: 1,
      itemType: 'PHYSICAL',
      itemId: 'P001',
      quantity: 1,
      amount: 3000,
      taxAmount: 0,
      canceledQuantity: 0,
      totalCanceledAmount: 0,
      totalCanceledTaxAmount: 0,
      remainingQuantity: 1,
      totalRemainingAmount: 3000,
      totalRemainingTaxAmount: 0,
    },
  ],
  cancellations: [],
} satisfies PaymentDetail;
const line = (overrides: object) => ({ items: [{ ...detailData.items[0], ...overrides }] });
const success = (data: object) => responseOf(200, { resultCode: '0', message: 'SUCCESS', data });

describe('with the service, the detail', () => {
  let served: Served;

  beforeEach(async () => {
    const service = memoryService([orderOf()]);
    const headers = { 'X-Idempotency-Key': 'refund-1' };
    const { returnRequestId } = dataOf(await send(service, requestOf([itemOf({ amount: 1000 })]), { headers }));
    dataOf(await send(service, requestOf([itemOf({ amount: 500 })])));
    const detail = memoryDetail(service);
    const failed = { attempt: 2, status: 'FAILED', updatedAtMs: 0, failureReason: 'ACCOUNT_CLOSED' } as const;
    detail.putExecution(orderOf(), { returnRequestId, ...failed });
    served = await serveHandler(detail, '/api/v2/payment/detail');
  });
  afterEach(async () => {
    await served.close();
  });

  const client = () => createPaymentCancelClient(optionsOf({ url: served.url }));

  test('returns what remains and what was canceled', async () => {
    const { data, etag, attempts } = await client().detail(orderNo);
    expect([etag, attempts]).toEqual([`"${orderNo}.3"`, 1]);
    expect(data.items[2]).toMatchObject({ totalCanceledAmount: 1500, totalRemainingAmount: 1500 });
    expect(data.cancellations).toMatchObject([
      { totalProductAmount: 1000, idempotencyKey: 'refund-1', items: [{ canceledQuantity: 0 }] },
      { totalProductAmount: 500, items: [{ canceledQuantity: 0 }] },
    ]);
    expect(data.cancellations?.[1]).not.toHaveProperty('idempotencyKey');
  });

  test('returns what became of the money', async () => {
    const [first, second] = (await client().detail(orderNo)).data.cancellations ?? [];
    const updatedAt = '1970-01-01T00:00:00.000Z';
    expect(first?.execution).toEqual({ status: 'FAILED', attempt: 2, updatedAt, failureReason: 'ACCOUNT_CLOSED' });
    expect(second).not.toHaveProperty('execution');
  });

  test('goes on where the response before ended', async () => {
    const first = await client().detail(orderNo, { limit: 1 });
    const second = await client().detail(orderNo, { limit: 1, nextToken: first.data.nextToken });
    expect(second.data.cancellations).toMatchObject([{ totalProductAmount: 500 }]);
    expect(second.data.nextToken).toBeUndefined();
  });

  test('of an unknown order is refused', async () => {
    const refused = client().detail('ORD-UNKNOWN');
    await expect(refused).rejects.toThrow(RefusedError);
    await expect(refused).rejects.toMatchObject({ status: 404, resultCode: 'EBP-Z-0002' });
  });

  test.each([
    ['', {}, '/orderNo'],
    [undefined as never, {}, '/orderNo'],
    [orderNo, { limit: 0 }, '/limit'],
    [orderNo, { limit: 101 }, '/limit'],
    [orderNo, { limit: 1.5 }, '/limit'],
    [orderNo, { nextToken: 1 as never }, '/nextToken'],
  ])("of %j with %j is refused in the service's own words", async (order, options, field) => {
    const refused = client().detail(order, options);
    await expect(refused).rejects.toThrow(RefusedError);
    await expect(refused).rejects.toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe('what is sent for a detail', () => {
  test('is signed over its very bytes, without an idempotency key', async () => {
    const { client, sent } = clientOn([success(detailData)]);
    await client.detail(orderNo, { limit: 5 });
    const [{ url, init, body } = { url: '', init: {}, body: '' }] = sent;
    expect(url).toBe('https://api.example/prod/api/v2/payment/detail');
    expect(body).toBe(`{"orderNo":"${orderNo}","limit":5}`);
    expect(init.headers).toMatchObject({ 'X-EBP-Signature': signatureOf(body, store.hashKey) });
    expect(init.headers).not.toHaveProperty('X-Idempotency-Key');
  });

  test.each<[string, object]>([
    ['a BigInt', { limit: 1n }],
    ['no number', { limit: Number.NaN }],
    ['a function', { nextToken: () => '' }],
  ])('is nothing where there is %s in it', async (_what, options) => {
    const { client, sent } = clientOn([], { language: 'ko' });
    const invalid = client.detail(orderNo, options);
    await expect(invalid).rejects.toThrow(InvalidRequestError);
    await expect(invalid).rejects.toThrow('값은 JSON으로 나타낼 수 없습니다.');
    expect(sent).toEqual([]);
  });
});

describe('the outcome of a detail call', () => {
  test('is a success after a broken connection and a 503', async () => {
    const busy = refusalOf(503, 'EBP-C-0011');
    const { client } = clientOn([failingWith('ECONNRESET'), busy, success(detailData)]);
    expect(await client.detail(orderNo)).toEqual({
      data: detailData,
      etag: undefined,
      requestId: 'request-1',
      timestamp: '2026-01-01T00:00:00.000Z',
      attempts: 3,
    });
  });

  test('is never unknown: the call changes nothing, and may be sent again', async () => {
    const { client } = clientOn([failingWith('ECONNRESET')], { maxAttempts: 1 });
    const failed = client.detail(orderNo);
    await expect(failed).rejects.toThrow(UnavailableError);
    await expect(failed).rejects.toMatchObject({
      message: 'The order was not returned. The connection failed (ECONNRESET).',
      isRetryable: true,
    });
  });

  test('is not retryable where something else than the service responds', async () => {
    const { client } = clientOn([() => new Response('<html>')]);
    const failed = client.detail(orderNo);
    await expect(failed).rejects.toThrow(UnavailableError);
    await expect(failed).rejects.toMatchObject({
      message: 'The order was not returned. The response (200) is not the envelope of the service: is the url right?',
      isRetryable: false,
    });
  });

  test.each<[string, number, (abort: AbortController) => void]>([
    ['before it was sent', 0, (abort) => abort.abort()],
    ['while it was sent', 1, () => undefined],
  ])('is retryable after an abort %s', async (_when, attempts, before) => {
    const abort = new AbortController();
    const aborting = () => {
      abort.abort();
      throw abort.signal.reason;
    };
    before(abort);
    const { client } = clientOn([aborting]);
    const failed = client.detail(orderNo, { signal: abort.signal });
    await expect(failed).rejects.toThrow(UnavailableError);
    await expect(failed).rejects.toMatchObject({ isRetryable: true, attempts, cause: abort.signal.reason });
  });

  const execution = { status: 'SUCCEEDED', attempt: 1, updatedAt: '2026-01-01T00:00:00.000Z' };
  const canceled = {
    returnRequestId: 'RETREQ1',
    kind: 'REFUND',
    origin: 'MERCHANT',
    createdAt: '2026-01-01T00:00:00.000Z',
    totalProductAmount: 2000,
    totalProductTaxAmount: 0,
    totalDeliveryAmount: 0,
    totalDeliveryTaxAmount: 0,
    processedCount: 1,
    items: [{ seq: 1, itemId: 'P001', quantity: 1, amount: 2000, taxAmount: 0, canceledQuantity: 0 }],
  } satisfies DetailCancellation;

  test.each<[string, object]>([
    ['without cancellations', {}],
    ['with cancellations that are too many to be listed', { cancellations: null }],
    ['with a cancellation', { cancellations: [canceled] }],
    ['with a cancellation that was made with a key', { cancellations: [{ ...canceled, idempotencyKey: 'refund-1' }] }],
    ['with a cancellation of the platform', { cancellations: [{ ...canceled, origin: 'PLATFORM' }] }],
    ['with an execution', { cancellations: [{ ...canceled, execution }] }],
    [
      'with an item without tax',
      { cancellations: [{ ...canceled, items: [{ ...canceled.items[0], taxAmount: undefined }] }] },
    ],
    ['with a token for the next page', { nextToken: 'A' }],
    ['with a field that is not known', { settledAt: '2026-01-01' }],
  ])('is a success %s', async (_what, overrides) => {
    const { client } = clientOn([success({ ...detailData, ...overrides })]);
    expect(await client.detail(orderNo)).toHaveProperty('requestId', 'request-1');
  });

  const cancellation = (overrides: object) => ({ cancellations: [{ ...canceled, ...overrides }] });

  test.each<[string, object]>([
    ['of another order', { orderNo: 'ORD-2' }],
    ['in no currency', { currencyCode: undefined }],
    ['in a state that is not known', { paymentStatus: 'DISPUTED' }],
    ['in a state that every object has as a property', { paymentStatus: 'toString' }],
    ['without items', { items: undefined }],
    ['with an item that is none', { items: [null] }],
    ['with an item without itemId', line({ itemId: undefined })],
    ['with an item without itemType', line({ itemType: undefined })],
    ['with an itemType that is not known', line({ itemType: 'VOUCHER' })],
    ['with an amount that is text', line({ totalRemainingAmount: '3000' })],
    ...['taxAmount', 'totalCanceledTaxAmount', 'totalRemainingTaxAmount'].map((name): [string, object] => {
      return [`without ${name}`, line({ [name]: undefined })];
    }),
    ['with half a unit remaining', line({ remainingQuantity: 0.5 })],
    ['with less than nothing remaining', line({ remainingQuantity: -1 })],
    ['with an empty token', { nextToken: '' }],
    ['without the field cancellations', { cancellations: undefined }],
    ['with a kind that is not known', cancellation({ kind: 'REVERSAL' })],
    ['with an origin that is not known', cancellation({ origin: 'BANK' })],
    ['with a cancellation without id', cancellation({ returnRequestId: undefined })],
    ['with a cancellation without time', cancellation({ createdAt: undefined })],
    ['with a cancellation whose key is no text', cancellation({ idempotencyKey: 1 })],
    ['with an execution that is none', cancellation({ execution: 'SUCCEEDED' })],
    ['with an execution whose status is not known', cancellation({ execution: { ...execution, status: 'PAID' } })],
    ['with an execution without attempt', cancellation({ execution: { ...execution, attempt: undefined } })],
    ['with an execution without time', cancellation({ execution: { ...execution, updatedAt: undefined } })],
    ['with a reason that is no text', cancellation({ execution: { ...execution, failureReason: 1 } })],
    ['with a cancellation without count', cancellation({ processedCount: undefined })],
    ['with a cancellation without a total', cancellation({ totalDeliveryTaxAmount: undefined })],
    ['with a cancellation without items', cancellation({ items: undefined })],
    ['with a canceled item without itemId', cancellation({ items: [{ ...canceled.items[0], itemId: undefined }] })],
    [
      'with a canceled item that does not say how many units left',
      cancellation({ items: [{ ...canceled.items[0], canceledQuantity: undefined }] }),
    ],
    ['with a canceled item of a tax that is text', cancellation({ items: [{ ...canceled.items[0], taxAmount: '0' }] })],
  ])('is an error %s, which is not retryable', async (_what, overrides) => {
    const { client } = clientOn([success({ ...detailData, ...overrides })]);
    const failed = client.detail(orderNo);
    await expect(failed).rejects.toThrow(UnavailableError);
    await expect(failed).rejects.toMatchObject({
      message:
        'The order was not returned. The response is not a detail of this order that this version of the client knows.',
      isRetryable: false,
      requestId: 'request-1',
    });
  });
});
