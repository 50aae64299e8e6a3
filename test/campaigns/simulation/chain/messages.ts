import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { BrokenPromise } from '../history.ts';
import { increment } from '../statistics.ts';
import { type Message, Queue, type QueueSettings } from './queue.ts';
import type { ChainSurroundings } from './surroundings.ts';

/** What one invocation of a function makes of the messages of a batch. */
export interface BatchOf<Delivery> {
  readonly event: SQSEvent;
  /** By the id of its message. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
  /** The delivery that a body came with. @throws BrokenPromise for one that did not come */
  deliveryOf(body: string): Delivery;
}

export interface Reader<Sent, Delivery> {
  readonly settings: QueueSettings;
  /** One of these messages, in words. */
  readonly what: string;
  /** When the function gets it. */
  begin(sent: Sent): Delivery;
  invoke(batch: BatchOf<Delivery>, end: (response: SQSBatchResponse | undefined) => void): void;
  /** The function need not get it again. @throws BrokenPromise when it was lost */
  checkFinished(delivery: Delivery): void;
  /** It came too often. @param last when it came last @throws BrokenPromise when it could have been taken */
  checkGivenUp(last: Delivery): void;
}

/** A queue with the function that reads it: no message may disappear. */
export class Messages<Sent, Delivery> {
  readonly queue: Queue;
  readonly #surroundings: ChainSurroundings;
  readonly #reader: Reader<Sent, Delivery>;
  readonly #sent = new Map<string, Sent>();
  /** When each came last. */
  readonly #last = new Map<string, Delivery>();
  /** Deliveries that a function is at work on. */
  readonly #underWay = new Set<Delivery>();
  /** Those that were finished, or given up at last. */
  readonly #ended = new Set<string>();

  constructor(surroundings: ChainSurroundings, reader: Reader<Sent, Delivery>) {
    this.#surroundings = surroundings;
    this.#reader = reader;
    this.queue = new Queue(surroundings, reader.settings, {
      invoke: (event, end) => this.#invoke(event, end),
      givenUp: (message) => this.#attempt(() => this.#giveUp(message)),
    });
  }

  /** @param detailJson the event, which the bus hands on with what it knows of it */
  send(sent: Sent, source: string, type: string, detailJson: string): void {
    const head = `{"version":"0","id":"${this.#sent.size}","detail-type":"${type}","source":"${source}"`;
    this.#sent.set(this.queue.send(`${head},"detail":${detailJson}}`), sent);
  }

  /** @throws BrokenPromise */
  checkAtRest(): void {
    const { what } = this.#reader;
    if (this.queue.size > 0) throw new BrokenPromise(`A ${what} stays in the queue for ever.`);
    if (this.#ended.size !== this.#sent.size) throw new BrokenPromise(`A ${what} has disappeared.`);
  }

  #invoke(event: SQSEvent, end: (response: SQSBatchResponse | undefined) => void): void {
    const deliveries = new Map<string, Delivery>();
    for (const { messageId } of event.Records) {
      const delivery = this.#reader.begin(this.#sent.get(messageId) as Sent);
      deliveries.set(messageId, delivery);
      this.#last.set(messageId, delivery);
      this.#underWay.add(delivery);
    }
    const deliveryOf = (body: string) => {
      const message = event.Records.find((record) => record.body === body);
      const delivery = message && deliveries.get(message.messageId);
      if (delivery === undefined) throw new BrokenPromise('A dead letter is no message that came.');
      return delivery;
    };
    this.#reader.invoke({ event, deliveries, deliveryOf }, (response) => {
      for (const delivery of deliveries.values()) this.#underWay.delete(delivery);
      this.#attempt(() => this.#checkFinished(deliveries, response));
      end(response);
    });
  }

  #checkFinished(deliveries: ReadonlyMap<string, Delivery>, response: SQSBatchResponse | undefined): void {
    if (response === undefined) return;
    const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const [messageId, delivery] of deliveries) {
      if (failed.has(messageId)) continue;
      this.#reader.checkFinished(delivery);
      this.#ended.add(messageId);
    }
  }

  #giveUp({ id }: Message): void {
    const last = this.#last.get(id);
    // What has been finished, or is under way, and came once more nevertheless, is no loss.
    const isLost = last !== undefined && !this.#ended.has(id) && !this.#underWay.has(last);
    if (isLost) this.#reader.checkGivenUp(last);
    this.#ended.add(id);
    increment(this.#surroundings.statistics.chain, `${this.#reader.what} GIVEN_UP`);
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#surroundings.fail(error);
    }
  }
}
