import { describe, expect, test } from '@jest/globals';
import { bank, bodyOf, holder, ofLine, requestOf } from './reference-cases.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, type Header, withBytes } from './request.ts';
import { accepted } from './verdict.ts';
import { sender } from './world.ts';

const text = (fields: object) =>
  JSON.stringify({ ...bodyOf({ items: [[1, 50_000]] }), refundAccount: { ...holder, ...fields } });
const brokenBy = (body: string) => {
  const { responses, errors = [] } = new Reference([ofLine(2, 50_000n, 0n, bank)]).verdictOn(requestOf(body), 0);
  return [
    ...responses,
    ...errors.filter(({ isSure }) => isSure).map(({ place, reasons }) => `${reasons.join()} ${place}`),
  ].join();
};
const malformed = (name: string) => `400 EBP-A-0001,HEADER_MALFORMED ${name}`;

describe('a refund account', () => {
  test.each(['0-1', 'AB9', 7, 9007199254740991])('has the number %j', (accountNumber) => {
    expect(brokenBy(text({ accountNumber }))).toBe(accepted);
  });
  test.each([
    '"-"',
    '"0"',
    '"00-0"',
    '"A-B"',
    '0',
    '-0',
    '-5',
    '1.5',
    '12345678901234567',
    '1234567890.12345678',
    '1e400',
  ])('never has the number %s, which nobody is asked to shorten', (number) => {
    const body = text({}).replace(`"${holder.accountNumber}"`, number);
    expect(brokenBy(body)).toBe('400 EBP-C-0007,FIELD_INVALID /refundAccount/accountNumber');
  });
  test.each(['\uac00', '1', 'A\u0301', '\u0641\u200c\u0627', '\u0915\u094d\u200d\u0937'])(
    'has the holder %j',
    (name) => {
      expect(brokenBy(text({ accountHolderName: name, bankCode: name }))).toBe(accepted);
    },
  );
  test.each([
    ' ',
    '-',
    '\u0301',
    'A\u0000',
    'A\u200b',
    '\ufeffA',
    'A\u2028',
    'A\u2029B',
    '\u200dA',
    'A\u200c',
    '1\u200c2',
    '\ud800A',
  ])('never has the holder or the bank %j', (name) => {
    const broken = brokenBy(text({ accountHolderName: name, bankCode: name }));
    expect(broken).toContain('FIELD_INVALID /refundAccount/accountHolderName');
    expect(broken).toContain('FIELD_INVALID /refundAccount/bankCode');
  });
});

describe('headers', () => {
  const good = requestOf(bodyOf({ items: [[1, 50_000]] }));
  const verdictOn = (...more: Header[]) => {
    const { responses, errors = [] } = new Reference([ofLine(2, 50_000n, 0n)]).verdictOn(
      { ...good, headers: [...good.headers, ...more] },
      0,
    );
    return [...responses, ...errors.map(({ place, reasons }) => `${reasons[0]} ${place}`)].join();
  };
  test.each<[string, ...Header[]]>([
    [accepted, ['Idempotency-Key', '"a"'], ['X-Idempotency-Key', 'a']],
    ['400 EBP-A-0001,HEADERS_DIFFER Idempotency-Key', ['Idempotency-Key', 'b'], ['X-Idempotency-Key', 'a']],
    [malformed('X-Idempotency-Key'), ['X-Idempotency-Key', 'K, K']],
    [malformed('Idempotency-Key'), ['Idempotency-Key', '"a"b"']],
    [malformed('If-Match'), ['If-Match', '"A.1", "A.2"']],
    [malformed('If-Match'), ['If-Match', 'A.1']],
    [accepted, ['Content-Encoding', 'identity']],
    ['415 EBP-C-0006,ENCODING_UNSUPPORTED Content-Encoding', ['Content-Encoding', 'gzip']],
  ])('are answered with %s', (answer, ...more) => {
    expect(verdictOn(...more)).toBe(answer);
  });

  test('tell of another encoding before the signature, which may be over the text', () => {
    const headers = good.headers.map(
      ([name, value]): Header => [name, name === 'X-EBP-Signature' ? '0'.repeat(64) : value],
    );
    const zipped = { ...good, headers: [...headers, ['Content-Encoding', 'gzip'] as const] };
    expect(new Reference().verdictOn(zipped, 0).responses).toEqual(['415 EBP-C-0006']);
    expect(new Reference().verdictOn({ ...good, headers }, 0).responses).toEqual(['401 EBP-A-0001']);
  });
});

