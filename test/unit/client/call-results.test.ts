import { describe, expect, test } from '@jest/globals';
import type { CanceledPayment, CancelRequest } from '../../../client/src/payment-cancel-client.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import { clientOn, failingWith, refusalOf, successOf } from '../../support/merchant.ts';

const key = { idempotencyKey: 'refund-1' };
const changed = [{ header: 'If-Match', reason: 'ORDER_CHANGED', message: 'Changed.' }];

const failureOf = async (...reactions: Parameters<typeof clientOn>[0]) => {
  const { client } = clientOn(reactions, { language: 'ko', maxAttempts: reactions.length });
  const error: unknown = await client.cancel(requestOf([itemOf()]), key).catch((thrown: unknown) => thrown);
  return (error as Error).message;
};

describe('a response to another request', () => {
  test.each<[string, Partial<CanceledPayment>]>([
    ['order', { orderNo: 'OTHER' }],
    ['total', { totalProductAmount: 2999 }],
    ['tax that is no amount', { totalProductTaxAmount: -1 }],
    ['count', { processedCount: 2 }],
    ['id', { returnRequestId: '' }],
    ['line', { items: [{ seq: 2, itemId: 'P003', quantity: 1, amount: 3000 }] }],
    ['quantity', { items: [{ seq: 3, itemId: 'P003', quantity: 2, amount: 3000 }] }],
    ['amount', { items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 1000 }] }],
    ['tax', { items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 3000, taxAmount: 1 }] }],
    ['missing line', { items: [] }],
    ['line too many', { items: [3, 4].map((seq) => ({ seq, itemId: 'P003', quantity: 1, amount: 3000 })) }],
  ])('is recognized by its %s', async (_what, overrides) => {
    const { client } = clientOn([successOf(overrides)]);
    await expect(client.cancel(requestOf([itemOf()]), key)).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
      message: expect.stringContaining('The response belongs to another request.'),
      requestId: 'request-1',
    });
  });

  test.each<[string, object]>([
    ['without items', { orderNo: 'ORD20251224001', totalCancelAmount: 3000 }],
    ['with an item that is none', { ...requestOf([itemOf()]), items: [null] }],
  ])('is assumed where the request is one %s, which no service should have applied', async (_what, request) => {
    const { client } = clientOn([successOf()]);
    await expect(client.cancel(request as CancelRequest, key)).rejects.toThrow(
      'The response belongs to another request.',
    );
  });
});

describe('the ETag', () => {
  test('of a cancellation and of a refusal is that of the response, or undefined where something removed it', async () => {
    const etag = '"ORD-1.3"';
    const results = await Promise.all(
      [{ ETag: etag }, {}].map(async (headers) => {
        const { client } = clientOn([successOf({}, headers), refusalOf(412, 'EBP-C-0004', changed, headers)]);
        const canceled = await client.cancel(requestOf([itemOf()]), key);
        const refused: unknown = await client.cancel(requestOf([itemOf()]), key).catch((error: unknown) => error);
        return [canceled, refused];
      }),
    );
    expect(results).toMatchObject([
      [{ etag }, { name: 'OrderChangedError', etag }],
      [{ etag: undefined }, { name: 'OrderChangedError', etag: undefined }],
    ]);
  });
});

describe('the words of an error', () => {
  test('are in the language of the client, and in no other', async () => {
    const messages = [
      await failureOf(failingWith('ECONNREFUSED')),
      await failureOf(failingWith('ECONNRESET')),
      await failureOf(refusalOf(503, 'EBP-C-0011')),
      await failureOf(successOf({ orderNo: 'OTHER' })),
      await failureOf(() => new Response('<html>')),
    ];
    expect(messages).toEqual([
      '이번 요청으로 취소된 금액은 없습니다. 연결에 실패했습니다(ECONNREFUSED).',
      '처리 결과를 아직 확인할 수 없습니다. 연결에 실패했습니다(ECONNRESET). 같은 요청을 같은 멱등키(refund-1)로 다시 ' +
        '보내 주십시오. 중복으로 취소되지 않습니다.',
      expect.stringContaining('서비스 응답은 503 EBP-C-0011입니다.'),
      expect.stringContaining('다른 요청에 대한 응답입니다.'),
      expect.stringContaining('응답(200)이 서비스의 형식이 아닙니다. url을 확인해 주십시오.'),
    ]);
  });
});
