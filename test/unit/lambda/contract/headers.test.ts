import { describe, expect, test } from '@jest/globals';
import { readHeaders } from '../../../../lambda/contract/headers.ts';
import { headersOf } from '../../../../tools/in-memory/requests.ts';

/** Reads the mandatory headers of a request with some of them replaced: undefined leaves one out. */
function read(overrides: Readonly<Record<string, string | readonly string[] | undefined>> = {}) {
  const headers: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries({ ...headersOf('{}'), ...overrides })) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? [value] : value;
  }
  return readHeaders(headers);
}

/** Each violation as `REASON header`. */
function violationsWith(overrides: Parameters<typeof read>[0]): string[] {
  const result = read(overrides);
  if (result.ok) return [];
  return result.violations.map(({ reason, at }) => `${reason} ${'header' in at ? at.header : at.field}`);
}

const optional = ['X-Idempotency-Key', 'Idempotency-Key', 'If-Match', 'Time-Zone'];

const mandatory = [
  'Content-Type',
  'X-Access-Key',
  'X-EBP-Signature',
  'X-Division-Code',
  'X-Store-Id',
  'X-Channel-Code',
  'X-Ric-Code',
  'X-Country-Code',
  'X-Currency-Code',
];

test('what the service acts on is read from the headers', () => {
  const optional = { 'X-Idempotency-Key': 'key 1', 'If-Match': '"ORD-1.3"', 'Content-Encoding': ['identity', 'br'] };
  expect(read(optional)).toEqual({
    ok: true,
    headers: {
      contentType: 'application/json',
      language: 'en',
      timeZone: undefined,
      accessKey: 'access-key-1',
      signature: headersOf('{}')['X-EBP-Signature'],
      divisionCode: 'DIV-1',
      storeId: 'STORE-1',
      channelCode: 'ONLINE',
      currencyCode: 'KRW',
      idempotencyKey: { header: 'X-Idempotency-Key', value: 'key 1' },
      ifMatch: '"ORD-1.3"',
      contentEncodings: ['identity', 'br'],
    },
  });
});

describe('every mandatory header', () => {
  test.each(mandatory)('%s must be there', (name) => {
    expect(violationsWith({ [name]: undefined })).toEqual([`HEADER_MISSING ${name}`]);
  });

  test.each(mandatory)('%s must have a value', (name) => {
    expect(violationsWith({ [name]: '' })).toEqual([`HEADER_MISSING ${name}`]);
  });

  test.each([...mandatory, ...optional])('%s must not be repeated', (name) => {
    const value = headersOf('{}')[name] ?? (name === 'If-Match' ? '*' : 'UTC');
    expect(violationsWith({ [name]: [value, value] })).toEqual([`HEADER_REPEATED ${name}`]);
  });

  test('each one that is wrong is listed', () => {
    const nothing = Object.fromEntries(mandatory.map((name) => [name, undefined]));
    const malformed = Object.fromEntries(optional.map((name) => [name, '']));
    expect(violationsWith({ ...nothing, ...malformed })).toEqual([
      ...mandatory.map((name) => `HEADER_MISSING ${name}`),
      ...optional.map((name) => `HEADER_MALFORMED ${name}`),
    ]);
  });

  test('one in another case is repeated too', () => {
    expect(violationsWith({ 'x-store-id': 'STORE-1' })).toEqual(['HEADER_REPEATED X-Store-Id']);
  });
});

const hex = 'a'.repeat(64);

