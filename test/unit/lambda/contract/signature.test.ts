import { expect, test } from '@jest/globals';
import { signatureOf } from '../../../../lambda/contract/signature.ts';

// printf '%s' '{"orderNo":"A"}hash-key' | sha256sum
const expected = '5533cb2f5d1925570e564f782484c3f46844e99e231408d3d00c63d9abb9750b';

test('a signature is the SHA-256 of the bytes of the body, followed by the hash key', () => {
  expect(signatureOf('{"orderNo":"A"}', 'hash-key').toString('hex')).toBe(expected);
  expect(signatureOf(Buffer.from('{"orderNo":"A"}'), 'hash-key').toString('hex')).toBe(expected);
});

test.each([
  ['another body', '{"orderNo":"B"}', 'hash-key'],
  ['another spelling of the body', '{"orderNo": "A"}', 'hash-key'],
  ['another hash key', '{"orderNo":"A"}', 'hash-kez'],
])('%s has another signature', (_what, body, hashKey) => {
  expect(signatureOf(body, hashKey).toString('hex')).not.toBe(expected);
});
