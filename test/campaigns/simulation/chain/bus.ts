import { isDeepStrictEqual } from 'node:util';
import { type EventBridgeClient, type PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { expectedEvent } from '../../../support/expected-event.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import { BrokenPromise } from '../history.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Deadline } from '../virtual-time.ts';
import { assertNoAccount, firstStateOf, isOfSmokeStore, type Ledger } from './ledger.ts';
import type { ChainPlan } from './plan.ts';
import { callService } from './service-call.ts';
import type { ChainSurroundings } from './surroundings.ts';

/** The bus as EventBridge promises it, and no better: what it has taken is delivered at least once, in any sequence. */
export class Bus {
  readonly #plan: ChainPlan;
  readonly #surroundings: ChainSurroundings;
  readonly #ledger: Ledger;
  readonly #deliver: (event: RefundEvent) => void;
  readonly #announce: (event: RefundEvent) => void;
  /** What it has taken, by id: all that makes an event what it is. */
  readonly taken = new Map<string, string>();
  readonly events = new Map<string, RefundEvent>();
  #deliveries = 0;

  constructor(
    plan: ChainPlan,
    surroundings: ChainSurroundings,
    ledger: Ledger,
    /** To whoever executes refunds. */
    deliver: (event: RefundEvent) => void,
    /** To whoever sends webhooks. */
    announce: (event: RefundEvent) => void,
  ) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#ledger = ledger;
    this.#deliver = deliver;
    this.#announce = announce;
  }

  /** A client with which a caller puts events. */
  clientFor(caller: Caller): EventBridgeClient {
    const send = async ({ input }: PutEventsCommand, { abortSignal }: { abortSignal?: Deadline } = {}) =>
      await callService(this.#surroundings, caller, 'PutEvents', abortSignal, (fault) => {
        if (fault === 'ENTRY_REFUSED') return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
        return { FailedEntryCount: 0, Entries: (input.Entries ?? []).map((entry) => ({ EventId: this.#take(entry) })) };
      });
    return { send } as unknown as EventBridgeClient;
  }

  #take(entry: PutEventsRequestEntry): string {
    try {
      this.#check(entry);
    } catch (error) {
      this.#surroundings.fail(error);
      return 'REFUSED';
    }
    const event = JSON.parse(entry.Detail ?? '') as RefundEvent;
    this.#surroundings.trace?.(`the bus takes ${entry.Detail}`);
    increment(this.#surroundings.statistics.chain, `event ${event.type}`);
    this.#deliveries += 1;
    this.events.set(event.id, event);
    const { time, random } = this.#surroundings;
    time.after(random.between(1, 40), () => this.#announce(event));
    if (random.chance(3)) time.after(random.between(1, 5000), () => this.#announce(event));
    if (event.type === 'payment.refund_requested.v1' || event.type === 'payment.void_requested.v1') {
      const copies = this.#plan.deliveries[this.#deliveries - 1] ?? [random.between(1, 40)];
      for (const ms of copies) time.after(ms, () => this.#deliver(event));
    }
    return `event ${this.#deliveries}`;
  }

  #check({ EventBusName, Source, DetailType, Detail = '', Time }: PutEventsRequestEntry): void {
    const event = JSON.parse(Detail) as RefundEvent;
    const text = [Source, DetailType, Detail, Time?.toISOString()].join('\n');
    const { id, type, subject, source, time } = event;
    if (isOfSmokeStore(subject)) throw new BrokenPromise('An event of the reserved store has left.');
    assertNoAccount(text, 'an event');
    const known = this.taken.get(id);
    if (known !== undefined && known !== text) throw new BrokenPromise('Two events have one id.');
    this.taken.set(id, text);
    const isEnvelopeRight = EventBusName === 'bus' && Source === source && DetailType === type;
    if (!isEnvelopeRight || Time?.toISOString() !== time) {
      throw new BrokenPromise('The bus is given another event than the one that it carries.');
    }
    const { returnRequestId: rid, attempt, sequence } = event.data;
    const record = this.#ledger.records.get(rid);
    const first = record && firstStateOf(record);
    const isFirst = first?.att === BigInt(attempt) && first.seq === BigInt(sequence);
    const state = this.#ledger.stateOf(rid, attempt, sequence) ?? (isFirst ? first : undefined);
    if (state === undefined) throw new BrokenPromise('An event is of no record, or of no state of its execution.');
    if (!isDeepStrictEqual(event, expectedEvent(state))) {
      throw new BrokenPromise(`An event is not what the table says: ${Detail}.`);
    }
  }
}
