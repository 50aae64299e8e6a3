import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ChainSurroundings } from './surroundings.ts';

/** One message in the queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  receives: number;
  visibleAtMs: number;
}

export interface QueueListener {
  /** Hands a batch to a function. @param end gets its response; undefined when it died */
  invoke(event: SQSEvent, end: (response: SQSBatchResponse | undefined) => void): void;
  /** It came too often, and the queue itself has put it among the dead letters. */
  givenUp(message: Message): void;
}

/** How a queue is set up. */
export interface QueueSettings {
  readonly visibilityMs: number;
  /** After so many receives a message is given up. */
  readonly maxReceives: number;
}

/** lib/message-queue.ts; with fewer receives, so that a history meets the last one. */
export const eachMinute: QueueSettings = { visibilityMs: 60_000, maxReceives: 12 };

const batchSize = 10;

/**
 * A queue as SQS promises it, and no better: at least once, in any sequence. A message that a function has not finished comes
 * again after its visibility timeout; now and then one comes although it is under way, or is finished.
 */
export class Queue {
  readonly #surroundings: ChainSurroundings;
  readonly #settings: QueueSettings;
  readonly #listener: QueueListener;
  readonly #messages = new Map<string, Message>();
  #sent = 0;

  constructor(surroundings: ChainSurroundings, settings: QueueSettings, listener: QueueListener) {
    this.#surroundings = surroundings;
    this.#settings = settings;
    this.#listener = listener;
  }

  get size(): number {
    return this.#messages.size;
  }

  send(body: string): string {
    const { time } = this.#surroundings;
    this.#sent += 1;
    const message = { id: `message ${this.#sent}`, body, receives: 0, visibleAtMs: time.nowMs };
    this.#messages.set(message.id, message);
    this.#pollAfter(0);
    return message.id;
  }

  /** ChangeMessageVisibility: it comes again so long after now, whatever was said before. */
  delay(receiptHandle: string, seconds: number): void {
    const message = this.#messages.get(receiptHandle);
    if (message === undefined) return;
    message.visibleAtMs = this.#surroundings.time.nowMs + 1000 * seconds;
    this.#pollAfter(1000 * seconds);
  }

  #pollAfter(ms: number): void {
    const { time, random } = this.#surroundings;
    time.after(ms + random.between(1, 30), () => this.#poll());
  }

  #poll(): void {
    const { time, random } = this.#surroundings;
    const { maxReceives, visibilityMs } = this.#settings;
    const visible = [...this.#messages.values()].filter(({ visibleAtMs }) => visibleAtMs <= time.nowMs);
    const batch: Message[] = [];
    for (const message of visible.slice(0, batchSize)) {
      if (message.receives === maxReceives) {
        this.#messages.delete(message.id);
        this.#listener.givenUp(message);
        continue;
      }
      message.receives += 1;
      message.visibleAtMs = time.nowMs + (random.chance(3) ? random.between(1, 20) : visibilityMs);
      this.#pollAfter(message.visibleAtMs - time.nowMs);
      if (random.chance(50)) batch.push(message);
      else batch.unshift(message);
    }
    if (batch.length === 0) return;
    this.#listener.invoke({ Records: batch.map(recordOf) }, (response) => {
      if (response === undefined) return;
      const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      // What names no message of the batch means that none of it is done.
      if ([...failed].some((id) => batch.every((message) => message.id !== id))) return;
      for (const { id } of batch) {
        if (!failed.has(id) && !random.chance(2)) this.#messages.delete(id);
      }
    });
  }
}

function recordOf({ id, body, receives }: Message): SQSRecord {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: { ApproximateReceiveCount: String(receives) },
    messageAttributes: {},
    eventSource: 'aws:sqs',
  } as unknown as SQSRecord;
}
