import { describe, expect, test } from '@jest/globals';
import { memoryService } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { contextOf, eventOf, exampleText, headersOf, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { responded, errorsOf, send } from '../../../support/send.ts';

const maxBytes = 65_536;
const request = requestOf([itemOf()], {
  refundAccount: { accountNumber: '1', bankCode: '2', accountHolderName: '홍길동 😀' },
});
const json = JSON.stringify(request);

/** The request as text of so many bytes: white space after a document is part of the body. */
function textOf(bytes: number): string {
  return json + ' '.repeat(bytes - Buffer.byteLength(json));
}

describe('the size of a body', () => {
  test('64 KiB are accepted, counted in bytes', async () => {
    const text = textOf(maxBytes);
    expect(text.length).toBeLessThan(maxBytes);
    expect((await send(memoryService([orderOf()]), text)).status).toBe(200);
  });

  test('one byte more is refused', async () => {
    const text = textOf(maxBytes + 1);
    expect(text.length).toBeLessThan(maxBytes);
    const response = await send(memoryService([orderOf()]), text);
    expect(response.status).toBe(413);
    expect(response.envelope).toMatchObject({ resultCode: 'EBP-C-0006', data: null });
    expect(errorsOf(response)).toEqual(['BODY_TOO_LARGE ']);
    expect(response.envelope.errors?.[0]?.message).toContain('65536');
  });

  test.each([
    [maxBytes, 200],
    [maxBytes + 1, 413],
  ])('of %d bytes in base64 is counted before the encoding: %d', async (bytes, status) => {
    const text = textOf(bytes);
    const body = Buffer.from(text).toString('base64');
    const event = { body, isBase64Encoded: true };
    expect((await send(memoryService([orderOf()]), text, { event })).status).toBe(status);
  });
});

describe('a body in base64', () => {
  test('is signed, read and responded to as the bytes that were sent', async () => {
    const text = exampleText('full-order', 'request');
    const plain = await send(memoryService([orderOf()]), text);
    const body = Buffer.from(text).toString('base64');
    const encoded = await send(memoryService([orderOf()]), text, { event: { body, isBase64Encoded: true } });
    expect(plain.status).toBe(200);
    expect(encoded).toEqual(plain);
  });

  test('is the same request as the one in text', async () => {
    const service = memoryService([orderOf()]);
    await send(service, json);
    const event = { body: Buffer.from(json).toString('base64'), isBase64Encoded: true };
    expect((await send(service, json, { event })).headers['Idempotent-Replayed']).toBe('true');
  });

  test('has its characters of several bytes kept', async () => {
    const service = memoryService([orderOf({ refundMethod: 'BANK_ACCOUNT' })]);
    await send(service, json, { event: { body: Buffer.from(json).toString('base64'), isBase64Encoded: true } });
    expect(service.writes[0]?.refundAccount).toEqual(request.refundAccount);
  });
});

test('a request without a body is read as an empty one', async () => {
  const service = memoryService([orderOf()]);
  const response = await send(service, '', { event: { body: null } });
  expect(service.reports[0]?.storeId).toBe('STORE-1');
  expect(response.status).toBe(400);
});

test('a request without headers misses each mandatory one', async () => {
  const event = eventOf(json, {}, { multiValueHeaders: null as never, headers: null as never });
  const response = responded(await memoryService().handler(event, contextOf()));
  expect(response.status).toBe(400);
  expect(response.envelope.resultCode).toBe('EBP-A-0001');
  expect(errorsOf(response)).toHaveLength(9);
});

test('every header that is wrong is listed in one response', async () => {
  const headers = {
    'X-Store-Id': undefined,
    'X-Ric-Code': 'XXX',
    'Time-Zone': 'Mars/Olympus',
    'X-Idempotency-Key': '',
  };
  const response = await send(memoryService([orderOf()]), request, { headers });
  expect(response.status).toBe(400);
  expect(response.envelope.resultCode).toBe('EBP-A-0001');
  expect(errorsOf(response)).toEqual([
    'HEADER_MISSING X-Store-Id',
    'HEADER_MALFORMED X-Ric-Code',
    'HEADER_MALFORMED X-Idempotency-Key',
    'HEADER_MALFORMED Time-Zone',
  ]);
});

test('a header that is sent twice is refused', async () => {
  const event = eventOf(json);
  const response = responded(
    await memoryService([orderOf()]).handler(
      { ...event, multiValueHeaders: { ...event.multiValueHeaders, 'X-Store-Id': ['STORE-1', 'STORE-1'] } },
      contextOf(),
    ),
  );
  expect(response.status).toBe(400);
  expect(errorsOf(response)).toEqual(['HEADER_REPEATED X-Store-Id']);
});

test.each(['toLowerCase', 'toUpperCase'] as const)('the names of headers are case-insensitive: %s', async (change) => {
  const service = memoryService([orderOf()]);
  const all = {
    ...headersOf(json),
    'X-Idempotency-Key': 'key-1',
    'Time-Zone': 'Asia/Seoul',
    'X-System-Language': 'ko',
  };
  const headers = Object.fromEntries(Object.entries(all).map(([name, value]) => [name[change](), value]));
  const response = responded(await service.handler(eventOf(json, headers), contextOf()));
  expect(response.status).toBe(200);
  expect(response.envelope.timestamp).toMatch(/\+09:00$/);
  expect(service.writes[0]?.record.cancellationKey).toBe('K#key-1');
});

test.each(['Accept', 'Accept-Language', 'X-Language-Code'])('%s is accepted and has no effect', async (name) => {
  const without = await send(memoryService([orderOf()]), request);
  const refused = await send(memoryService([orderOf()]), requestOf([itemOf({ seq: 9 })]));
  for (const value of ['ko', 'text/html', '']) {
    const headers = { [name]: value };
    expect(await send(memoryService([orderOf()]), request, { headers })).toEqual(without);
    expect(await send(memoryService([orderOf()]), requestOf([itemOf({ seq: 9 })]), { headers })).toEqual(refused);
  }
});

const encoded = async (values: readonly string[], overrides: Parameters<typeof headersOf>[1] = {}) => {
  const event = eventOf(json, headersOf(json, overrides));
  const multiValueHeaders = { ...event.multiValueHeaders, 'Content-Encoding': [...values] };
  return responded(await memoryService([orderOf()]).handler({ ...event, multiValueHeaders }, contextOf()));
};

describe('Content-Encoding', () => {
  test.each([[['identity']], [['Identity']], [[' identity ']], [['identity', 'identity']]])(
    '%j changes nothing',
    async (values) => {
      expect((await encoded(values)).status).toBe(200);
    },
  );

  test.each([[['gzip']], [['br']], [['']], [['identity, gzip']], [['identity', 'gzip']], [['utf-8']]])(
    '%j is refused, naming the header',
    async (values) => {
      const response = await encoded(values);
      expect([response.status, response.envelope.resultCode]).toEqual([415, 'EBP-C-0006']);
      expect(errorsOf(response)).toEqual(['ENCODING_UNSUPPORTED Content-Encoding']);
    },
  );

  test('is refused before the signature, which a library that compresses cannot keep right', async () => {
    expect((await encoded(['gzip'], { 'X-EBP-Signature': '0'.repeat(64) })).status).toBe(415);
  });

  test('is not looked at where other headers are wrong', async () => {
    expect(errorsOf(await encoded(['gzip'], { 'X-Ric-Code': 'XXX' }))).toEqual(['HEADER_MALFORMED X-Ric-Code']);
  });
});