describe('the reference reading', () => {
  const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount: 1000 };
  const body = { orderNo: 'CAPTURED', totalCancelAmount: 1000, items: [item] };
  const good = requestOf(body);
  const responses: ReadonlyArray<[string, FuzzRequest, string]> = [
    ['accepts what the rules allow', good, accepted],
    ['refuses a total that is not the sum', requestOf({ ...body, totalCancelAmount: 1001 }), '400 EBP-C-0004'],
    ['refuses more than a line has', requestOf({ ...body, items: [{ ...item, quantity: 2 }] }), '400 EBP-C-0004'],
    ['refuses another currency', requestOf(body, 'EUR'), '400 EBP-C-0004'],
    ['refuses a part of what is not captured', requestOf({ ...body, orderNo: 'AUTHORIZED' }), '400 EBP-C-0004'],
    ['refuses a refund without its account', requestOf({ ...body, orderNo: 'BANK' }), '400 EBP-C-0004'],
    ['knows no order of another store', requestOf({ ...body, orderNo: 'STRANGE' }), '404 EBP-Z-0002'],
    ['refuses an unknown field', requestOf({ ...body, memo: '' }), '400 EBP-C-0007'],
    [
      'refuses a name that stands twice',
      requestOf(JSON.stringify(body).replace('{', '{"orderNo":"A",')),
      '400 EBP-C-0007',
    ],
    ['refuses what is no JSON', requestOf('{'), '400 EBP-C-0006'],
    ['refuses too large a body', withBytes(good, Buffer.alloc(65_537, ' ')), '413 EBP-C-0006'],
  ];
  test.each(responses)('%s', (_name, request, response) => {
    expect(new Reference().verdictOn(request, 0).responses).toEqual([response]);
  });

  test.each(['X-Access-Key', 'X-EBP-Signature', 'X-Store-Id', 'X-Division-Code', 'X-Channel-Code', 'Content-Type'])(
    'never accepts a request without %s or with two',
    (name) => {
      const without = good.headers.filter(([other]) => other !== name);
      expect(new Reference().verdictOn({ ...good, headers: without }, 0).responses).not.toContain(accepted);
      const twice: readonly Header[] = [...good.headers, [name, sender.storeId]];
      expect(new Reference().verdictOn({ ...good, headers: twice }, 0).responses).not.toContain(accepted);
    },
  );

  test.each([
    ['"A","totalCancelAmount":1,"totalCancelAmount":1', '/totalCancelAmount'],
    ['"A","totalCancelAmount":1,"total\\u0043ancelAmount":1', '/totalCancelAmount'],
    ['"A","totalCancelAmount":123456789012345.6', '/totalCancelAmount'],
    ['"A","totalCancelAmount":9007199254740993', '/totalCancelAmount'],
    ['"A","totalCancelAmount":1e-400', '/totalCancelAmount'],
    ['"A","totalCancelAmount":0e-400', undefined],
    ['"A","totalCancelAmount":1e2', undefined],
    ['"A","totalCancelAmount":0.100000000000000000', undefined],
    ['"totalCancelAmount","totalCancelAmount":1', undefined],
  ])('of {"orderNo":%s}, the place that loses something: %s', (rest, place) => {
    const { errors = [] } = new Reference().verdictOn(requestOf(`{"orderNo":${rest},"items":[]}`), 0);
    const named = errors.filter(({ isSure }) => isSure).map((error) => error.place);
    expect(named.filter((one) => one !== '/items')).toEqual(place === undefined ? [] : [place]);
  });
});
