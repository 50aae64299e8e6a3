import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CanceledPayment, CancelOptions, CancelRequest } from '../../../client/src/payment-cancel-client.ts';
import {
  createPaymentCancelClient,
  InvalidRequestError,
  OrderChangedError,
  OutcomeUnknownError,
  type Reason,
  RefusedError,
  UnavailableError,
} from '../../../client/src/payment-cancel-client.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { type MemoryService, memoryService } from '../../../tools/in-memory/memory-service.ts';
import { clientOn, optionsOf, successOf } from '../../support/merchant.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import {
  exampleRequest,
  exampleText,
  itemOf,
  requestOf,
  signatureOf,
  store,
} from '../../../tools/in-memory/requests.ts';
import { type Served, serveHandler } from '../../support/serve-handler.ts';

// The client imports nothing of the service. The compiler checks that both have the same fields, and that a call without a
// key does not compile.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const hasSameTypes: [Same<CancelRequest, CancellationRequest>, Same<CanceledPayment, CancellationData>] = [true, true];
const needsKey: Pick<CancelOptions, 'signal'> extends CancelOptions ? never : true = true;

const key = { idempotencyKey: 'refund-1' };
const cyclic: { self?: object } = {};
cyclic.self = cyclic;

describe('with the service, the client', () => {
  let service: MemoryService;
  let served: Served;

  beforeEach(async () => {
    service = memoryService([orderOf()]);
    served = await serveHandler(service);
  });
  afterEach(async () => {
    await served.close();
  });

  const client = (overrides: Parameters<typeof optionsOf>[0] = {}) =>
    createPaymentCancelClient(optionsOf({ url: served.url, ...overrides }));

  test.each(['full-order', 'item-level', 'partial-amount'] as const)(
    "returns the specification's response to %s",
    async (example) => {
      expect([...hasSameTypes, needsKey]).toEqual([true, true, true]);
      const specified = JSON.parse(exampleText(example, 'response')) as { data: CanceledPayment };
      const result = await client().cancel(exampleRequest(example), key);
      expect(result).toEqual({
        data: { ...specified.data, returnRequestId: expect.stringMatching(/^RETREQ/) },
        isReplay: false,
        etag: '"ORD20251224001.2"',
        requestId: expect.any(String),
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        idempotencyKey: 'refund-1',
        attempts: 1,
      });
    },
  );

  test('returns the first response again to the same request with the same key', async () => {
    const first = await client().cancel(exampleRequest('partial-amount'), key);
    const again = await client().cancel(exampleRequest('partial-amount'), key);
    expect(again).toMatchObject({ isReplay: true, data: first.data });
    expect(service.records.size).toBe(1);
  });

  test('takes the items of a replay in any order, and on a line without tax without a tax of 0', async () => {
    const items = [itemOf({ taxAmount: 0 }), itemOf({ seq: 2, itemId: 'P002' })];
    await client().cancel(requestOf(items), key);
    const again = await client().cancel(requestOf([itemOf({ seq: 2, itemId: 'P002', taxAmount: 0 }), itemOf()]), key);
    expect(again.isReplay).toBe(true);
  });

  test('cancels only the state of the order that an etag names, and throws what its state is now', async () => {
    const half = requestOf([itemOf({ amount: 1000 })]);
    const { etag = '' } = await client().cancel(half, key);
    const { etag: next } = await client().cancel(half, { idempotencyKey: 'refund-2', ifMatch: etag });
    const late = client().cancel(half, { idempotencyKey: 'refund-3', ifMatch: etag });
    expect(next).toBe('"ORD20251224001.3"');
    await expect(late).rejects.toThrow(OrderChangedError);
    await expect(late).rejects.toThrow(RefusedError);
    await expect(late).rejects.toMatchObject({
      name: 'OrderChangedError',
      status: 412,
      etag: next,
      isRetryable: false,
      errors: [{ header: 'If-Match', reason: 'ORDER_CHANGED' satisfies Reason }],
    });
    expect(service.records.size).toBe(2);
  });

  test('without a key knows a cancellation by its content, as every request without one', async () => {
    const first = await client().cancel(exampleRequest('partial-amount'), { withoutIdempotencyKey: true });
    const again = await client().cancel(exampleRequest('partial-amount'), { withoutIdempotencyKey: true });
    expect([first, again]).toMatchObject([
      { isReplay: false, idempotencyKey: undefined },
      { isReplay: true, data: first.data },
    ]);
    expect(served.events.map(({ headers }) => headers['X-Idempotency-Key'])).toEqual([undefined, undefined]);
  });

  test('throws that nothing was canceled where the service was too busy and is certain of that', async () => {
    service.repository.commit = async () => ({ kind: 'BUSY', isConflict: true, isOpen: false });
    for (const language of ['en', 'ko'] as const) {
      const failed = client({ language, maxAttempts: 1 }).cancel(exampleRequest('partial-amount'), key);
      await expect(failed).rejects.toThrow(UnavailableError);
      await expect(failed).rejects.toMatchObject({ status: 503, isRetryable: true, retryAfterMs: 1000 });
    }
  });

  test('throws that the outcome is unknown where the service does not know it', async () => {
    service.repository.commit = async () => ({ kind: 'UNANSWERED', isOpen: true });
    const failed = client({ maxAttempts: 1 }).cancel(exampleRequest('partial-amount'), key);
    await expect(failed).rejects.toThrow(OutcomeUnknownError);
    await expect(failed).rejects.toMatchObject({ status: 503, isRetryable: true });
  });

  test('throws a refusal with each mistake and what remains', async () => {
    const refused = client().cancel(requestOf([itemOf({ quantity: 2 })]), key);
    await expect(refused).rejects.toThrow(RefusedError);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      resultCode: 'EBP-C-0004',
      requestId: served.events[0]?.requestContext.requestId,
      isRetryable: false,
      idempotencyKey: 'refund-1',
      errors: expect.arrayContaining([
        {
          field: '/items/0/quantity',
          reason: 'QUANTITY_EXCEEDS_REMAINING',
          message: expect.stringContaining('Left of line 3 (P003): quantity 1'),
        },
      ]),
    });
  });

  test('throws a refusal in its language', async () => {
    const refused = client({ language: 'ko' }).cancel(requestOf([itemOf()], { orderNo: 'NONE' }), key);
    await expect(refused).rejects.toThrow('주문을 찾을 수 없습니다.');
  });

  test.each<[string, object, string]>([
    ['a total that is not the sum', { totalCancelAmount: 1 }, 'TOTAL_MISMATCH /totalCancelAmount'],
    ['a total that floats made', { totalCancelAmount: 0.1 + 0.2 }, 'TOO_MANY_DIGITS /totalCancelAmount'],
    ['an empty list', { items: [] }, 'FIELD_INVALID /items'],
    ['no list', { items: 'none' }, 'FIELD_INVALID /items'],
    ['no order', { orderNo: undefined }, 'FIELD_MISSING /orderNo'],
  ])("reports %s in the service's own words and in its language", async (_what, overrides, error) => {
    const request = { ...requestOf([itemOf()]), ...overrides };
    const refused = client({ language: 'ko' }).cancel(request, key);
    const [reason, field] = error.split(' ');
    await expect(refused).rejects.toThrow(RefusedError);
    await expect(refused).rejects.toMatchObject({
      errors: [{ reason, field, message: expect.stringMatching(/[가-힣]/) }],
    });
  });

  test('never shows the hash key in an error', async () => {
    const shown: string[] = [];
    for (const failing of [
      client({ hashKey: 'another-hash-key' }),
      client({ url: 'http://127.0.0.1:1', maxAttempts: 1 }),
    ]) {
      const error: unknown = await failing.cancel(exampleRequest('full-order'), key).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      shown.push(inspect(error, { showHidden: true, depth: null }) + JSON.stringify(error));
    }
    expect(shown.join('')).not.toMatch(/hash-key|access-key|1234567890/);
  });
});

