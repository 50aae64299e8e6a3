import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { DynamoDBBatchResponse, SQSBatchResponse } from 'aws-lambda';
import type { FunctionHost } from '../function-host.ts';
import { streamArnOf } from '../tables.ts';
import type { DeployedChain, DeployedMapping } from '../template-chain.ts';
import type { LocalBus } from './local-bus.ts';
import { MessageQueue } from './message-queue.ts';
import { readStream } from './stream-reader.ts';

/** The queues of the template, by name, with the dead letters of each. */
export function createQueues({ queues }: DeployedChain): ReadonlyMap<string, MessageQueue> {
  const created = new Map<string, MessageQueue>();
  const create = (name: string): MessageQueue | undefined => {
    const deployed = queues.find((queue) => queue.name === name);
    if (deployed === undefined) return undefined;
    const deadLetters = deployed.deadLetters === undefined ? undefined : created.get(deployed.deadLetters);
    const queue = new MessageQueue({ ...deployed, deadLetters: deadLetters ?? create(deployed.deadLetters ?? '') });
    created.set(name, queue);
    return queue;
  };
  for (const { name } of queues) if (!created.has(name)) create(name);
  return created;
}

/** Connects the bus with the queues, by the rules of the template. */
export function connectRules({ rules }: DeployedChain, bus: LocalBus, queues: ReadonlyMap<string, MessageQueue>): void {
  for (const { pattern, queues: targets } of rules) {
    for (const target of targets) bus.subscribe(pattern, (event) => queues.get(target)?.send(JSON.stringify(event)));
  }
}

/**
 * Lets functions read streams and queues, by the mappings of the template.
 * @returns what stops it
 * @throws Error where the engine has no streams
 */
export async function startMappings(
  { mappings }: DeployedChain,
  hosts: ReadonlyMap<string, FunctionHost>,
  queues: ReadonlyMap<string, MessageQueue>,
  client: DynamoDBDocumentClient,
  endpoint: string,
): Promise<() => Promise<void>> {
  const streams = new DynamoDBStreamsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    }),
  });
  const ending = new AbortController();
  const reading: Array<Promise<void>> = [];
  for (const mapping of mappings) {
    const invoke = async (event: unknown) => await hosts.get(mapping.function.name)?.invoke(event);
    const { batchSize, concurrency, filters, from } = mapping;
    if ('queue' in from) {
      const take = async (event: unknown) => (await invoke(event)) as SQSBatchResponse;
      queues.get(from.queue)?.read({ batchSize, concurrency, take });
    } else {
      const streamArn = await streamArnOf(client, from.table);
      const take = async (event: unknown) => (await invoke(event)) as DynamoDBBatchResponse;
      reading.push(readStream(streams, { streamArn, batchSize, filters, take }, ending.signal));
    }
  }
  return async () => {
    ending.abort();
    for (const queue of queues.values()) queue.stop();
    await Promise.all(reading);
    streams.destroy();
  };
}

/** The functions that read streams and queues. */
export function readersOf({ mappings }: DeployedChain): DeployedMapping['function'][] {
  return mappings.map((mapping) => mapping.function);
}
