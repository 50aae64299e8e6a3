import { describe, expect, test } from '@jest/globals';
import { findLossyValues, isSurelyLossless, type KnownFields } from '../../../../lambda/contract/find-lossy-values.ts';

const names = new Set(['a', 'b', 'c', 'a/b~', '', '__proto__x', 'items', 'seq', 'amount', 'refundAccount', 'bankCode']);
names.add('accountNumber');

/** Each violation as `REASON pointer`. */
function violationsIn(text: string, known: KnownFields = { names, depth: 3 }): string[] {
  JSON.parse(text);
  return findLossyValues(text, known).map(({ reason, at }) => `${reason} ${'field' in at ? at.field : at.header}`);
}

describe('isSurelyLossless', () => {
  test.each([
    ['{"a":1,"b":[{"c":"x:y"}]}', 3],
    ['{ "a" : 1 }', 1],
    ['{"a":123456789012345,"b":-0.5}', 2],
    ['[]', 0],
  ])('is certain of %s', (text, memberCount) => {
    expect(isSurelyLossless(text, memberCount)).toBe(true);
  });

  test.each([
    ['a name that stands twice', '{"a":1,"a":2}', 1],
    ['sixteen digits', '{"a":1234567890123456}', 1],
    ['sixteen digits in a list', '[1, 1.234567890123456]', 0],
    ['sixteen digits alone', '1234567890123456', 0],
    ['a negative number of sixteen digits', '{"a": -1234567890123456}', 1],
    ['an exponent', '{"a":1e3}', 1],
    ['a capital exponent', '{"a":1E3}', 1],
    ['a string that looks like a name', '{"a":"\\":"}', 1],
  ])('is not certain of %s', (_what, text, memberCount) => {
    expect(isSurelyLossless(text, memberCount)).toBe(false);
  });
});

describe('a name that stands twice in one object', () => {
  test.each([
    ['{"a":1,"a":2}', ['FIELD_REPEATED /a']],
    ['{"a":1,"a":1,"a":1}', ['FIELD_REPEATED /a', 'FIELD_REPEATED /a']],
    ['{"a":1,"\\u0061":2}', ['FIELD_REPEATED /a']],
    ['{ "items" : [ { "seq":1 } , { "seq":1 , "b":[], "seq":2 } ] }', ['FIELD_REPEATED /items/1/seq']],
    ['{"refundAccount":{"bankCode":"1","bankCode":"2"}}', ['FIELD_REPEATED /refundAccount/bankCode']],
    ['{"a":{"x":1},"a":{"x":1}}', ['FIELD_REPEATED /a']],
    ['{"a/b~":1,"a/b~":1}', ['FIELD_REPEATED /a~1b~0']],
    ['{"":1,"":2}', ['FIELD_REPEATED /']],
    ['{"__proto__x":1,"__proto__x":2}', ['FIELD_REPEATED /__proto__x']],
  ])('%s is found', (text, expected) => {
    expect(violationsIn(text)).toEqual(expected);
  });

  test.each([
    '{"a":1,"b":2}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b","b":"a"}',
    '{"a":"\\"a\\":1,\\"a\\":2"}',
    '{"a":"}","b":"{","c":"\\\\","d":["a","a"]}',
    '"a"',
    'null',
    '[]',
  ])('%s holds none', (text) => {
    expect(violationsIn(text)).toEqual([]);
  });
});

describe('a number that a double does not hold', () => {
  test.each([
    ['{"amount":1234567890123456.5}', ['TOO_MANY_DIGITS /amount']],
    ['{"amount":0.1234567890123456}', ['TOO_MANY_DIGITS /amount']],
    ['{"items":[{"amount":1},{"amount":2000.0000000000001}]}', ['TOO_MANY_DIGITS /items/1/amount']],
    ['{"accountNumber":9007199254740993}', ['TOO_MANY_DIGITS /accountNumber']],
    ['{"amount":-9007199254740993}', ['TOO_MANY_DIGITS /amount']],
    ['{"amount":1234567890123456e1}', ['TOO_MANY_DIGITS /amount']],
    ['1234567890123456789', ['TOO_MANY_DIGITS ']],
    ['{"a":[1,1234567890123456789]}', ['TOO_MANY_DIGITS /a/1']],
  ])('%s is found', (text, expected) => {
    expect(violationsIn(text)).toEqual(expected);
  });

  test.each([
    '123456789012345',
    '-123456789012345',
    '0.00000123456789012345',
    '123456789012345000000',
    '1.23456789012345e30',
    '2000.0000000000000000000',
    '0000000000000000.0'.replace(/^0+/, '0'),
    '9007199254740991',
    '[1e3,2E+5,3e-2,-0,0.5]',
    '"1234567890123456789"',
  ])('%s holds none', (text) => {
    expect(violationsIn(text)).toEqual([]);
  });
});

test('what lies deeper than any field of a request is not listed', () => {
  expect(violationsIn('{"a":{"b":{"c":{"d":1,"d":12345678901234567890}}}}')).toEqual([]);
  expect(violationsIn('{"a":{"b":{"c":1,"c":12345678901234567890}}}')).toEqual([
    'FIELD_REPEATED /a/b/c',
    'TOO_MANY_DIGITS /a/b/c',
  ]);
});

test('what has an unknown name, or lies below one, is not listed: the schema refuses it', () => {
  expect(violationsIn('{"z":1,"z":12345678901234567890}')).toEqual([]);
  expect(violationsIn('{"z":{"a":1,"a":12345678901234567890}}')).toEqual([]);
});

test('no more is listed than a response holds', () => {
  expect(findLossyValues(`{${'"a":1,'.repeat(5000)}"a":1}`, { names, depth: 1 })).toHaveLength(1000);
});

test.each([
  ['nesting', '['.repeat(32_768) + ']'.repeat(32_768)],
  ['zeros', `1${'0'.repeat(65_000)}.0`],
  ['escapes', `"${'\\"'.repeat(32_000)}"`],
])('a body of nothing but %s is read to its end', (_what, text) => {
  expect(violationsIn(text)).toEqual([]);
});