test.each([
  ['X-Access-Key', 'a b'],
  ['X-Access-Key', 'ä'],
  ['X-Access-Key', 'a'.repeat(129)],
  ['X-EBP-Signature', 'A'.repeat(64)],
  ['X-EBP-Signature', 'a'.repeat(63)],
  ['X-EBP-Signature', 'a'.repeat(65)],
  ['X-EBP-Signature', `${'a'.repeat(63)}g`],
  ['X-EBP-Signature', `${hex}\n`],
  ['X-Division-Code', 'DIV/1'],
  ['X-Store-Id', 'STORE 1'],
  ['X-Store-Id', 'S'.repeat(65)],
  ['X-Channel-Code', 'ÖNLINE'],
  ['X-Ric-Code', 'KICK'],
  ['X-Ric-Code', 'kic'],
  ['X-Ric-Code', 'XXX'],
  ['X-Country-Code', 'kr'],
  ['X-Country-Code', 'KOR'],
  ['X-Country-Code', 'XX'],
  ['X-Currency-Code', 'krw'],
  ['X-Currency-Code', 'ZZZ'],
  ['X-Currency-Code', '410'],
  ['X-Idempotency-Key', ''],
  ['X-Idempotency-Key', 'k'.repeat(129)],
  ['X-Idempotency-Key', 'schlüssel'],
  ['X-Idempotency-Key', 'a\tb'],
  ['X-Idempotency-Key', 'a\u007f'],
  ['X-Idempotency-Key', 'K, K'],
  ['X-Idempotency-Key', ','],
  ['Idempotency-Key', ''],
  ['Idempotency-Key', '""'],
  ['Idempotency-Key', '"'],
  ['Idempotency-Key', '"K'],
  ['Idempotency-Key', 'K"'],
  ['Idempotency-Key', 'a"b'],
  ['Idempotency-Key', '"a"b"'],
  ['Idempotency-Key', '"a","a"'],
  ['Idempotency-Key', 'K, K'],
  ['Idempotency-Key', 'k'.repeat(129)],
  ['Idempotency-Key', `"${'k'.repeat(129)}"`],
  ['Idempotency-Key', 'schlüssel'],
  ['If-Match', ''],
  ['If-Match', 'ORD-1.3'],
  ['If-Match', '"ORD-1.3", "ORD-1.4"'],
  ['If-Match', '"ORD-1.3'],
  ['If-Match', '"ORD-1"'],
  ['If-Match', '"ORD-1.0"'],
  ['If-Match', '"ORD-1.03"'],
  ['If-Match', '"ORD-1.x"'],
  ['If-Match', '"ORD/1.3"'],
  ['If-Match', '".3"'],
  ['If-Match', 'w/"ORD-1.3"'],
  ['If-Match', 'W/*'],
  ['If-Match', '**'],
  ['Time-Zone', ''],
  ['Time-Zone', 'Mars/Olympus'],
  ['Time-Zone', '+09:00'],
])('%s: %p is malformed', (name, value) => {
  expect(violationsWith({ [name]: value })).toEqual([`HEADER_MALFORMED ${name}`]);
});

test.each([
  ['X-Access-Key', '!'],
  ['X-Access-Key', '~'.repeat(128)],
  ['X-Store-Id', 'S'.repeat(64)],
  ['X-Division-Code', 'a.B_9-'],
  ['X-Ric-Code', 'KIC'],
  ['X-Ric-Code', 'AIC'],
  ['X-Ric-Code', 'EIC'],
  ['X-Country-Code', 'US'],
  ['X-Currency-Code', 'KWD'],
  ['X-Idempotency-Key', ' '],
  ['X-Idempotency-Key', '~'.repeat(128)],
  ['X-Idempotency-Key', undefined],
  ['X-Idempotency-Key', '"K"'],
  ['X-Idempotency-Key', 'a;b:c"d'],
  ['Idempotency-Key', 'K'],
  ['Idempotency-Key', '"K"'],
  ['Idempotency-Key', '~'.repeat(128)],
  ['Idempotency-Key', `"${'~'.repeat(128)}"`],
  ['Idempotency-Key', undefined],
  ['If-Match', '*'],
  ['If-Match', '"ORD-1.3"'],
  ['If-Match', 'W/"ORD-1.3"'],
  ['If-Match', `"${'o'.repeat(64)}.9007199254740991"`],
  ['If-Match', undefined],
  ['Content-Encoding', 'gzip'],
  ['Time-Zone', 'Asia/Seoul'],
  ['Time-Zone', undefined],
  ['X-System-Language', 'anything at all'],
  ['Accept', 'image/png'],
  ['Accept-Language', '!'],
  ['X-Language-Code', ''],
])('%s: %p is accepted', (name, value) => {
  expect(violationsWith({ [name]: value })).toEqual([]);
});

