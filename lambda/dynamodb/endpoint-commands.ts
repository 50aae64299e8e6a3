import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Endpoint, WebhookSecret } from '../domain/endpoint.ts';
import { endpointOf, type EndpointRow, secretItems } from './endpoint-items.ts';

// What operators do to an endpoint. Apart from endpoint-repository.ts, so that no function's bundle has it. Each returns
// false when the row is not as it was read any more: then nothing was written.

/** The endpoint of a store, read consistently; undefined if there is none. @throws InvariantViolated */
export async function findEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  storeId: string,
): Promise<Endpoint | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { storeId }, ConsistentRead: true }));
  return Item && endpointOf(Item as EndpointRow);
}

/** What a store is sent, and where. */
export interface EndpointSettings {
  readonly url: string;
  /** Undefined for all. */
  readonly types: readonly string[] | undefined;
}

/** Puts the endpoint of a store that has none. */
export async function putEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  storeId: string,
  { url, types }: EndpointSettings,
  secret: string,
  nowMs: number,
): Promise<boolean> {
  const row: EndpointRow = {
    storeId,
    url,
    ...(types === undefined ? {} : { types }),
    secrets: secretItems([{ secret, untilMs: undefined }]),
    createdAt: BigInt(nowMs),
  };
  return await isDone(
    client.send(new PutCommand({ TableName: table, Item: row, ConditionExpression: 'attribute_not_exists(storeId)' })),
  );
}

/** Leads an endpoint elsewhere. Its secrets stay; its troubles end, and that it was gone. */
export async function changeEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  endpoint: Endpoint,
  { url, types }: EndpointSettings,
): Promise<boolean> {
  const ended = 'failingSince, busyUntil, goneAt';
  return await update(client, table, endpoint, {
    UpdateExpression:
      types === undefined
        ? `SET #url = :newUrl REMOVE ${ended}, types`
        : `SET #url = :newUrl, types = :types REMOVE ${ended}`,
    ExpressionAttributeValues: { ':newUrl': url, ...(types === undefined ? {} : { ':types': types }) },
  });
}

export async function changeSecrets(
  client: DynamoDBDocumentClient,
  table: string,
  endpoint: Endpoint,
  secrets: readonly WebhookSecret[],
): Promise<boolean> {
  return await update(client, table, endpoint, {
    UpdateExpression: 'SET secrets = :newSecrets',
    ExpressionAttributeValues: { ':newSecrets': secretItems(secrets) },
  });
}

/** Ends a pause. It is called one message at a time until it answers well; if it fails, the hour begins anew. */
export async function resumeEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  endpoint: Endpoint,
  nowMs: number,
): Promise<boolean> {
  return await update(client, table, endpoint, {
    UpdateExpression: 'SET busyUntil = if_not_exists(busyUntil, :now) REMOVE failingSince',
    ExpressionAttributeValues: { ':now': nowMs },
  });
}

export async function removeEndpoint(
  client: DynamoDBDocumentClient,
  table: string,
  endpoint: Endpoint,
): Promise<boolean> {
  const { storeId } = endpoint;
  return await isDone(client.send(new DeleteCommand({ TableName: table, Key: { storeId }, ...asRead(endpoint) })));
}

async function update(
  client: DynamoDBDocumentClient,
  table: string,
  endpoint: Endpoint,
  { ExpressionAttributeValues, ...change }: Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>,
): Promise<boolean> {
  const { ExpressionAttributeValues: values, ...condition } = asRead(endpoint);
  const command = new UpdateCommand({
    TableName: table,
    Key: { storeId: endpoint.storeId },
    ...change,
    ...condition,
    ExpressionAttributeValues: { ...values, ...ExpressionAttributeValues },
  });
  return await isDone(client.send(command));
}

/** Of two commands at once, the second finds another URL or other secrets. What the sender notes stops none of them. */
function asRead({ url, secrets }: Endpoint) {
  return {
    ConditionExpression: '#url = :url AND secrets = :secrets',
    ExpressionAttributeNames: { '#url': 'url' },
    ExpressionAttributeValues: { ':url': url, ':secrets': secretItems(secrets) },
  };
}

async function isDone(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
