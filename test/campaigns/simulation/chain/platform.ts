import type { Order } from '../../../../lambda/domain/order.ts';
import { orderKeyOf } from '../../../../lambda/dynamodb/items.ts';
import { increment } from '../statistics.ts';
import type { PlannedEvent, PlatformPlan } from './platform-plan.ts';
import { faultyEvent, type SentEvent, sentEventOf } from './sent-events.ts';
import type { ChainSurroundings } from './surroundings.ts';

const pauseMs = 200;

/** Whoever takes the money, and says so: in any sequence, late, doubled, and now and then wrongly. */
export class Platform {
  readonly #surroundings: ChainSurroundings;
  readonly #hand: (event: SentEvent) => void;
  /** Orders whose money was taken. */
  readonly #captured = new Set<string>();

  constructor(
    { events }: PlatformPlan,
    orders: readonly Order[],
    surroundings: ChainSurroundings,
    /** To the queue of whoever takes its events. */
    hand: (event: SentEvent) => void,
  ) {
    this.#surroundings = surroundings;
    this.#hand = hand;
    const { time } = surroundings;
    const beginningMs = time.nowMs;
    for (const [number, planned] of events.entries()) {
      const order = orders[planned.order];
      if (order === undefined) continue;
      const event = sentEventOf(planned, order, number, beginningMs);
      time.after(planned.atMs, () => this.#happen(planned, event));
    }
  }

  /** Whether there is money that a void's executor has to give back. */
  hasCaptured(orderKey: string): boolean {
    return this.#captured.has(orderKey);
  }

  /** Of an order that was paid before the history begins. */
  noteCaptured(order: Order): void {
    this.#captured.add(orderKeyOf(order));
  }

  #happen({ kind, copiesMs, flaw }: PlannedEvent, event: SentEvent): void {
    const { time, random } = this.#surroundings;
    if (kind === 'CAPTURED' || kind === 'CAPTURED_WITH_ORDER') this.#captured.add(event.orderKey);
    for (const ms of copiesMs) time.after(ms, () => this.#put(event));
    const faulty = flaw && faultyEvent(event, flaw);
    if (faulty !== undefined) time.after(random.between(1, 60), () => this.#put(faulty));
  }

  /** The bus may refuse it, or take it and not answer: then it is put again. */
  #put(event: SentEvent): void {
    const { time, random, statistics } = this.#surroundings;
    const isRefused = random.chance(4);
    const isUnanswered = !isRefused && random.chance(4);
    if (isRefused || isUnanswered) time.after(random.between(1, pauseMs), () => this.#put(event));
    if (isRefused) return;
    increment(statistics.chain, `event ${event.type}`);
    time.after(random.between(1, 40), () => this.#hand(event));
  }
}
