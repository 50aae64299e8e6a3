import { hash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RemainingMs } from '../environment/deadline.ts';
import { abortAfter, read } from './failures.ts';
import { impossibleAttributesOfCredential } from './impossible-rows.ts';
import type { CredentialRow } from './items.ts';

/** An access key with its hash key, and what they were issued for. Times are epoch milliseconds. */
export interface Credential {
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  /** The secret that signatures are made with. */
  readonly hashKey: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly isRevoked: boolean;
}

export interface CredentialRepository {
  /**
   * One round trip, or none if the credential was read within the last minute. Impossible is a row that nothing here can
   * have written (contract, section 8). @throws DatabaseUnavailable
   */
  find(accessKey: string, remainingMs: RemainingMs): Promise<Credential | 'IMPOSSIBLE' | undefined>;
}

/** How long a credential is cached, and so how long it may still be accepted after it was revoked. */
export const credentialCacheMs = 60_000;

/** A credential that expires sooner than this is not cached: a smoke test uses such a one, and soon replaces it. */
const shortLivedMs = 60 * 60 * 1000;

/** A function instance caches at most this many; then the oldest one is removed. */
const maxCached = 1000;

/**
 * The hash under which a credential is stored: no table holds the access key itself. An access key is random, so it
 * cannot be guessed from a plain SHA-256.
 */
export function accessKeyHashOf(accessKey: string): string {
  return hash('sha256', accessKey, 'hex');
}

/** Only credentials that exist are cached: a new one works at once, and unknown ones cannot fill the memory. */
export function createCredentialRepository(
  client: DynamoDBDocumentClient,
  table: string,
  now: () => number,
): CredentialRepository {
  const cache = new Map<string, { readonly credential: Credential; readonly readAtMs: number }>();
  return {
    async find(accessKey, remainingMs) {
      const accessKeyHash = accessKeyHashOf(accessKey);
      const cached = cache.get(accessKeyHash);
      if (cached && now() - cached.readAtMs < credentialCacheMs) return cached.credential;

      cache.delete(accessKeyHash);
      const readAtMs = now();
      const command = new GetCommand({ TableName: table, Key: { accessKeyHash }, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      if (Item === undefined) return undefined;

      const row = Item as CredentialRow;
      if (impossibleAttributesOfCredential(row).length > 0) return 'IMPOSSIBLE';
      const credential = credentialOf(row);
      if (credential.expiresAtMs - readAtMs < shortLivedMs) return credential;
      const [oldest] = cache.keys();
      if (oldest !== undefined && cache.size >= maxCached) cache.delete(oldest);
      cache.set(accessKeyHash, { credential, readAtMs });
      return credential;
    },
  };
}

function credentialOf(row: CredentialRow): Credential {
  return {
    storeId: row.storeId,
    divisionCode: row.divisionCode,
    channelCode: row.channelCode,
    hashKey: row.hashKey,
    issuedAtMs: Number(row.issuedAt),
    expiresAtMs: Number(row.expiresAt),
    isRevoked: row.revokedAt !== undefined,
  };
}
