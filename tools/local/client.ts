import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { documentClientOf } from '../../lambda/dynamodb/client.ts';

/** The environment variables that make the AWS SDK call local stand-ins, which check no AWS credentials. */
export function localAwsEnvironment(dynamodbEndpoint: string, eventsEndpoint = ''): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
    ...(eventsEndpoint === ''
      ? {}
      : {
          AWS_ENDPOINT_URL_EVENTBRIDGE: eventsEndpoint,
          AWS_ENDPOINT_URL_SQS: eventsEndpoint,
          // Merchants' receivers are on this machine, too.
          WEBHOOK_LOCAL_RECEIVER: 'http',
        }),
  };
}

/** A client for a local engine (a DynamoDB on this machine), for tools and tests. An engine that hangs is not waited for. */
export function createLocalClient(endpoint: string): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 60_000,
      throwOnRequestTimeout: true,
    }),
  });
  return documentClientOf(client);
}
