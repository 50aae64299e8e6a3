import { expect, test } from '@jest/globals';
import { explainJsonError } from '../../../../lambda/contract/explain-json-error.ts';

const problemOf = (body: Buffer) => explainJsonError(body).en.split(',')[0];

test.each([
  ['no bytes', Buffer.alloc(0), 'it is empty'],
  ['EUC-KR', Buffer.from([0x22, 0xc8, 0xab, 0xb1, 0xe6, 0x22]), 'its bytes are of another encoding'],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'its bytes are of another encoding'],
  ['a byte order mark', Buffer.from('\ufeff{}'), 'it begins with a byte order mark'],
  ['Base64', Buffer.from(Buffer.from('{"orderNo":"A"}').toString('base64')), 'it looks like Base64'],
  ['Base64 of many lines', Buffer.from(Buffer.from('{\n  "orderNo":"A"}').toString('base64')), 'it looks like Base64'],
  ['Base64 of an empty object', Buffer.from(Buffer.from('{}').toString('base64')), 'it looks like Base64'],
  ['half an object', Buffer.from('{"orderNo":'), 'send one JSON object with nothing after it'],
  ['a word', Buffer.from('hello'), 'send one JSON object with nothing after it'],
  ['a comma too many', Buffer.from('{"orderNo":"A",}'), 'it stops being JSON at line 1'],
])('%s is recognized', (_what, body, expected) => {
  expect(problemOf(body)).toBe(expected);
});

test.each([
  ['a comma too many', '{"orderNo":"A",}', 'line 1, column 16,'],
  ['single quotes', "{\n  'orderNo':'A'}", 'line 2, column 3,'],
  ['a comma in a number', '{"totalCancelAmount":50,000}', 'line 1, column 25,'],
  ['something after the object', '{} {}', 'line 1, column 4,'],
])('the place of %s is named by line and column', (_what, body, place) => {
  expect(explainJsonError(Buffer.from(body)).en).toContain(place);
});

test('nothing of a body is quoted, whatever is wrong with it', () => {
  for (const body of [
    '{"a":SECRET}',
    '"SECRET" (line 1 column 2)',
    '{"SECRET (line 1 column 2)": x',
    '{"a":"SECRET"',
  ]) {
    expect(JSON.stringify(explainJsonError(Buffer.from(body)))).not.toContain('SECRET');
  }
});
