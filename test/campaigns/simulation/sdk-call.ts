import { Retry } from '@smithy/core/retry';
import { requestTimeoutMs, retries } from '../../../lambda/dynamodb/client.ts';
import { failureOf } from '../../../lambda/dynamodb/failures.ts';
import { noteSilenceBefore } from '../../../lambda/dynamodb/unanswered-attempts.ts';
import { aborted, retryClassOf, timedOut } from '../../support/dynamodb-errors.ts';
import type { Reply } from './dynamodb.ts';
import type { Fault } from './faults.ts';
import type { Hindrances } from './history.ts';
import type { Random } from '../../support/random.ts';
import type { Event, VirtualTime } from './virtual-time.ts';

/** An invocation of the function, as the network knows it. */
export interface Caller {
  readonly name: string;
  /** Counted within its history. */
  readonly number: number;
  readonly random: Random;
  readonly faults: readonly Fault[];
  /** How many wire calls it has made. */
  wires: number;
  readonly hindrances: Hindrances;
  isDead: boolean;
  crash(): void;
}

/** Lets one attempt go out. Only one that may hang needs to be timed. */
export type Transmit = (caller: Caller, command: unknown, reply: Reply) => { readonly mayHang: boolean };

/** An attempt that nothing disturbs is answered within this time, so that its timeout need not be waited for. */
const undisturbedMs = 100;

/**
 * One call of the SDK: up to three attempts with one and the same request. As the client's middleware does, it notes
 * with the error of the call that an attempt before the last one was not answered.
 */
export class SdkCall {
  readonly #time: VirtualTime;
  readonly #transmit: Transmit;
  readonly #caller: Caller;
  readonly #command: unknown;
  readonly #deadlineMs: number;
  readonly #reply: Reply;
  #attempts = 0;
  #isSilenceBefore = false;

  constructor(
    time: VirtualTime,
    transmit: Transmit,
    caller: Caller,
    command: unknown,
    deadlineMs: number,
    reply: Reply,
  ) {
    this.#time = time;
    this.#transmit = transmit;
    this.#caller = caller;
    this.#command = command;
    this.#deadlineMs = deadlineMs;
    this.#reply = reply;
  }

  attempt(): void {
    if (this.#caller.isDead) return;
    this.#attempts += 1;
    let isSettled = false;
    let timeout: Event | undefined;
    const settled = (settle: () => void) => {
      if (isSettled || this.#caller.isDead) return;
      isSettled = true;
      if (timeout) timeout.isCanceled = true;
      settle();
    };
    const remainingMs = this.#deadlineMs - this.#time.nowMs;
    const { mayHang } = this.#transmit(this.#caller, this.#command, {
      resolve: (output) => settled(() => this.#reply.resolve(output)),
      reject: (error) => settled(() => this.#retryAfter(error)),
    });
    if (mayHang || remainingMs < undisturbedMs) {
      const isAborted = remainingMs < requestTimeoutMs;
      timeout = this.#time.after(Math.min(remainingMs, requestTimeoutMs), () =>
        settled(() => (isAborted ? this.#fail(aborted()) : this.#retryAfter(timedOut()))),
      );
    }
  }

  #retryAfter(error: unknown): void {
    const retryClass = retryClassOf(error);
    if (retryClass === undefined || this.#attempts >= retries.maxAttempts) {
      this.#fail(error);
      return;
    }
    this.#isSilenceBefore ||= failureOf(error) === 'UNCERTAIN';
    const baseMs = retryClass === 'THROTTLING' ? Retry.throttlingDelay() : retries.baseDelay;
    const delayMs = Math.floor(this.#caller.random.float() * baseMs * 2 ** (this.#attempts - 1));
    const isTooLate = this.#time.nowMs + delayMs >= this.#deadlineMs;
    if (isTooLate) this.#time.after(this.#deadlineMs - this.#time.nowMs, () => this.#fail(aborted()));
    else this.#time.after(delayMs, () => this.attempt());
  }

  #fail(error: unknown): void {
    if (this.#isSilenceBefore) noteSilenceBefore(error);
    this.#reply.reject(error);
  }
}
