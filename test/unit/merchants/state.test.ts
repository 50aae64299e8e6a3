import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { contextOf, eventOf, headersOf, itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import { type Headers, messagesOf, type Shop, shopWith, statusesOf } from '../../support/shop.ts';
import { dataOf, errorsOf, responded, send } from '../../support/send.ts';

// What real merchants meet as the state of an order: a deposit that has not come, another clerk, a walk over pages.

describe('a payment that waits for its deposit', () => {
  const requested = { paymentStatus: 'REQUESTED' } as const;

  test.each([{}, { refundMethod: 'BANK_ACCOUNT' as const }])(
    'is voided as a whole, without an account: %j',
    async (more) => {
      const { cancel, order } = shopWith(['2 x 50000 (5000)', '1 x 3000'], { ...requested, ...more });
      const response = await cancel(['2 x 50000', '1 x 3000']);
      expect(response.status).toBe(200);
      expect(order().paymentStatus).toBe('VOIDED');
      expect(statusesOf([await cancel(['2 x 50000', '1 x 3000'])])).toEqual(['200 replay']);
    },
  );

  test('is not canceled in part', async () => {
    const { cancel, order } = shopWith(['2 x 50000', '1 x 3000'], requested);
    const response = await cancel('1 x 40000');
    expect(errorsOf(response)).toEqual([
      'PARTIAL_BEFORE_CAPTURE /items/0/quantity',
      'PARTIAL_BEFORE_CAPTURE /items/0/amount',
      'PARTIAL_BEFORE_CAPTURE /items',
    ]);
    expect(order().paymentStatus).toBe('REQUESTED');
  });

  test.each(['VOIDED', 'CANCELED', 'FAILED'] as const)('cannot be canceled once it is %s', async (paymentStatus) => {
    const response = await shopWith('1 x 3000', { paymentStatus }).cancel('1 x 3000');
    expect(errorsOf(response)).toEqual(['ORDER_NOT_CANCELABLE /orderNo']);
    expect(messagesOf(response)).toContain(`The payment is ${paymentStatus}:`);
  });
});

const etagOf = async ({ ask }: Shop) => String((await ask()).headers['ETag']);

function clerk(key: string, etag: string): Headers {
  return { 'X-Idempotency-Key': key, 'If-Match': etag };
}

describe('two clerks who saw the same order', () => {
  test('do not both refund: the second one is answered with the present state', async () => {
    const shop = shopWith('2 x 50000');
    const seen = await etagOf(shop);
    const first = await shop.cancel('1 x 50000', {}, clerk('a', seen));
    const second = await shop.cancel('1 x 50000', {}, clerk('b', seen));
    expect(statusesOf([first, second])).toEqual(['200', '412']);
    expect(second.envelope.resultCode).toBe('EBP-C-0004');
    expect(errorsOf(second)).toEqual(['ORDER_CHANGED If-Match']);
    expect(second.headers['ETag']).toBe(first.headers['ETag']);
    expect(messagesOf(second)).toContain(`its ETag is now ${String(first.headers['ETag'])}.`);
    expect(shop.left()).toEqual(['1 units, 50000 (0)']);
  });

  test('may go on with the ETag of the answer, strong or weak, and with any state', async () => {
    const shop = shopWith('4 x 50000');
    const first = await shop.cancel('1 x 50000', {}, clerk('a', await etagOf(shop)));
    const second = await shop.cancel('1 x 50000', {}, clerk('b', String(first.headers['ETag'])));
    const third = await shop.cancel('1 x 50000', {}, clerk('c', `W/${String(second.headers['ETag'])}`));
    const fourth = await shop.cancel('1 x 50000', {}, clerk('d', '*'));
    expect(statusesOf([first, second, third, fourth])).toEqual(['200', '200', '200', '200']);
  });

  test('get the first answer again, whatever state it was meant for', async () => {
    const shop = shopWith('2 x 50000');
    const seen = await etagOf(shop);
    const first = await shop.cancel('1 x 50000', {}, clerk('a', seen));
    await shop.cancel('1 x 50000', {}, clerk('b', '*'));
    const again = await shop.cancel('1 x 50000', {}, clerk('a', seen));
    expect(statusesOf([again])).toEqual(['200 replay']);
    expect(dataOf(again)).toEqual(dataOf(first));
    expect(again.headers['ETag']).toBe(first.headers['ETag']);
  });

  test('are answered about the state alone, before any rule', async () => {
    const response = await shopWith('1 x 3000').cancel('9 x 9000', { totalCancelAmount: 1 }, { 'If-Match': '"X.1"' });
    expect(errorsOf(response)).toEqual(['ORDER_CHANGED If-Match']);
  });

  test.each(['"A.1", "A.2"', 'A.1', '"A"', ''])('cannot send %j', async (ifMatch) => {
    const response = await shopWith('1 x 3000').cancel('1 x 3000', {}, { 'If-Match': ifMatch });
    expect([response.status, ...errorsOf(response)]).toEqual([400, 'HEADER_MALFORMED If-Match']);
  });
});

async function cancelTimes(shop: Shop, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < times; index += 1) {
    const response = await shop.cancel('1 x 1', {}, { 'X-Idempotency-Key': `key-${shop.order().version}` });
    ids.push(dataOf(response).returnRequestId);
  }
  return ids;
}

