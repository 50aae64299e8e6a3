import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import {
  createPaymentCancelClient,
  OutcomeUnknownError,
  RefusedError,
  UnavailableError,
} from '../../../client/src/payment-cancel-client.ts';
import {
  responseOf,
  clientOn,
  failingWith,
  optionsOf,
  type Reaction,
  refusalOf,
  successOf,
  timingOut,
} from '../../support/merchant.ts';
import { refusals } from '../../../lambda/contract/result-codes.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';

const request = requestOf([itemOf()]);
const key = { idempotencyKey: 'refund-1' };

const success = successOf();
const busy = refusalOf(503, 'EBP-C-0011');
const untouched = responseOf(503, {
  resultCode: 'EBP-C-0011',
  message: refusals.UNAVAILABLE.message.en,
  data: null,
  errors: [],
});
const throttled = refusalOf(429, 'EBP-C-0011');
const html =
  (status: number): Reaction =>
  () =>
    new Response('<html>', { status });
/** A refusal, with a letter that is another byte in another charset. */
const envelope = '{"resultCode":"EBP-C-0004","message":"é","requestId":"","timestamp":"","data":null,"errors":[]}';

describe('a request is sent again', () => {
  test.each<[string, Reaction]>([
    ['a time-out', timingOut],
    ['a refused connection', failingWith('ECONNREFUSED')],
    ['a connection that broke', failingWith('ECONNRESET')],
    ['429', throttled],
    ['500', refusalOf(500, 'EBP-Z-0010')],
    ['502', html(502)],
    ['503', busy],
    ['504', html(504)],
  ])('after %s: the same bytes, signature and idempotency key', async (_what, reaction) => {
    const { client, sent, pauses } = clientOn([reaction, success]);
    expect(await client.cancel(request, key)).toMatchObject({ attempts: 2, idempotencyKey: 'refund-1' });
    expect(sent).toHaveLength(2);
    expect(pauses).toHaveLength(1);
    expect(sent[1]?.body).toBe(sent[0]?.body);
    expect(sent[1]?.init.headers).toEqual(sent[0]?.init.headers);
  });

  test.each([
    [400, 'EBP-A-0001'],
    [401, 'EBP-A-0001'],
    [404, 'EBP-Z-0001'],
    [409, 'EBP-C-0005'],
    [413, 'EBP-C-0006'],
    [422, 'EBP-C-0005'],
  ])('but not after %d %s, which says that nothing was canceled', async (status, resultCode) => {
    const { client, sent } = clientOn([refusalOf(status, resultCode)]);
    await expect(client.cancel(request, key)).rejects.toThrow(RefusedError);
    expect(sent).toHaveLength(1);
  });

  test.each<[string, Reaction]>([
    ['a 200 that is no envelope', () => new Response('OK')],
    ['a redirect', () => Response.redirect('https://elsewhere.example/', 307)],
    ['a 403 of something else', html(403)],
    ['an envelope that is too large', () => new Response(envelope + ' '.repeat(8 * 1024 * 1024), { status: 400 })],
    ['an envelope that is no UTF-8', () => new Response(Buffer.from(envelope, 'latin1'), { status: 400 })],
    ['a success with status 201', responseOf(201, { resultCode: '0', message: 'SUCCESS', data: {} })],
    ['a success without data', responseOf(200, { resultCode: '0', message: 'SUCCESS', data: null })],
    [
      'a refusal with status 200',
      responseOf(200, { resultCode: 'EBP-C-0004', message: 'No.', data: null, errors: [] }),
    ],
    ['a refusal with data', responseOf(400, { resultCode: 'EBP-C-0004', message: 'No.', data: {}, errors: [] })],
    ['an error without a place', refusalOf(400, 'EBP-C-0004', [{ reason: 'A', message: 'B' }])],
    ['an error with two places', refusalOf(400, 'EBP-C-0004', [{ field: '', header: '', reason: 'A', message: 'B' }])],
  ])('but not after %s: the outcome is unknown', async (_what, reaction) => {
    const { client, sent } = clientOn([reaction]);
    await expect(client.cancel(request, key)).rejects.toThrow(OutcomeUnknownError);
    expect(sent).toHaveLength(1);
  });

  test('as often as the options say, after pauses that double up to 10 s', async () => {
    const { client, sent, pauses } = clientOn(Array<Reaction>(10).fill(busy), { maxAttempts: 10 });
    await expect(client.cancel(request, key)).rejects.toThrow(OutcomeUnknownError);
    expect(sent).toHaveLength(10);
    // Half of the longest pause each: the fixture's random() is 0.5.
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000]);
  });

  test.each([
    [{ 'Retry-After': '7' }, 7200],
    [{ 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT', Date: 'Thu, 01 Jan 2026 00:00:01 GMT' }, 8200],
    [{ 'Retry-After': '0' }, 200],
    [{ 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 200],
    [{ 'Retry-After': 'soon' }, 200],
    [{ 'Retry-After': '-1' }, 200],
  ])(
    'after the time that the service asks for, and a pause of its own, so that not all clients come at once: %j',
    async (headers, pauseMs) => {
      const { client, pauses } = clientOn([refusalOf(503, 'EBP-C-0011', [], headers), success]);
      await client.cancel(request, key);
      expect(pauses).toEqual([pauseMs]);
    },
  );

  test('not when the pause would outlast the deadline; the error says how long the service asked to wait', async () => {
    const { client, sent, pauses } = clientOn([refusalOf(429, 'EBP-C-0011', [], { 'Retry-After': '60' })]);
    await expect(client.cancel(request, key)).rejects.toMatchObject({ name: 'UnavailableError', retryAfterMs: 60_000 });
    expect([sent.length, pauses]).toEqual([1, []]);
  });

  test('and the error names no time to wait where the service names one that has passed', async () => {
    const headers = { 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT', Date: 'Thu, 01 Jan 2026 00:00:01 GMT' };
    const { client } = clientOn([refusalOf(429, 'EBP-C-0011', [], headers)], { maxAttempts: 1 });
    await expect(client.cancel(request, key)).rejects.toMatchObject({ retryAfterMs: undefined });
  });

  test('not once it is aborted', async () => {
    const abort = new AbortController();
    const aborting: Reaction = () => {
      abort.abort();
      return busy();
    };
    const { client, sent } = clientOn([aborting]);
    await expect(client.cancel(request, { ...key, signal: abort.signal })).rejects.toThrow(OutcomeUnknownError);
    expect(sent).toHaveLength(1);
  });

  test.each<[string, (abort: AbortController) => void]>([
    ['before', (abort) => abort.abort(new Error('Too late.'))],
    ['while the key is saved', () => undefined],
  ])('and not even once where it is aborted %s: nothing was canceled', async (_when, before) => {
    const abort = new AbortController();
    before(abort);
    const { client, sent } = clientOn([]);
    const saveIdempotencyKey = () => abort.abort(new Error('Too late.'));
    const canceled = client.cancel(request, { saveIdempotencyKey, signal: abort.signal });
    await expect(canceled).rejects.toThrow(UnavailableError);
    await expect(canceled).rejects.toMatchObject({
      message: 'Nothing was canceled. It was aborted before it was sent.',
      idempotencyKey: expect.any(String),
      attempts: 0,
      isRetryable: true,
      cause: new Error('Too late.'),
    });
    expect(sent).toEqual([]);
  });
});

const cancelOn = (...reactions: Reaction[]) =>
  clientOn(reactions, { maxAttempts: reactions.length }).client.cancel(request, key);

describe('when no attempt remains', () => {
  test.each<[string, Reaction[]]>([
    ['no connection', [failingWith('ECONNREFUSED'), failingWith('ENOTFOUND')]],
    ['nothing but 429', [throttled, throttled]],
    ['a 503 that says so', [untouched]],
    ['429, then a 503 that says so', [throttled, untouched]],
  ])('nothing was canceled after %s', async (_what, reactions) => {
    await expect(cancelOn(...reactions)).rejects.toThrow(UnavailableError);
    await expect(cancelOn(...reactions)).rejects.toMatchObject({ isRetryable: true, idempotencyKey: 'refund-1' });
  });

  test.each<[string, Reaction[]]>([
    ['a time-out, then no connection', [timingOut, failingWith('ECONNREFUSED')]],
    ['a 503, then 429', [busy, throttled]],
    ['a time-out, then a 503 after which nothing was canceled by that attempt', [timingOut, untouched]],
    ['a 503 that says so, then one that does not know', [untouched, busy]],
    ['a connection that broke', [failingWith('ECONNRESET')]],
    ['a time-out, then a wrong signature', [timingOut, refusalOf(401, 'EBP-A-0001')]],
  ])('the outcome is unknown after %s, and the error has the key to go on with', async (_what, reactions) => {
    await expect(cancelOn(...reactions)).rejects.toThrow(OutcomeUnknownError);
    await expect(cancelOn(...reactions)).rejects.toMatchObject({ isRetryable: true, idempotencyKey: 'refund-1' });
    await expect(cancelOn(...reactions)).rejects.toThrow(/with the idempotency key refund-1 again/);
  });

  test.each([
    [400, 'EBP-C-0004'],
    [422, 'EBP-C-0005'],
    [404, 'EBP-Z-0002'],
  ])('%d %s settles an earlier time-out: the service looked for the key and found nothing', async (status, code) => {
    await expect(cancelOn(timingOut, refusalOf(status, code))).rejects.toThrow(RefusedError);
  });

  test('the error has what the last response said, and how often the request was sent', async () => {
    await expect(cancelOn(timingOut, busy)).rejects.toMatchObject({
      status: 503,
      resultCode: 'EBP-C-0011',
      requestId: 'request-1',
      attempts: 2,
    });
  });
});

test.each([{ timeoutMs: 20, maxAttempts: 1 }, { deadlineMs: 20 }])(
  'a server that does not respond is given up on in time: %j',
  async (bounds) => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const client = createPaymentCancelClient(optionsOf({ url, ...bounds }));
      await expect(client.cancel(request, key)).rejects.toThrow(/There was no response within \d\d? ms/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  },
);
