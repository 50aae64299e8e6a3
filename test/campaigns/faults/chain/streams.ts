import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { readStream, type StreamMapping } from '../../../../tools/local/events/stream-reader.ts';

/** So that nobody waits for what AWS waits for. */
const pauses = { idleMs: 10, longestMs: 100 };

/** Reads streams from their beginning, and again from there when their checkpoints are moved back. */
export class Streams {
  readonly #client: DynamoDBStreamsClient;
  readonly #mappings: readonly StreamMapping[];
  #ending = new AbortController();
  #reading: Array<Promise<void>>;

  constructor(endpoint: string, mappings: readonly StreamMapping[]) {
    this.#client = new DynamoDBStreamsClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      requestHandler: new NodeHttpHandler({ requestTimeout: 5000, throwOnRequestTimeout: true }),
    });
    this.#mappings = mappings;
    this.#reading = this.#read();
  }

  async moveBack(): Promise<void> {
    await this.#end();
    this.#ending = new AbortController();
    this.#reading = this.#read();
  }

  async stop(): Promise<void> {
    await this.#end();
    this.#client.destroy();
  }

  #read(): Array<Promise<void>> {
    const { signal } = this.#ending;
    return this.#mappings.map(async (mapping) => await readStream(this.#client, mapping, signal, pauses));
  }

  async #end(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#reading);
  }
}
