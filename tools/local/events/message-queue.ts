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
  /** @throws whatever makes the whole batch come again */
  readonly take: (event: SQSEvent) => Promise<SQSBatchResponse>;
}

/** A queue of SQS in memory: at least once, visibility, and dead letters. */
export class MessageQueue {
  readonly settings: QueueSettings;
  readonly #visible: Message[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #reader: QueueReader | undefined;
  #isReading = false;
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
    void this.#work();
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #put(message: Message): void {
    this.#visible.push(message);
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isReading || this.#reader === undefined) return;
    this.#isReading = true;
    while (this.#visible.length > 0 && !this.#isStopped) await this.#takeBatch(this.#reader);
    this.#isReading = false;
  }

  async #takeBatch({ batchSize, take }: QueueReader): Promise<void> {
    const { maxReceiveCount = Infinity, deadLetters } = this.settings;
    const batch: Message[] = [];
    for (const message of this.#visible.splice(0, batchSize)) {
      message.receiveCount += 1;
      if (message.receiveCount > maxReceiveCount) deadLetters?.send(message.body, 'It was received too often.');
      else batch.push(message);
    }
    if (batch.length === 0) return;
    const failed = await take({ Records: batch.map((message) => this.#recordOf(message)) }).then(
      ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
      () => new Set(batch.map(({ id }) => id)),
    );
    for (const message of batch.filter(({ id }) => failed.has(id))) this.#hide(message);
  }

  #hide(message: Message): void {
    if (this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#put(message);
    }, this.settings.visibilityMs);
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
