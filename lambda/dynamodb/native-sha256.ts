import { createHash, createHmac } from 'node:crypto';

/**
 * Replaces the SDK's SHA-256 in the bundle (lib/bundling.ts), which has an implementation in JavaScript beside the one of
 * Node. The SDK signs its calls with it.
 */
export class Sha256 {
  readonly #hash;

  /** @param secret of an HMAC; undefined for a plain hash */
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
