import { createHash, timingSafeEqual } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Kept for as long as the instance lives: the service reads a key anew every minute, which would cost the peers more. */
const keys = new Map();

/** The store that signed a body, or undefined. Expiry, revocation and the other headers are not looked at. */
export async function verifySignature(client, rawBody, accessKey, signature) {
  const accessKeyHash = sha256(accessKey ?? '').toString('hex');
  if (!keys.has(accessKeyHash)) {
    const { Item } = await client.send(
      new GetCommand({ TableName: process.env.STORE_KEYS_TABLE, Key: { accessKeyHash }, ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    keys.set(accessKeyHash, Item);
  }
  const key = keys.get(accessKeyHash);
  const expected = sha256(rawBody, key.hashKey);
  const given = Buffer.from(signature ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected) ? key : undefined;
}
