import type { Chance } from './chance.ts';
import type { Behavior } from './draw-history.ts';
import type { BankAccount, PspAnswer, PspCall, PspNotice } from './executor.ts';
import { dayMs, hourMs, minuteMs, secondMs, type VirtualClock } from './virtual-clock.ts';

/** For how long the PSP knows an idempotency key. */
export const keyLifeMs = 24 * hourMs;

export interface Payment {
  readonly currencyCode: string;
  readonly capturedAtMs: number | undefined;
}

export type RefundCall = PspCall & { readonly account?: BankAccount };

/** Money that the PSP has sent, or an authorization that it has released. */
export interface Movement {
  readonly operation: PspAnswer['operation'];
  readonly call: RefundCall;
  readonly pspReference: string;
  readonly acceptedAtMs: number;
  status: PspAnswer['status'];
  succeededAtMs?: number;
  /** When it failed after it was accepted. */
  failedAtMs?: number;
}

interface Circumstances {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly payments: ReadonlyMap<string, Payment>;
  /** Whether another call under a known key is refused; if not, it is answered as the first one. */
  readonly comparesCalls: boolean;
  /** What is done with the next call for a reference. */
  readonly nextBehavior: (reference: string) => Behavior;
  /** Whether money for a reference goes to a bank account. */
  readonly needsAccount: (reference: string) => boolean;
  readonly onNotice: (notice: PspNotice) => void;
  /** What happened, in words. */
  readonly note: (text: string) => void;
}

/** A PSP in virtual time, as merciless as real ones: it knows keys for a day, and shows a refund only after a while. */
export class FakePsp {
  readonly movements: Movement[] = [];
  /** References of which a call was refused by the bank: another call may be accepted. */
  readonly refused = new Set<string>();
  readonly #released = new Set<string>();
  /** By key: when it was first seen, with what, and the answer once there is one. */
  readonly #keys = new Map<string, { readonly atMs: number; readonly call: string; answer?: PspAnswer }>();
  readonly #in: Circumstances;

  constructor(circumstances: Circumstances) {
    this.#in = circumstances;
  }

