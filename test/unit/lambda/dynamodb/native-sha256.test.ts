import { expect, test } from '@jest/globals';
import { Sha256 as SdkSha256 } from '@smithy/core/checksum';
import { Sha256 } from '../../../../lambda/dynamodb/native-sha256.ts';

// The secrets of a signature: none for the body, text for the first key, bytes for each that is derived from it.
test.each([
  ['without a secret', undefined],
  ['with a text as secret', 'AWS4secret'],
  ['with bytes as secret', new Uint8Array([0, 127, 255])],
])('hashes as the SDK’s own class, %s', async (_case, secret) => {
  const digests = [Sha256, SdkSha256].map(async (Class) => {
    const hash = new Class(secret);
    hash.update(new TextEncoder().encode('{"TableName":"주문",'));
    hash.update(new TextEncoder().encode('"Key":{}}'));
    return Buffer.from(await hash.digest()).toString('hex');
  });
  const [own, sdk] = await Promise.all(digests);
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(own).toBe(sdk);
});
