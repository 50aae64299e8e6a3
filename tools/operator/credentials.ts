import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type CredentialRow } from '../../lambda/dynamodb/items.ts';
import { accessKeyHashOf } from '../../lambda/dynamodb/credential-repository.ts';

/** What a credential is issued for. */
export interface CredentialHolder {
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
}

export interface IssuedCredential {
  readonly accessKey: string;
  readonly hashKey: string;
  readonly accessKeyHash: string;
  readonly expiresAtMs: number;
}

/** Access keys are valid for one year (contract, section 1). */
const validityMs = 365 * 24 * 60 * 60 * 1000;

/**
 * Issues a credential: a random access key of 192 bits and a hash key of 256 bits. The access key is not stored, only
 * its hash.
 */
export async function issueCredential(
  client: DynamoDBDocumentClient,
  table: string,
  holder: CredentialHolder,
  nowMs: number,
): Promise<IssuedCredential> {
  const accessKey = `ak_${randomBytes(24).toString('base64url')}`;
  const hashKey = randomBytes(32).toString('hex');
  return await putCredential(client, table, holder, { accessKey, hashKey }, nowMs);
}

/** Puts a credential with given keys, valid from now on for a year. */
export async function putCredential(
  client: DynamoDBDocumentClient,
  table: string,
  holder: CredentialHolder,
  { accessKey, hashKey }: { readonly accessKey: string; readonly hashKey: string },
  nowMs: number,
): Promise<IssuedCredential> {
  const item = credentialItem(holder, { accessKey, hashKey }, nowMs);
  await client.send(new PutCommand({ TableName: table, Item: item }));
  return { accessKey, hashKey, accessKeyHash: item.accessKeyHash, expiresAtMs: nowMs + validityMs };
}

/** A credential with given keys as the table has it, valid from now on for a year. */
export function credentialItem(
  { storeId, divisionCode, channelCode }: CredentialHolder,
  { accessKey, hashKey }: { readonly accessKey: string; readonly hashKey: string },
  nowMs: number,
): CredentialRow {
  return {
    accessKeyHash: accessKeyHashOf(accessKey),
    storeId,
    divisionCode,
    channelCode,
    hashKey,
    issuedAt: BigInt(nowMs),
    expiresAt: BigInt(nowMs + validityMs),
  };
}

/** Revokes a credential; false if there is none with this hash. One that is revoked already keeps its first date. */
export async function revokeCredential(
  client: DynamoDBDocumentClient,
  table: string,
  accessKeyHash: string,
  nowMs: number,
): Promise<boolean> {
  try {
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { accessKeyHash },
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :now)',
        ConditionExpression: 'attribute_exists(accessKeyHash)',
        ExpressionAttributeValues: { ':now': nowMs },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