  /** @param workMs how long the PSP works on it @throws Error while it works on the same key, or for another call under it */
  async receive(operation: PspAnswer['operation'], call: RefundCall, workMs: number): Promise<PspAnswer> {
    const { clock } = this.#in;
    const known = this.#keys.get(call.idempotencyKey);
    const content = JSON.stringify([operation, call]);
    if (known !== undefined && clock.nowMs - known.atMs < keyLifeMs) {
      const isOther = known.call !== content;
      if (isOther && this.#in.comparesCalls) throw new Error('The idempotency key was used for another call.');
      if (known.answer === undefined) throw new Error('The PSP still works on a call with this idempotency key.');
      return known.answer;
    }
    const key: { readonly atMs: number; readonly call: string; answer?: PspAnswer } = {
      atMs: clock.nowMs,
      call: content,
    };
    this.#keys.set(call.idempotencyKey, key);
    await clock.pause(workMs);
    key.answer = operation === 'RELEASE' ? this.#release(call) : this.#refund(call);
    return key.answer;
  }

  /** What the PSP shows under a reference. */
  find(reference: string): PspAnswer | undefined {
    const shown = this.movements.find(
      ({ call, acceptedAtMs }) => call.reference === reference && acceptedAtMs + 10 * minuteMs <= this.#in.clock.nowMs,
    );
    return shown && answerOf(shown);
  }

  #release(call: PspCall): PspAnswer {
    const refusal = this.#refusalOf(call) ?? (this.#isCaptured(call) ? 'CAPTURED' : undefined);
    if (refusal !== undefined) return this.#refuse('RELEASE', call, refusal);
    if (this.#released.has(call.payment)) return this.#refuse('RELEASE', call, 'RELEASED_BEFORE');
    this.#released.add(call.payment);
    return answerOf(this.#accept('RELEASE', call, 'SUCCEEDED'));
  }

  #refund(call: RefundCall): PspAnswer {
    const refusal = this.#refusalOf(call) ?? (this.#isCaptured(call) ? undefined : 'NOT_CAPTURED');
    if (refusal !== undefined) return this.#refuse('REFUND', call, refusal);
    if (this.#in.needsAccount(call.reference) && call.account === undefined) {
      return this.#refuse('REFUND', call, 'ACCOUNT_MISSING');
    }
    const behavior = this.#in.nextBehavior(call.reference);
    if (behavior === 'REFUSES') {
      this.refused.add(call.reference);
      return this.#refuse('REFUND', call, 'INSUFFICIENT_BALANCE');
    }
    const isLate = behavior === 'SUCCEEDS_LATER' || behavior === 'FAILS_LATER';
    const movement = this.#accept('REFUND', call, isLate ? 'PENDING' : 'SUCCEEDED');
    const accepted = answerOf(movement);
    const { clock, chance } = this.#in;
    if (behavior === 'SUCCEEDS_LATER') {
      clock.after(chance.between(minuteMs, 3 * dayMs), () => this.#become(movement, 'SUCCEEDED'));
    }
    if (behavior === 'FAILS_LATER' || behavior === 'COMES_BACK') {
      clock.after(chance.between(minuteMs, 10 * dayMs), () => this.#become(movement, 'FAILED'));
    }
    return accepted;
  }

  #isCaptured({ payment }: PspCall): boolean {
    const { capturedAtMs = Infinity } = this.#in.payments.get(payment) ?? {};
    return capturedAtMs <= this.#in.clock.nowMs && !this.#released.has(payment);
  }

  #refusalOf({ payment, currencyCode, amount }: PspCall): string | undefined {
    const paid = this.#in.payments.get(payment);
    if (paid === undefined) return 'UNKNOWN_PAYMENT';
    if (paid.currencyCode !== currencyCode) return 'OTHER_CURRENCY';
    return amount > 0 ? undefined : 'AMOUNT_NOT_POSITIVE';
  }

  #refuse(operation: PspAnswer['operation'], { reference }: PspCall, code: string): PspAnswer {
    this.#in.note(`PSP refuses ${operation} for ${reference}: ${code}`);
    return { operation, status: 'FAILED', code };
  }

  #accept(operation: PspAnswer['operation'], call: RefundCall, status: PspAnswer['status']): Movement {
    const pspReference = `psp_${this.movements.length + 1}`;
    const atMs = this.#in.clock.nowMs;
    const movement: Movement = { operation, call, status, pspReference, acceptedAtMs: atMs };
    if (status === 'SUCCEEDED') movement.succeededAtMs = atMs;
    this.movements.push(movement);
    this.#in.note(`PSP accepts ${operation} for ${call.reference}: ${status}, ${pspReference}`);
    // A success at once has a notice too, which may come before the answer does.
    if (status !== 'PENDING' && operation === 'REFUND') this.#announce(movement);
    return movement;
  }

  #become(movement: Movement, status: 'SUCCEEDED' | 'FAILED'): void {
    movement.status = status;
    movement[status === 'FAILED' ? 'failedAtMs' : 'succeededAtMs'] = this.#in.clock.nowMs;
    this.#in.note(`PSP: ${movement.pspReference} for ${movement.call.reference} is ${status} now`);
    this.#announce(movement);
  }

  /** Once or twice, and late enough to come after those that follow it. */
  #announce(movement: Movement): void {
    const { clock, chance, onNotice } = this.#in;
    const notice: PspNotice = { ...answerOf(movement), reference: movement.call.reference };
    const times = chance.percent(30) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const lateMs = chance.percent(20) ? chance.between(minuteMs, 2 * dayMs) : chance.between(0, 5 * secondMs);
      clock.after(lateMs, () => onNotice(notice));
    }
  }
}

function answerOf({ operation, status, pspReference }: Movement): PspAnswer {
  return { operation, status, pspReference, ...(status === 'FAILED' ? { code: 'RETURNED_BY_BANK' } : {}) };
}
