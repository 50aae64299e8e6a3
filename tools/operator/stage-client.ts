import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { documentClientOf } from '../../lambda/dynamodb/client.ts';

/**
 * A client for operators' commands, which have more time than a merchant's request: ten attempts of ten seconds each,
 * and at most twenty seconds before each. In adaptive mode it sends less when DynamoDB throttles it. The standard mode
 * does not: its parallel calls would use up their common budget of retries within seconds.
 */
export function createStageClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 10,
    retryMode: 'adaptive',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
      // As many calls as an audit of 100 segments makes at once: waiting for a socket counts as waiting for the answer.
      httpsAgent: { maxSockets: 800 },
    }),
  });
  return documentClientOf(client);
}
