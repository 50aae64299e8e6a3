import { expect, test } from '@jest/globals';
import { jsonFlawOf } from '../../../lambda/contract/json-flaw.ts';

const told = (body: Buffer) => jsonFlawOf(body).en.split(',')[0];

test.each([
  ['no bytes', Buffer.alloc(0), 'it is empty'],
  ['EUC-KR', Buffer.from([0x22, 0xc8, 0xab, 0xb1, 0xe6, 0x22]), 'its bytes are of another encoding'],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'its bytes are of another encoding'],
  ['a byte order mark', Buffer.from('\ufeff{}'), 'it begins with a byte order mark'],
  ['Base64', Buffer.from(Buffer.from('{"orderNo":"A"}').toString('base64')), 'it looks like Base64'],
  ['Base64 of many lines', Buffer.from(Buffer.from('{\n  "orderNo":"A"}').toString('base64')), 'it looks like Base64'],
  ['Base64 of an empty object', Buffer.from(Buffer.from('{}').toString('base64')), 'it looks like Base64'],
  ['half an object', Buffer.from('{"orderNo":'), 'send one JSON object'],
  ['a word', Buffer.from('hello'), 'send one JSON object'],
])('%s is told as what it is', (_what, body, expected) => {
  expect(told(body)).toBe(expected);
});
