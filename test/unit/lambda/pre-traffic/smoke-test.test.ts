import { describe, expect, test } from '@jest/globals';
import { type Send, type SmokeResponse, smokeFailures } from '../../../../lambda/pre-traffic/smoke-test.ts';
import { putSmokeOrder, type SmokeOrder, smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import { type OrderRow, orderOf, type CredentialRow } from '../../../../lambda/dynamodb/items.ts';
import { createCredentialRepository } from '../../../../lambda/dynamodb/credential-repository.ts';
import { type MemoryService, memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { contextOf, eventOf } from '../../../../tools/in-memory/requests.ts';
import { stubClient } from '../../../support/stub-client.ts';

interface Tried {
  readonly service: MemoryService;
  readonly order: SmokeOrder;
  readonly keyItem: CredentialRow;
  readonly send: Send;
}

/** A service with the order and the credential of the smoke test in its tables. */
async function serviceToTry(): Promise<Tried> {
  const { client, sent } = stubClient({}, {});
  const order = await putSmokeOrder(client, { orders: 'orders', storeKeys: 'store-keys' }, startOfTest);
  const [keyItem, orderRow] = sent.map(({ input }) => (input as { readonly Item: unknown }).Item);
  const service = memoryService([orderOf(orderRow as OrderRow)], { ...smokeStore, hashKey: order.hashKey });
  const send: Send = async ({ headers, body }) => {
    const result = await service.handler(eventOf(body, headers), contextOf());
    return {
      status: result.statusCode,
      isReplay: result.headers?.['Idempotent-Replayed'] === 'true',
      body: result.body,
    };
  };
  return { service, order, keyItem: keyItem as CredentialRow, send };
}

/** What the smoke test reports of a service whose responses, the first to the fourth, are changed. */
async function failuresOf(
  change: (response: SmokeResponse, request: number) => Partial<SmokeResponse>,
): Promise<string[]> {
  const { send, order } = await serviceToTry();
  let request = 0;
  return await smokeFailures(async (sent) => {
    const response = await send(sent);
    request += 1;
    return { ...response, ...change(response, request) };
  }, order);
}

const success = (data: unknown) => JSON.stringify({ resultCode: '0', data });

describe('a right service', () => {
  test('has no failures, and a third of the order is canceled once', async () => {
    const { service, order, send } = await serviceToTry();
    expect(await smokeFailures(send, order)).toEqual([]);
    expect(service.reports.map(({ status }) => status)).toEqual([200, 200, 422, 401]);
    expect([...service.orders.values()].map(({ lines }) => lines[0]?.canceled.amountMinor)).toEqual([1000n]);
    expect(service.records.size).toBe(1);
  });

  test('is asked as a merchant would ask: signed, with every header and an idempotency key', async () => {
    const { order, send } = await serviceToTry();
    const headerNames: string[] = [];
    await smokeFailures(async (request) => {
      headerNames.push(...Object.keys(request.headers));
      return await send(request);
    }, order);
    expect(new Set(headerNames)).toEqual(
      new Set([
        'Content-Type',
        'X-Access-Key',
        'X-EBP-Signature',
        'X-Division-Code',
        'X-Store-Id',
        'X-Channel-Code',
        'X-Ric-Code',
        'X-Country-Code',
        'X-Currency-Code',
        'X-Idempotency-Key',
      ]),
    );
  });

  test('is not reported as one whose key expires soon: the key of a smoke test is meant to', async () => {
    const { service, order, keyItem, send } = await serviceToTry();
    const [[accessKey, key] = ['', undefined]] = service.keys;
    if (key !== undefined) {
      const [issuedAtMs, expiresAtMs] = [Number(keyItem.issuedAt), Number(keyItem.expiresAt)];
      service.keys.set(accessKey, { ...key, issuedAtMs, expiresAtMs });
    }
    expect(await smokeFailures(send, order)).toEqual([]);
    expect(service.reports.map(({ keyExpiresSoon }) => keyExpiresSoon)).toEqual([false, false, false, false]);
  });

  test('can be tried again at once, with another key', async () => {
    const items = [(await serviceToTry()).keyItem, (await serviceToTry()).keyItem];
    const { client } = stubClient(...items.map((Item) => ({ Item })));
    const credentials = createCredentialRepository(client, 'store-keys', () => startOfTest);
    const found: unknown[] = [];
    for (const { storeId } of items) {
      expect(storeId).toBe(smokeStore.storeId);
      found.push(await credentials.find(smokeStore.accessKey, () => 1000));
    }
    expect(found).toEqual(items.map(({ hashKey }) => expect.objectContaining({ hashKey })));
  });
});

describe('a wrong response', () => {
  test.each([
    {
      what: 'to a cancellation that was made before',
      request: 1,
      response: { isReplay: true },
      failure: 'a cancellation: responded with 200 0',
    },
    {
      what: 'to a replay, without the header',
      request: 2,
      response: { isReplay: false },
      failure: 'its replay: responded with 200 0',
    },
    {
      what: 'to a replay, with other data',
      request: 2,
      response: { body: success({ totalProductAmount: 1000, returnRequestId: 'another' }) },
      failure: 'its replay: responded with 200 0',
    },
    {
      what: 'to a replay that was refused',
      request: 2,
      response: { status: 409, body: '{"resultCode":"EBP-C-0005","data":null}' },
      failure: 'its replay: responded with 409 EBP-C-0005',
    },
    {
      what: 'to a key used again, which was accepted',
      request: 3,
      response: { status: 200, body: success({ totalProductAmount: 2000 }) },
      failure: 'a key used again: responded with 200 0',
    },
    {
      what: 'to a key used again, for another reason',
      request: 3,
      response: { status: 422, body: '{"resultCode":"EBP-C-0004","data":null}' },
      failure: 'a key used again: responded with 422 EBP-C-0004',
    },
    {
      what: 'to a wrong signature, which was accepted',
      request: 4,
      response: { status: 200, body: success({ totalProductAmount: 500 }) },
      failure: 'a wrong signature: responded with 200 0',
    },
    {
      what: 'to a wrong signature, with data',
      request: 4,
      response: { status: 401, body: '{"resultCode":"EBP-A-0001","data":{}}' },
      failure: 'a wrong signature: responded with 401 EBP-A-0001',
    },
  ])('$what, is reported', async ({ request, response, failure }) => {
    expect(await failuresOf((_right, number) => (number === request ? response : {}))).toEqual([failure]);
  });

  test('with another amount is reported, of the cancellation and of its replay, which has the right one', async () => {
    const failures = await failuresOf(({ body }, request) =>
      request === 1 ? { body: body.replace('"totalProductAmount":1000', '"totalProductAmount":999') } : {},
    );
    expect(failures).toEqual(['a cancellation: responded with 200 0', 'its replay: responded with 200 0']);
  });

  test('to a cancellation that is refused is reported', async () => {
    const refused = { status: 404, body: '{"resultCode":"EBP-Z-0002","data":null}' };
    const [failure] = await failuresOf((_right, request) => (request === 1 ? refused : {}));
    expect(failure).toBe('a cancellation: responded with 404 EBP-Z-0002');
  });

  test.each(['<html>Bad gateway</html>', '', 'null'])('that is no envelope is told, four times: %j', async (body) => {
    expect(await failuresOf(() => ({ status: 502, body }))).toEqual([
      'a cancellation: responded with 502 without envelope',
      'its replay: responded with 502 without envelope',
      'a key used again: responded with 502 without envelope',
      'a wrong signature: responded with 502 without envelope',
    ]);
  });

  test('that never comes is an error of its own', async () => {
    const { order } = await serviceToTry();
    await expect(smokeFailures(() => Promise.reject(new Error('Nothing answers.')), order)).rejects.toThrow(
      'Nothing answers.',
    );
  });
});
