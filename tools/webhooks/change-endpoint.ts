import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Endpoint, rotatedSecrets, validSecrets } from '../../lambda/domain/endpoint.ts';
import {
  changeEndpoint,
  changeSecrets,
  type EndpointSettings,
  findEndpoint,
  putEndpoint,
  removeEndpoint,
  resumeEndpoint,
} from '../../lambda/dynamodb/endpoint-commands.ts';
import { UsageError } from '../command-line.ts';

// What npm run admin does to the endpoint of a store. Of two commands at once, one changes nothing and says so.

/** Sets where a store's webhooks go. @returns the secret of a new endpoint; undefined where there was one */
export async function setEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  storeId: string,
  settings: EndpointSettings,
  nowMs: number,
): Promise<string | undefined> {
  const present = await findEndpoint(client, table, storeId);
  if (present !== undefined) {
    refuseUnless(await changeEndpoint(client, table, present, settings), storeId);
    return undefined;
  }
  const secret = newSecret();
  refuseUnless(await putEndpoint(client, table, storeId, settings, secret, nowMs), storeId);
  return secret;
}

export interface Rotation {
  readonly secret: string;
  /** Until when the secret before is valid. Epoch milliseconds. */
  readonly olderUntilMs: number;
  /** Whether a still older one has ended by this. */
  readonly hasEndedOne: boolean;
}

/** Gives a store a new secret. The one before is valid for a day more. */
export async function rotateSecret(
  client: DynamoDBDocumentClient,
  table: string,
  storeId: string,
  nowMs: number,
): Promise<Rotation> {
  const endpoint = await theEndpoint(client, table, storeId);
  const secret = newSecret();
  const secrets = rotatedSecrets(endpoint.secrets, secret, nowMs);
  refuseUnless(await changeSecrets(client, table, endpoint, secrets), storeId);
  const hasEndedOne = validSecrets(endpoint, nowMs).length > 1;
  return { secret, olderUntilMs: secrets[1]?.untilMs ?? nowMs, hasEndedOne };
}

/** Ends the pause of a store's endpoint. */
export async function resume(
  client: DynamoDBDocumentClient,
  table: string,
  storeId: string,
  nowMs: number,
): Promise<void> {
  refuseUnless(await resumeEndpoint(client, table, await theEndpoint(client, table, storeId), nowMs), storeId);
}

/** Ends a store's webhooks. Its secrets go with them. */
export async function remove(client: DynamoDBDocumentClient, table: string, storeId: string): Promise<void> {
  refuseUnless(await removeEndpoint(client, table, await theEndpoint(client, table, storeId)), storeId);
}

/** @throws UsageError when the store has none */
export async function theEndpoint(client: DynamoDBDocumentClient, table: string, storeId: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(client, table, storeId);
  if (endpoint === undefined) throw new UsageError(`The store ${storeId} has no webhook: set-webhook sets one.`);
  return endpoint;
}

function refuseUnless(isDone: boolean, storeId: string): void {
  if (isDone) return;
  throw new UsageError(
    `The webhook of ${storeId} was changed by somebody else a moment ago. Nothing was done: look again.`,
  );
}

/** 32 random bytes, as Standard Webhooks writes them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
