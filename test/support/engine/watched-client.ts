import { inspect } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLocalClient } from '../../../tools/local/client.ts';
import { engineEndpoint } from './engine-service.ts';

export interface WatchedClient {
  readonly client: DynamoDBDocumentClient;
  /** Everything that the engine has sent to it so far, as text. */
  received(): string;
}

/** A client of the engine that keeps what it receives, for a test that nothing secret leaves a table. */
export function createWatchedClient(): WatchedClient {
  const outputs: unknown[] = [];
  const client = createLocalClient(engineEndpoint);
  client.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      outputs.push(result.output);
      return result;
    },
    { step: 'initialize' },
  );
  return { client, received: () => inspect(outputs, { depth: null, maxArrayLength: null }) };
}
