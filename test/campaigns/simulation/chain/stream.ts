import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Random } from '../../../support/random.ts';
import type { Change } from '../dynamodb.ts';
import { increment, type Statistics } from '../statistics.ts';
import type { VirtualTime } from '../virtual-time.ts';

/** Hands a batch to a function. @param end gets its response; undefined when it died */
export type Invoke = (event: DynamoDBStreamEvent, end: (response: DynamoDBBatchResponse | undefined) => void) => void;

interface StreamSurroundings {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly trace: ((text: string) => void) | undefined;
}

/** lib/publisher.ts. */
const batchSize = 10;

/**
 * The stream of a table, and Lambda that reads it: the changes of an order are in one shard, in their sequence. Each shard
 * has a checkpoint and one batch under way. A batch that partly failed comes again from the lowest sequence number that
 * failed; one of a function that died comes again in halves.
 */
export class Stream {
  readonly #name: string;
  readonly #eventName: 'INSERT' | 'MODIFY';
  readonly #shards: readonly Shard[];
  readonly #shardOf = new Map<unknown, Shard>();
  #changes = 0;

  constructor(name: string, eventName: 'INSERT' | 'MODIFY', surroundings: StreamSurroundings, invoke: Invoke) {
    this.#name = name;
    this.#eventName = eventName;
    this.#shards = [0, 1].map((index) => new Shard(`${name} ${index}`, surroundings, invoke));
  }

  /** The filter of the event source mapping leaves out every other kind of change. */
  add({ before, after }: Change): void {
    const eventName = before === undefined ? 'INSERT' : 'MODIFY';
    this.#changes += 1;
    if (eventName !== this.#eventName) return;
    let shard = this.#shardOf.get(after['orderKey']);
    if (shard === undefined) {
      shard = this.#shards[this.#shardOf.size % this.#shards.length] as Shard;
      this.#shardOf.set(after['orderKey'], shard);
    }
    shard.add({
      eventID: `${this.#name}-${this.#changes}`,
      eventName,
      eventSource: 'aws:dynamodb',
      eventSourceARN: `arn:aws:dynamodb:ap-northeast-2:111122223333:table/${this.#name}/stream/2026-01-01T00:00:00.000`,
      dynamodb: {
        SequenceNumber: String(this.#changes).padStart(21, '0'),
        StreamViewType: 'NEW_IMAGE',
        NewImage: marshall(after) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>,
      },
    });
  }

  rewind(by: number): void {
    for (const shard of this.#shards) shard.rewind(by);
  }
}

class Shard {
  readonly #name: string;
  readonly #surroundings: StreamSurroundings;
  readonly #invoke: Invoke;
  readonly #records: DynamoDBRecord[] = [];
  #checkpoint = 0;
  #isBusy = false;
  /** How many records the next batch may have; fewer after one in which the function died. */
  #size = batchSize;
  #rewindBy = 0;

  constructor(name: string, surroundings: StreamSurroundings, invoke: Invoke) {
    this.#name = name;
    this.#surroundings = surroundings;
    this.#invoke = invoke;
  }

  add(record: DynamoDBRecord): void {
    this.#records.push(record);
    this.#wake(0);
  }

  /** What is under way comes first. */
  rewind(by: number): void {
    this.#rewindBy = by;
    if (!this.#isBusy) this.#wake(0);
  }

  #wake(pauseMs: number): void {
    if (this.#isBusy) return;
    if (this.#rewindBy > 0) {
      this.#checkpoint = Math.max(0, this.#checkpoint - this.#rewindBy);
      this.#rewindBy = 0;
      this.#surroundings.trace?.(`the checkpoint of ${this.#name} moves back to ${this.#checkpoint}`);
    }
    if (this.#checkpoint >= this.#records.length) return;
    this.#isBusy = true;
    const { time, random } = this.#surroundings;
    time.after(pauseMs + (random.chance(50) ? random.below(6) : random.below(250)), () => this.#readNext());
  }

  #readNext(): void {
    const batch = this.#records.slice(this.#checkpoint, this.#checkpoint + this.#size);
    this.#invoke({ Records: batch }, (response) => {
      const { random, statistics } = this.#surroundings;
      this.#isBusy = false;
      const done = response === undefined ? 0 : doneOf(batch, response);
      if (done < batch.length) increment(statistics.chain, response === undefined ? 'batch DIED' : 'batch FAILED');
      this.#size = response === undefined ? Math.max(1, Math.ceil(batch.length / 2)) : batchSize;
      this.#checkpoint += done;
      this.#wake(done === batch.length ? 0 : random.below(2000));
    });
  }
}

/** How many records from the first one on need not come again. What names no record of the batch is none of it done. */
function doneOf(batch: readonly DynamoDBRecord[], { batchItemFailures }: DynamoDBBatchResponse): number {
  const places = batchItemFailures.map(({ itemIdentifier }) =>
    batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
  );
  return places.reduce((least, place) => Math.min(least, Math.max(0, place)), batch.length);
}
