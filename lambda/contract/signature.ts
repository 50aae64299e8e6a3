import { createHash } from 'node:crypto';

/** X-EBP-Signature as bytes: SHA-256 over the raw body's bytes followed by the hash key (contract, section 1). */
export function signatureOf(rawBody: string | Uint8Array, hashKey: string): Buffer {
  return createHash('sha256').update(rawBody).update(hashKey).digest();
}
