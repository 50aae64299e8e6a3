import { hash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoreKeyItem } from './items.ts';
import { abortAfter, read, type RemainingMs } from './failures.ts';

/** What an access key was issued for. Times are epoch milliseconds. */
export interface StoreKey {
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  /** The secret that signatures are made with. */
  readonly hashKey: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly isRevoked: boolean;
}

export interface StoreKeyStore {
  /** One round trip, or none where the key was read within the last minute. @throws StoreUnavailable */
  find(accessKey: string, remainingMs: RemainingMs): Promise<StoreKey | undefined>;
}

/** How long a key that was read is trusted, and so how long after its revocation it may still be accepted. */
export const storeKeyCacheMs = 60_000;

/** A key with less time left is read for every request: one that a deployment is tried with has soon got a successor. */
const shortLivedMs = 60 * 60 * 1000;

/** A function instance keeps at most this many keys; beyond it the oldest one goes. */
const maxCachedKeys = 1000;

/** The access key itself is stored nowhere. It is random, so its plain SHA-256 cannot be guessed back. */
export function accessKeyHashOf(accessKey: string): string {
  return hash('sha256', accessKey, 'hex');
}

/** Only keys that exist are cached: a new one works at once, and unknown ones cannot fill the memory. */
export function createStoreKeyStore(client: DynamoDBDocumentClient, table: string, now: () => number): StoreKeyStore {
  const cache = new Map<string, { readonly key: StoreKey; readonly readAtMs: number }>();
  return {
    async find(accessKey, remainingMs) {
      const accessKeyHash = accessKeyHashOf(accessKey);
      const cached = cache.get(accessKeyHash);
      if (cached && now() - cached.readAtMs < storeKeyCacheMs) return cached.key;

      cache.delete(accessKeyHash);
      const readAtMs = now();
      const command = new GetCommand({ TableName: table, Key: { accessKeyHash }, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs()) }));
      if (Item === undefined) return undefined;

      const key = storeKeyOf(Item as StoreKeyItem);
      if (key.expiresAtMs - readAtMs < shortLivedMs) return key;
      const [oldest] = cache.keys();
      if (oldest !== undefined && cache.size >= maxCachedKeys) cache.delete(oldest);
      cache.set(accessKeyHash, { key, readAtMs });
      return key;
    },
  };
}

function storeKeyOf(item: StoreKeyItem): StoreKey {
  return {
    storeId: item.storeId,
    divisionCode: item.divisionCode,
    channelCode: item.channelCode,
    hashKey: item.hashKey,
    issuedAtMs: Number(item.issuedAt),
    expiresAtMs: Number(item.expiresAt),
    isRevoked: item.revokedAt !== undefined,
  };
}
