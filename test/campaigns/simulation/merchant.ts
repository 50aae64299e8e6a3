import { type Fault, faultOf } from './faults.ts';
import type { Gateway } from './gateway.ts';
import { type Message, messageOf } from './message.ts';
import type { Plan, Send } from './plan.ts';
import { Random } from '../../support/random.ts';
import { increment, type Statistics } from './statistics.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Faults end after the first few tries; a merchant who has no response after so many more never gets one. */
const maxTries = 20;

/** Sends one request, the same bytes again and again, until it has a final response. */
export class Merchant {
  readonly #send: Send;
  readonly #name: string;
  readonly #time: VirtualTime;
  readonly #gateway: Gateway;
  readonly #statistics: Statistics;
  readonly #random: Random;
  readonly #plan: Plan;
  /** Written with the first try. */
  #message: Message | undefined;
  #tries = 0;
  /** Undefined until there is a final response. */
  status: number | undefined;

  constructor(send: Send, name: string, plan: Plan, time: VirtualTime, gateway: Gateway, statistics: Statistics) {
    this.#send = send;
    this.#name = name;
    this.#time = time;
    this.#gateway = gateway;
    this.#statistics = statistics;
    this.#random = new Random(send.seed);
    this.#plan = plan;
    time.after(send.atMs, () => this.#try());
  }

  #try(): void {
    if (this.status !== undefined || this.#tries === maxTries) return;
    const number = this.#tries;
    this.#tries += 1;
    const message = (this.#message ??= messageOf(this.#send, this.#plan, this.#gateway.latestEtagFor(this.#send)));
    const faults = this.#send.faults[number] ?? [];
    let isOver = false;
    const receive = (status: number) => {
      if (isOver || this.status !== undefined) return;
      isOver = true;
      if (status < 500) this.status = status;
      else this.#tryLater();
    };
    if (faults.length > 0) {
      this.#time.after(this.#send.patienceMs, () => {
        if (isOver || this.status !== undefined) return;
        isOver = true;
        this.#tryLater();
      });
    }
    this.#deliver(message, number, faults, receive);
  }

  #tryLater(): void {
    this.#time.after(this.#random.between(1, 3000), () => this.#try());
  }

  #deliver(message: Message, number: number, faults: readonly Fault[], receive: (status: number) => void): void {
    const deliver = (copy: number) => {
      const name = `${this.#name}${number === 0 ? '' : ` try ${number + 1}`}${copy === 0 ? '' : ' again'}`;
      const stream = 1 + 2 * number + copy;
      this.#gateway.deliver({ send: this.#send, name, message, stream, faults }, receive);
    };
    const fault =
      faultOf(faults, 'DELIVERY_LOST') ?? faultOf(faults, 'DELIVERY_LATE') ?? faultOf(faults, 'DELIVERY_TWICE');
    if (fault === undefined) {
      deliver(0);
      return;
    }
    increment(this.#statistics.faults, fault.kind);
    if (fault.kind === 'DELIVERY_LOST') return;
    const delayMs = 1 + (fault.choice % 40_000);
    if (fault.kind === 'DELIVERY_LATE') {
      this.#time.after(delayMs, () => deliver(0));
      return;
    }
    deliver(0);
    this.#time.after(delayMs % 50, () => deliver(1));
  }
}
