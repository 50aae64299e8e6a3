import { setTimeout as sleep } from 'node:timers/promises';
import {
  type _Record as StreamRecord,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { type EventPattern, fits } from './event-pattern.ts';

/** What Lambda reads of a stream, and hands to a function. */
export interface StreamMapping {
  readonly streamArn: string;
  readonly batchSize: number;
  /** A record goes to the function if it fits one of them, or if there are none. */
  readonly filters: readonly EventPattern[];
  /** @throws whatever makes the whole batch come again */
  readonly take: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
}

/** How long a reader waits when there is nothing to read, and at most when a record keeps failing. */
export interface ReaderPauses {
  readonly idleMs: number;
  readonly longestMs: number;
}

const usualPauses: ReaderPauses = { idleMs: 200, longestMs: 5000 };

/**
 * Reads a stream from its beginning, as an event source mapping does: each shard in its order, and from the first record
 * that failed on once more. After a restart it begins anew: whatever it hands on may come twice.
 */
export async function readStream(
  client: DynamoDBStreamsClient,
  mapping: StreamMapping,
  signal: AbortSignal,
  { idleMs, longestMs } = usualPauses,
): Promise<void> {
  const shards = new Map<string, string | undefined>();
  let failures = 0;
  while (!signal.aborted) {
    let isIdle = true;
    try {
      for (const id of await shardsOf(client, mapping.streamArn)) {
        if (!shards.has(id)) shards.set(id, await iteratorOf(client, mapping.streamArn, id));
      }
      for (const [id, iterator] of shards) {
        if (iterator === undefined) continue;
        const { Records = [], NextShardIterator } = await recordsAt(client, mapping, id, iterator);
        const failedAt = await handOver(Records, mapping);
        if (failedAt !== undefined) {
          shards.set(id, await iteratorOf(client, mapping.streamArn, id, failedAt));
          throw new Error('A record failed.');
        }
        // An engine may show an end of a shard that is still open: only this says that it is closed.
        shards.set(id, NextShardIterator);
        if (Records.length > 0) isIdle = false;
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    if (signal.aborted) return;
    const pauseMs = failures === 0 ? (isIdle ? idleMs : 0) : Math.min(idleMs * 2 ** failures, longestMs);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

async function shardsOf(client: DynamoDBStreamsClient, StreamArn: string): Promise<string[]> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  return (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? []);
}

/** @param from the sequence number to begin with; undefined for the beginning */
async function iteratorOf(
  client: DynamoDBStreamsClient,
  StreamArn: string,
  ShardId: string,
  from?: string,
): Promise<string | undefined> {
  const start = from === undefined ? {} : { SequenceNumber: from };
  const ShardIteratorType = from === undefined ? 'TRIM_HORIZON' : 'AT_SEQUENCE_NUMBER';
  const command = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, ...start });
  return (await client.send(command)).ShardIterator;
}

async function recordsAt(client: DynamoDBStreamsClient, mapping: StreamMapping, id: string, ShardIterator: string) {
  try {
    return await client.send(new GetRecordsCommand({ ShardIterator, Limit: mapping.batchSize }));
  } catch (error) {
    if (!(error instanceof ExpiredIteratorException) && !(error instanceof TrimmedDataAccessException)) throw error;
    const anew = await iteratorOf(client, mapping.streamArn, id);
    return await client.send(new GetRecordsCommand({ ShardIterator: anew, Limit: mapping.batchSize }));
  }
}

/** @returns the sequence number of the first record that failed; undefined if none did */
async function handOver(records: readonly StreamRecord[], mapping: StreamMapping): Promise<string | undefined> {
  const fitting = records.filter(
    (record) => mapping.filters.length === 0 || mapping.filters.some((filter) => fits(record, filter)),
  );
  if (fitting.length === 0) return undefined;
  const Records = fitting.map((record) => ({ ...record, eventSourceARN: mapping.streamArn }));
  const failed = await mapping.take({ Records } as DynamoDBStreamEvent).then(
    ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
    () => new Set(fitting.map(sequenceNumberOf)),
  );
  return fitting.map(sequenceNumberOf).find((sequenceNumber) => failed.has(sequenceNumber));
}

function sequenceNumberOf({ dynamodb }: StreamRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}
