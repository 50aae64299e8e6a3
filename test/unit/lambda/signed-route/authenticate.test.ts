import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { RequestRefused } from '../../../../lambda/signed-route/outcome.ts';
import {
  type MemoryService,
  memoryService,
  startOfTest,
  credentialOf,
} from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleText, itemOf, requestOf, signatureOf, store } from '../../../../tools/in-memory/requests.ts';
import { send } from '../../../support/send.ts';
import type { Sending } from '../../../../tools/in-memory/send.ts';

const request = requestOf([itemOf()]);
const body = JSON.stringify(request);
const flip = (signature: string) => signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

type Cause = readonly [cause: string, detail: string, Sending['headers'], Parameters<typeof credentialOf>[1]];

const causes: readonly Cause[] = [
  ['an unknown access key', 'UNKNOWN_ACCESS_KEY', { 'X-Access-Key': 'access-key-2' }, {}],
  ['a wrong signature', 'WRONG_SIGNATURE', { 'X-EBP-Signature': flip(signatureOf(body, store.hashKey)) }, {}],
  ['a signature with another hash key', 'WRONG_SIGNATURE', { 'X-EBP-Signature': signatureOf(body, 'other') }, {}],
  ['a signature of another body', 'WRONG_SIGNATURE', { 'X-EBP-Signature': signatureOf(`${body} `, store.hashKey) }, {}],
  ['a signature without the hash key', 'WRONG_SIGNATURE', { 'X-EBP-Signature': signatureOf(body, '') }, {}],
  ['a revoked access key', 'REVOKED_ACCESS_KEY', {}, { isRevoked: true }],
  ['an access key that expires now', 'EXPIRED_ACCESS_KEY', {}, { expiresAtMs: startOfTest }],
  ['an access key that expired', 'EXPIRED_ACCESS_KEY', {}, { expiresAtMs: startOfTest - 1 }],
  ['the header of another store', 'HEADERS_OF_ANOTHER_KEY', { 'X-Store-Id': 'STORE-2' }, {}],
  ['the header of another division', 'HEADERS_OF_ANOTHER_KEY', { 'X-Division-Code': 'DIV-2' }, {}],
  ['the header of another channel', 'HEADERS_OF_ANOTHER_KEY', { 'X-Channel-Code': 'OFFLINE' }, {}],
  ['a header in another case', 'HEADERS_OF_ANOTHER_KEY', { 'X-Store-Id': 'store-1' }, {}],
];

function serviceWith(key: Parameters<typeof credentialOf>[1]): MemoryService {
  const service = memoryService([orderOf()]);
  service.keys.set(store.accessKey, credentialOf(store, key));
  return service;
}

describe.each(causes)('%s', (_cause, detail, headers, key) => {
  test('gets 401 and nothing is canceled', async () => {
    const service = serviceWith(key);
    const response = await send(service, request, { headers: headers ?? {} });
    expect(response.status).toBe(401);
    expect(response.envelope).toMatchObject({ resultCode: 'EBP-A-0001', data: null, errors: [] });
    expect(service.writes).toEqual([]);
  });

  test('is named in the report alone', async () => {
    const service = serviceWith(key);
    const { text } = await send(service, request, { headers: headers ?? {} });
    const [report] = service.reports;
    expect(report?.error).toBeInstanceOf(RequestRefused);
    expect(report?.error).toHaveProperty('detail', detail);
    expect(report?.storeId).toBeUndefined();
    expect(text).not.toContain(detail);
  });
});

/** What the row would have made of a request: nothing was to be found out, and nothing canceled. */
async function responseTo(headers: Sending['headers'] = {}) {
  const service = memoryService([orderOf()]);
  service.credentials.find = async () => 'IMPOSSIBLE';
  return { service, response: await send(service, request, { headers }) };
}

describe('a store key whose row cannot be', () => {
  test.each([
    ['a right signature', {}],
    ['a signature without a hash key', { 'X-EBP-Signature': signatureOf(body, '') }],
    ['64 zeros', { 'X-EBP-Signature': '0'.repeat(64) }],
  ])('gets 401 with %s, as an unknown one does', async (_what, headers) => {
    const { service, response } = await responseTo(headers);
    expect(response.status).toBe(401);
    expect(service.writes).toEqual([]);
    const unknown = await send(memoryService([orderOf()]), request, { headers: { 'X-Access-Key': 'unknown' } });
    expect([response.text, response.headers]).toEqual([unknown.text, unknown.headers]);
    expect(service.reports[0]?.error).toHaveProperty('detail', 'IMPOSSIBLE_STORE_KEY');
  });
});

test('the response is the same for all causes', async () => {
  const responses = await Promise.all(
    causes.map(async ([, , headers, key]) => send(serviceWith(key), request, { headers: headers ?? {} })),
  );
  const [first] = responses;
  expect(responses.filter(({ status, text }) => status !== first?.status || text !== first.text)).toEqual([]);
  expect(responses.map(({ headers }) => headers)).toEqual(responses.map(() => first?.headers));
});

test('an access key is accepted until the last millisecond before it expires', async () => {
  expect((await send(serviceWith({ expiresAtMs: startOfTest + 1 }), request)).status).toBe(200);
});

test('the signature is over the raw bytes of the body followed by the hash key', async () => {
  const text = exampleText('full-order', 'request');
  const signature = createHash('sha256')
    .update(text + store.hashKey)
    .digest('hex');
  const headers = { 'X-EBP-Signature': signature };
  expect((await send(memoryService([orderOf()]), text, { headers })).status).toBe(200);
  const reformatted = JSON.stringify(JSON.parse(text));
  expect((await send(memoryService([orderOf()]), reformatted, { headers })).status).toBe(401);
});

test('a hash key with characters of several bytes is taken in UTF-8', async () => {
  const service = serviceWith({ hashKey: '해시-키' });
  const headers = { 'X-EBP-Signature': signatureOf(body, '해시-키') };
  expect((await send(service, request, { headers })).status).toBe(200);
});

test('the order is that of the access key’s store', async () => {
  const service = memoryService([orderOf({ storeId: 'STORE-2' })]);
  const response = await send(service, request);
  expect(response.status).toBe(404);
});

test('a stranger does not learn whether an order exists', async () => {
  const headers = { 'X-Access-Key': 'unknown' };
  const existing = await send(memoryService([orderOf()]), request, { headers });
  const missing = await send(memoryService(), request, { headers });
  expect(existing.text).toBe(missing.text);
});
