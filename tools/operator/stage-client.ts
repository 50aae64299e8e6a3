import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { documentClientOf } from '../../lambda/dynamodb/client.ts';

/**
 * A client for an operator's command, which has the time that a merchant's request has not: ten attempts of ten seconds,
 * and at most twenty seconds before each. It sends less when DynamoDB throttles it, as the SDK's standard retries do not:
 * calls made side by side would use up what these may retry within seconds.
 */
export function createStageClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 10,
    retryMode: 'adaptive',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
      // As many calls as an audit of 100 segments makes at once: the wait for a socket counts as one for the answer.
      httpsAgent: { maxSockets: 800 },
    }),
  });
  return documentClientOf(client);
}