describe('what is sent', () => {
  test('is signed over its very bytes, with every header, to the path of the API', async () => {
    const { client, sent } = clientOn([successOf()], { timeZone: 'Asia/Seoul', language: 'ko' });
    const request = { ...requestOf([itemOf()]), refundAccount: { accountHolderName: '홍길동' } };
    await client.cancel(request, { ...key, currencyCode: 'USD' });
    const [{ url, init, body } = { url: '', init: {}, body: '' }] = sent;
    expect(url).toBe('https://api.example/prod/api/v2/payment/cancel');
    expect(init).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(JSON.parse(body)).toEqual(request);
    expect(init.headers).toEqual({
      'Content-Type': 'application/json',
      'X-Access-Key': store.accessKey,
      'X-EBP-Signature': signatureOf(body, store.hashKey),
      'X-Division-Code': store.divisionCode,
      'X-Store-Id': store.storeId,
      'X-Channel-Code': store.channelCode,
      'X-Ric-Code': 'KIC',
      'X-Country-Code': 'KR',
      'X-Currency-Code': 'USD',
      'X-Idempotency-Key': 'refund-1',
      'X-System-Language': 'ko',
      'Time-Zone': 'Asia/Seoul',
    });
  });

  test('is what was checked, even if the object is changed while the key is saved', async () => {
    const { client, sent } = clientOn([successOf()]);
    const request = requestOf([itemOf()]);
    const saveIdempotencyKey = async () => void Object.assign(request, { totalCancelAmount: 1 });
    await client.cancel(request, { saveIdempotencyKey });
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ totalCancelAmount: 3000 });
  });

  test.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'The request must be an object.', '요청은 객체여야 합니다.'],
    ['a text', 'text', 'The request must be an object.', '요청은 객체여야 합니다.'],
    ['a list', [], 'The request must be an object.', '요청은 객체여야 합니다.'],
    ['a cycle', cyclic, 'The request cannot be expressed in JSON', '요청 값은 JSON으로 나타낼 수 없습니다.'],
    ['a BigInt', { totalCancelAmount: 1n }, 'totalCancelAmount cannot be expressed', 'totalCancelAmount 값은 JSON으로'],
    ['a function', { items: [{ taxAmount: () => 1 }] }, 'taxAmount cannot be expressed', 'taxAmount 값은 JSON으로'],
    ['a symbol', { orderNo: Symbol('1') }, 'orderNo cannot be expressed', 'orderNo 값은 JSON으로'],
    ['no number', { items: [{ amount: Number.NaN }] }, 'amount cannot be expressed', 'amount 값은 JSON으로'],
  ])('is nothing where the request is, or contains, %s; and no key is saved', async (_what, request, en, ko) => {
    const saved: string[] = [];
    const saveIdempotencyKey = (newKey: string) => void saved.push(newKey);
    for (const [language, message] of Object.entries({ en, ko })) {
      const { client, sent } = clientOn([], { language: language as 'en' | 'ko' });
      const refused = client.cancel(request as CancelRequest, { saveIdempotencyKey });
      await expect(refused).rejects.toThrow(InvalidRequestError);
      await expect(refused).rejects.toMatchObject({
        isRetryable: false,
        attempts: 0,
        errors: [{ field: '', reason: 'FIELD_INVALID', message: expect.stringContaining(message) }],
      });
      expect([sent, saved]).toEqual([[], []]);
    }
  });
});
