import { afterEach, describe, expect, test } from '@jest/globals';
import type { HttpResponse } from '../../support/http-client.ts';
import { flawOfObserved } from './judge.ts';
import { flawOfResponse, flawOfData, leakIn, prototypeFlaw } from './oracles.ts';
import { type FuzzRequest, headersFor } from './request.ts';
import { type ObservedResponse, fuzzService } from './service.ts';
import { accepted } from './verdict.ts';
import { account, secrets } from './world.ts';

const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount: 1000 };
const requestOf = (body: object | string, currencyCode = 'KRW'): FuzzRequest => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { body: bytes.toString('base64'), isBase64Encoded: true, headers: headersFor(bytes, currencyCode) };
};
const good = requestOf({ orderNo: 'CAPTURED', totalCancelAmount: 1000, items: [item] });
const refused = requestOf({ orderNo: 'CAPTURED', totalCancelAmount: 1000, items: [] });
const success = { responses: [accepted] };
const service = fuzzService();
const send = async (request: FuzzRequest): Promise<ObservedResponse> => {
  service.reset();
  return await service.send(request);
};
/** The response with something else in its envelope. */
const doctored = (response: ObservedResponse, changes: object): ObservedResponse => ({
  ...response,
  body: JSON.stringify({ ...(JSON.parse(response.body) as object), ...changes }),
});
const withData = (response: ObservedResponse, changes: object): ObservedResponse =>
  doctored(response, { data: { ...(JSON.parse(response.body) as { data: object }).data, ...changes } });

describe('an honest response has no flaw:', () => {
  test('a success and a refusal', async () => {
    expect(flawOfObserved(good, await send(good), success)).toBeUndefined();
    expect(flawOfObserved(refused, await send(refused), { responses: ['400 EBP-C-0007'] })).toBeUndefined();
  });
});

describe('a response is flawed when', () => {
  const flaws: ReadonlyArray<[string, (success: ObservedResponse, refusal: ObservedResponse) => HttpResponse]> = [
    ['it is a 5xx', (_success, refusal) => ({ ...doctored(refusal, { resultCode: 'EBP-Z-0010' }), status: 500 })],
    ['its status is of another result code', (_success, refusal) => ({ ...refusal, status: 409 })],
    ['a refusal has status 200', (_success, refusal) => ({ ...refusal, status: 200 })],
    ['it has a field of its own', (success) => doctored(success, { stack: 'at x' })],
    ['it is no JSON', (success) => ({ ...success, body: 'Internal Server Error' })],
    ['it is not declared as JSON', (success) => ({ ...success, headers: { 'content-type': 'text/html' } })],
    ['a refusal gives no reason', (_success, refusal) => doctored(refusal, { errors: [] })],
    [
      'a refusal gives the reason of another one',
      (_success, refusal) =>
        doctored(refusal, { errors: [{ field: '/items', reason: 'ORDER_NOT_FOUND', message: 'No.' }] }),
    ],
    ['a 401 says why', (_success, refusal) => ({ ...doctored(refusal, { resultCode: 'EBP-A-0001' }), status: 401 })],
    [
      'a refusal is declared as a replay',
      (_success, refusal) => ({ ...refusal, headers: { ...refusal.headers, 'idempotent-replayed': 'true' } }),
    ],
    ['it is longer than any need be', (success) => doctored(success, { message: 'x'.repeat(2 ** 21) })],
  ];
  test.each(flaws)('%s', async (_name, doctor) => {
    expect(flawOfResponse(doctor(await send(good), await send(refused)))).toEqual(expect.any(String));
  });

  test.each([
    ['more was canceled', { totalProductAmount: 2000 }],
    ['another order was', { orderNo: 'BANK' }],
    ['another quantity was', { items: [{ seq: 3, itemId: 'P003', quantity: 2, amount: 1000 }] }],
    [
      'a tax was that nobody asked for',
      { items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 1000, taxAmount: 0 }] },
    ],
    ['it counts more items', { processedCount: 2 }],
  ])('by its data %s', async (_name, changes) => {
    const response = await send(good);
    expect(flawOfData(good, response)).toBeUndefined();
    expect(flawOfData(good, withData(response, changes))).toEqual(expect.any(String));
  });

  test('it is a 5xx, but where the contract allows one', async () => {
    const failure = { ...doctored(await send(refused), { resultCode: 'EBP-Z-0010', errors: [] }), status: 500 };
    expect(flawOfResponse(failure)).toEqual(expect.any(String));
    expect(flawOfObserved(refused, failure, { responses: ['500 EBP-Z-0010'] })).toBeUndefined();
  });

  test('the contract asks for another one', async () => {
    expect(flawOfObserved(good, await send(good), { responses: ['401 EBP-A-0001'] })).toContain(
      'By the contract it is 401 EBP-A-0001',
    );
  });

  test.each([
    ['requestId', 'another-request'],
    ['timestamp', '2025-12-30T21:14:13.908Z'],
  ])('its %s is not its own', async (name, value) => {
    expect(flawOfObserved(good, doctored(await send(good), { [name]: value }), success)).toEqual(expect.any(String));
  });

  test.each([
    ['one line more', (printed: string) => `${printed}{"debug":1}\n`],
    ['no log line', (printed: string) => printed.slice(printed.indexOf('\n') + 1)],
    ['a text', (printed: string) => printed.replace('{', 'Error: {')],
  ])('%s was printed', async (_name, doctor) => {
    const observed = await send(good);
    const flaw = flawOfObserved(good, { ...observed, printed: doctor(observed.printed) }, success);
    expect(flaw).toContain('It printed');
  });
});

describe('a secret', () => {
  test.each(secrets)('%s is found where it should not be, also in part', async (secret) => {
    const observed = await send(good);
    const printed = observed.printed.replace('{', `{"debug":"${secret.slice(1, -1)}",`);
    expect(flawOfObserved(good, { ...observed, printed }, success)).toContain('got out');
    const headers = { ...observed.headers, 'x-debug': secret };
    expect(flawOfObserved(good, { ...observed, headers }, success)).toContain('got out');
  });

  test('is the signature too', async () => {
    const signature = good.headers.find(([name]) => name === 'X-EBP-Signature')?.[1] ?? '';
    const observed = await send(good);
    const printed = observed.printed.replace('{', `{"debug":"${signature}",`);
    expect(flawOfObserved(good, { ...observed, printed }, success)).toContain('got out');
  });

  test('is none that a merchant wrote as a name or as the order number', () => {
    const { accountNumber } = account;
    const printed = `{"field":"/${accountNumber}"}`;
    expect(leakIn(printed, requestOf({ items: [{ [accountNumber]: 1 }] }))).toBeUndefined();
    expect(leakIn(printed, requestOf({ orderNo: accountNumber }))).toBeUndefined();
    expect(leakIn(printed, requestOf({ refundAccount: { accountNumber } }))).toContain(accountNumber);
  });
});

describe('what every object inherits', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'polluted');
    Reflect.deleteProperty(Array.prototype, 'polluted');
  });

  test('has not changed', () => {
    expect(prototypeFlaw(true)).toBeUndefined();
  });

  test('is seen to have changed', () => {
    Reflect.defineProperty(Array.prototype, 'polluted', { value: true, configurable: true });
    expect(prototypeFlaw(true)).toContain('Array');
    Reflect.defineProperty(Object.prototype, 'polluted', { value: true, configurable: true });
    expect(prototypeFlaw(false)).toContain('Object');
  });
});
