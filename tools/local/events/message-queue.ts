import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSBatchResponse } from 'aws-lambda';

export interface QueueSettings {
  readonly name: string;
  readonly visibilityMs: number;
  /** After so many receives a message goes to the dead letters; undefined for never. */
  readonly maxReceiveCount: number | undefined;
  readonly deadLetters: MessageQueue | undefined;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  /** Why it is a dead letter, if somebody said so. */
  readonly reason: string | undefined;
  receiveCount: number;
}

/** What reads a queue, as a function does through an event source mapping with partial batch responses. */
export interface QueueReader {
  readonly batchSize: number;
  /** How many batches are worked on at once. */
  readonly concurrency: number;
  /** @throws whatever makes the whole batch come again */
  readonly take: (event: SQSEvent) => Promise<SQSBatchResponse>;
}

/** A queue of SQS in memory: at least once, visibility, several batches at once, and dead letters. */
export class MessageQueue {
  readonly settings: QueueSettings;
  readonly #visible: Message[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** When messages that are being worked on come again, if they fail: by id, in milliseconds, if somebody said so. */
  readonly #delays = new Map<string, number>();
  #reader: QueueReader | undefined;
  #batches = 0;
  #isStopped = false;

  constructor(settings: QueueSettings) {
    this.settings = settings;
  }

  /** Its messages that nobody is working on. */
  get messages(): readonly Message[] {
    return this.#visible;
  }

  send(body: string, reason?: string): string {
    const message = { id: randomUUID(), body, reason, receiveCount: 0 };
    this.#put(message);
    return message.id;
  }

  read(reader: QueueReader): void {
    this.#reader = reader;
    this.#work();
  }

  /** Decides when a message that is being worked on comes again, unless it succeeds: what ChangeMessageVisibility does. */
  changeVisibility(id: string, ms: number): void {
    this.#delays.set(id, ms);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #put(message: Message): void {
    this.#visible.push(message);
    this.#work();
  }

  #work(): void {
    const { concurrency = 0 } = this.#reader ?? {};
    while (this.#batches < concurrency && this.#visible.length > 0 && !this.#isStopped) void this.#takeBatches();
  }

  async #takeBatches(): Promise<void> {
    this.#batches += 1;
    while (this.#visible.length > 0 && !this.#isStopped) {
      const batch = this.#receive();
      if (batch.length > 0) await this.#takeBatch(batch);
    }
    this.#batches -= 1;
  }

  #receive(): Message[] {
    const { maxReceiveCount = Infinity, deadLetters } = this.settings;
    const batch: Message[] = [];
    for (const message of this.#visible.splice(0, this.#reader?.batchSize)) {
      message.receiveCount += 1;
      if (message.receiveCount > maxReceiveCount) deadLetters?.send(message.body, 'It was received too often.');
      else batch.push(message);
    }
    return batch;
  }

  async #takeBatch(batch: readonly Message[]): Promise<void> {
    const failed = await this.#reader?.take({ Records: batch.map((message) => this.#recordOf(message)) }).then(
      ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
      () => new Set(batch.map(({ id }) => id)),
    );
    for (const message of batch) {
      const delayMs = this.#delays.get(message.id) ?? this.settings.visibilityMs;
      this.#delays.delete(message.id);
      if (failed?.has(message.id)) this.#hide(message, delayMs);
    }
  }

  #hide(message: Message, ms: number): void {
    if (this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#put(message);
    }, ms);
    this.#timers.add(timer);
  }

  #recordOf({ id, body, receiveCount }: Message): SQSEvent['Records'][number] {
    return {
      messageId: id,
      receiptHandle: id,
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        SentTimestamp: '0',
        SenderId: 'localhost',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${this.settings.name}`,
      awsRegion: 'us-east-1',
    };
  }
}
