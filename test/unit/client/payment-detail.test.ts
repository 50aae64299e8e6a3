import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createPaymentCancelClient,
  InvalidRequestError,
  RefusedError,
  UnavailableError,
} from '../../../client/src/payment-cancel-client.ts';
import type { PaymentDetail } from '../../../lambda/contract/payment-detail.ts';
import { memoryDetail } from '../../fixtures/memory-detail.ts';
import { memoryService } from '../../fixtures/memory-service.ts';
import { answerOf, clientOn, failingWith, optionsOf, refusalOf } from '../../fixtures/merchant.ts';
import { orderOf } from '../../fixtures/orders.ts';
import { itemOf, requestOf, signatureOf, store } from '../../fixtures/requests.ts';
import { dataOf, send } from '../../fixtures/send.ts';
import { type Served, serveHandler } from '../../fixtures/serve-handler.ts';

const orderNo = 'ORD20251224001';
const told = {
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
const success = (data: object) => answerOf(200, { resultCode: '0', message: 'SUCCESS', data });

describe('with the service, the detail', () => {
  let served: Served;

  beforeEach(async () => {
    const service = memoryService([orderOf()]);
    for (const amount of [1000, 500]) dataOf(await send(service, requestOf([itemOf({ amount })])));
    served = await serveHandler(memoryDetail(service), '/api/v2/payment/detail');
  });
  afterEach(async () => {
    await served.close();
  });

  const client = () => createPaymentCancelClient(optionsOf({ url: served.url }));

  test('tells what is left and what was canceled', async () => {
    const { data, attempts } = await client().detail(orderNo);
    expect(attempts).toBe(1);
    expect(data.items[2]).toMatchObject({ totalCanceledAmount: 1500, totalRemainingAmount: 1500 });
    expect(data.cancellations?.map(({ totalProductAmount }) => totalProductAmount)).toEqual([1000, 500]);
  });

  test('goes on where the answer before ended', async () => {
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
    const { client, sent } = clientOn([success(told)]);
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

describe('what comes of a detail', () => {
  test('is an answer after no answer and a 503', async () => {
    const busy = refusalOf(503, 'EBP-C-0011');
    const { client } = clientOn([failingWith('ECONNRESET'), busy, success(told)]);
    expect(await client.detail(orderNo)).toMatchObject({ data: told, attempts: 3 });
  });

  test('is never an unknown outcome: nothing was done', async () => {
    const { client } = clientOn([failingWith('ECONNRESET')], { maxAttempts: 1 });
    await expect(client.detail(orderNo)).rejects.toThrow(UnavailableError);
  });

  test.each([
    ['of another order', { ...told, orderNo: 'ORD-2' }],
    ['without items', { ...told, items: undefined }],
    ['with an amount that is text', { ...told, items: [{ ...told.items[0], totalRemainingAmount: '3000' }] }],
    ['with a token that leads nowhere', { ...told, nextToken: '' }],
    ['without cancellations', { ...told, cancellations: undefined }],
  ])('is no answer %s', async (_what, data) => {
    const { client } = clientOn([success(data)]);
    await expect(client.detail(orderNo)).rejects.toThrow('The answer is one to another request.');
  });
});