/** The ids on a page, and the token for the next one. */
async function pageOf({ ask }: Shop, nextToken?: string) {
  const { data } = (await ask({ limit: 1, ...(nextToken === undefined ? {} : { nextToken }) })).envelope;
  return { ids: data?.cancellations?.map(({ returnRequestId }) => returnRequestId) ?? [], token: data?.nextToken };
}

describe('a walk over the pages of a detail', () => {
  test('is in the sequence in which the cancellations were applied, whatever the clocks said', async () => {
    const shop = shopWith('9 x 1');
    const [first] = await cancelTimes(shop, 1);
    shop.service.nowMs -= 2000;
    const [second] = await cancelTimes(shop, 1);
    shop.service.nowMs += 500;
    const [third] = await cancelTimes(shop, 1);
    const pages = [await pageOf(shop)];
    pages.push(await pageOf(shop, pages[0]?.token), await pageOf(shop, first));
    expect(pages.map(({ ids }) => ids)).toEqual([[first], [second], [second]]);
    expect(await pageOf(shop, second)).toEqual({ ids: [third], token: undefined });
  });

  test('misses none that comes meanwhile from a clock that is behind', async () => {
    const shop = shopWith('9 x 1');
    const [first, second] = await cancelTimes(shop, 2);
    const page = await pageOf(shop);
    shop.service.nowMs -= 2000;
    const [late] = await cancelTimes(shop, 1);
    const next = await pageOf(shop, page.token);
    expect([page.ids, next.ids, (await pageOf(shop, next.token)).ids]).toEqual([[first], [second], [late]]);
  });

  test('goes on with null when an order has more than 1000 cancellations, on any page', async () => {
    const shop = shopWith('1001 x 1');
    await cancelTimes(shop, 1000);
    const { data } = (await shop.ask({ limit: 1 })).envelope;
    expect(data?.cancellations).toHaveLength(1);
    await cancelTimes(shop, 1);
    for (const more of [{ nextToken: data?.nextToken }, {}, { nextToken: 'RETREQ99999999999999999999999999' }]) {
      const response = await shop.ask(more);
      expect(response.status).toBe(200);
      expect(response.envelope.data?.cancellations).toBeNull();
      expect(response.envelope.data).not.toHaveProperty('nextToken');
    }
  });
});

describe('a body that is compressed', () => {
  const body = JSON.stringify(requestOf([itemOf({ seq: 1, itemId: 'P1', amount: 3000 })]));

  test.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'GZIP'])(
    'is refused before its signature is looked at: %s',
    async (encoding) => {
      const { service } = shopWith('1 x 3000');
      for (const signature of [undefined, 'a'.repeat(64)]) {
        const headers = { 'Content-Encoding': encoding, ...(signature && { 'X-EBP-Signature': signature }) };
        const response = await send(service, body, { headers });
        expect([response.status, response.envelope.resultCode]).toEqual([415, 'EBP-C-0006']);
        expect(errorsOf(response)).toEqual(['ENCODING_UNSUPPORTED Content-Encoding']);
      }
    },
  );

  test('is refused where the compressed bytes were signed', async () => {
    const { service } = shopWith('1 x 3000');
    const bytes = gzipSync(body);
    const headers = headersOf(bytes, { 'Content-Encoding': 'gzip' });
    const event = eventOf(bytes.toString('base64'), headers, { isBase64Encoded: true });
    const response = responded(await service.handler(event, contextOf()));
    expect([response.status, ...errorsOf(response)]).toEqual([415, 'ENCODING_UNSUPPORTED Content-Encoding']);
    expect(messagesOf(response)).toContain('Sign the bytes that are sent.');
  });

  test('is none with the encoding identity', async () => {
    const { service } = shopWith('1 x 3000');
    expect((await send(service, body, { headers: { 'Content-Encoding': 'identity' } })).status).toBe(200);
  });

  test('is not the first thing that is said where headers are missing', async () => {
    const { service } = shopWith('1 x 3000');
    const headers = { 'Content-Encoding': 'gzip', 'X-Ric-Code': undefined };
    expect(errorsOf(await send(service, body, { headers }))).toEqual(['HEADER_MISSING X-Ric-Code']);
  });
});