describe('the idempotency key', () => {
  test.each<[string, Parameters<typeof read>[0], object | undefined]>([
    ['of no header is none', {}, undefined],
    [
      'of the platform’s header is its value, quotes included',
      { 'X-Idempotency-Key': '"K"' },
      { header: 'X-Idempotency-Key', value: '"K"' },
    ],
    ['of the other header is its value', { 'Idempotency-Key': 'K' }, { header: 'Idempotency-Key', value: 'K' }],
    [
      'of the other header is what stands between its quotes',
      { 'Idempotency-Key': '"K"' },
      { header: 'Idempotency-Key', value: 'K' },
    ],
    [
      'of both headers is theirs',
      { 'X-Idempotency-Key': 'K', 'Idempotency-Key': '"K"' },
      { header: 'X-Idempotency-Key', value: 'K' },
    ],
  ])('%s', (_what, headers, expected) => {
    const result = read(headers);
    expect(result.ok && result.headers.idempotencyKey).toEqual(expected);
  });

  test.each([
    ['a', 'b'],
    ['K', 'k'],
    ['"K"', '"K"'],
  ])('may not be %s in one header and %s in the other', (one, other) => {
    const headers = { 'X-Idempotency-Key': one, 'Idempotency-Key': other };
    expect(violationsWith(headers)).toEqual(['HEADERS_DIFFER Idempotency-Key']);
  });

  test('is not compared where one of the headers is malformed', () => {
    const headers = { 'X-Idempotency-Key': 'K, K', 'Idempotency-Key': 'other' };
    expect(violationsWith(headers)).toEqual(['HEADER_MALFORMED X-Idempotency-Key']);
  });
});

test('header names are case-insensitive', () => {
  const headers = Object.entries(headersOf('{}'));
  const upper = Object.fromEntries(headers.map(([name, value]) => [name.toUpperCase(), [value]]));
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), [value]]));
  const expected = read();
  expect(readHeaders(upper)).toEqual(expected);
  expect(readHeaders(lower)).toEqual(expected);
});

test('values of one name in several cases count as one header', () => {
  expect(violationsWith({ 'X-Store-Id': undefined, 'x-store-id': 'STORE-1', 'X-STORE-ID': 'STORE-1' })).toEqual([
    'HEADER_REPEATED X-Store-Id',
  ]);
});

test('an event without headers lacks every mandatory one', () => {
  const result = readHeaders(null);
  expect(result.ok ? [] : result.violations).toHaveLength(mandatory.length);
});

const styleOf = (overrides: Parameters<typeof read>[0]) => {
  const result = read(overrides);
  const { language, timeZone } = result.ok ? result.headers : result.style;
  return { language, timeZone };
};

describe('the style of the response', () => {
  test.each([
    [
      { 'X-System-Language': 'ko', 'Time-Zone': 'Asia/Seoul' },
      { language: 'ko', timeZone: 'Asia/Seoul' },
    ],
    [{ 'X-System-Language': 'fr' }, { language: 'en', timeZone: undefined }],
    [{ 'X-System-Language': ['ko', 'ko'] }, { language: 'en', timeZone: undefined }],
  ])('%j is %j', (headers, style) => {
    expect(styleOf(headers)).toEqual(style);
  });

  test('is read where other headers are refused, without a time zone that is refused itself', () => {
    const wrong = { 'X-Ric-Code': 'XXX', 'X-System-Language': 'ko' };
    expect(styleOf({ ...wrong, 'Time-Zone': 'Asia/Seoul' })).toEqual({ language: 'ko', timeZone: 'Asia/Seoul' });
    expect(styleOf({ ...wrong, 'Time-Zone': '+09:00' })).toEqual({ language: 'ko', timeZone: undefined });
  });
});
