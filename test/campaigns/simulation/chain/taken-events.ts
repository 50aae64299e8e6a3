// Independent of the service on purpose: what has to become of an event is worked out anew, from the states that its order
// had and the executions of its void.

import type { PaymentStatus } from '../../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../../lambda/dynamodb/items.ts';
import type { ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { BrokenPromise } from '../history.ts';
import { isUnpaid } from '../order-model.ts';
import { fits, isOfItems, keyOf } from './elsewhere.ts';
import type { Ledger } from './ledger.ts';
import { isContradictedBy, type OrderLedger, statusOf } from './order-ledger.ts';
import { bringsOrder, type SentEvent } from './sent-events.ts';

/** One delivery of an event to the function that takes it. */
export interface EventDelivery {
  readonly event: SentEvent;
  /** Whether what it is about was not there when the function got it. */
  readonly wasNotYet: boolean;
  /** Whether the function has put it among the dead letters since. */
  isKept: boolean;
}

/** The statuses that say that an event was taken, or that it need not be. */
const doneIn: Readonly<Partial<Record<PaymentStatus, readonly PaymentStatus[]>>> = {
  AUTHORIZED: ['AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED', 'VOIDED'],
  CAPTURED: ['CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED'],
  FAILED: ['FAILED'],
};

/** Refunds, as the ledger has noted them and as who reads the tables sees them. */
export interface VisibleRefunds {
  readonly ledger: Ledger;
  recordAt(key: Pick<CancellationRow, 'orderKey' | 'cancellationKey'>): CancellationRow | undefined;
  executionAt(key: Pick<ExecutionRow, 'orderKey' | 'rid'>): ExecutionRow | undefined;
}

/** Judges what becomes of events. */
export class EventJudge {
  readonly #orders: OrderLedger;
  readonly #refunds: VisibleRefunds;

  constructor(orders: OrderLedger, refunds: VisibleRefunds) {
    this.#orders = orders;
    this.#refunds = refunds;
  }

  /** Whether what an event is about may still come. */
  isNotYet(event: SentEvent): boolean {
    const { orderKey, kind } = event;
    const row = this.#orders.presentOf(orderKey);
    if (row === undefined) return !bringsOrder(kind);
    if (kind === 'REFUNDED_ELSEWHERE') return isUnpaid(row.st);
    if (statusOf(event) !== 'CAPTURED' || row.st !== 'VOIDED') return false;
    const present = this.#voidOf(orderKey).at(-1);
    return present === undefined || present.st === 'REQUESTED' || present.st === 'PENDING';
  }

  /** An event that the function has finished has taken effect, needs none, or is kept. @throws BrokenPromise when it is lost */
  checkFinished({ event, isKept }: EventDelivery): void {
    const { orderKey, isMalformed } = event;
    if (isKept) return;
    if (isMalformed) throw new BrokenPromise('An event that cannot be taken is not among the dead letters.');
    const states = this.#orders.statesOf(orderKey);
    const [first] = states;
    if (first === undefined) throw new BrokenPromise('An event was finished before its order is there.');
    if (isContradictedBy(event, first)) {
      throw new BrokenPromise('An event that contradicts its order is not among the dead letters.');
    }
    if (event.kind === 'REFUNDED_ELSEWHERE') {
      const record = this.#recordOf(event);
      if (record === undefined) throw new BrokenPromise('Money that went back elsewhere is lost.');
      if (!isOfItems(event, record))
        throw new BrokenPromise('Two events with one id are not the same, and one is lost.');
      return;
    }
    const status = statusOf(event);
    if (status === undefined || states.some(({ st }) => doneIn[status]?.includes(st))) return;
    const isGoingBack = status === 'CAPTURED' && this.#voidOf(orderKey).some(isOfCaptured);
    if (!isGoingBack) throw new BrokenPromise(`A payment is ${status}, and the event that says so is lost.`);
  }

  /** Only what nobody could take is kept. @throws BrokenPromise */
  checkKept({ event }: EventDelivery, reason: string): void {
    if (reason === '') throw new BrokenPromise('A dead letter has no reason.');
    if (event.isMalformed) return;
    const row = this.#orders.presentOf(event.orderKey);
    const isContradicted = row !== undefined && (isContradictedBy(event, row) || this.#isTooLate(event, row.st));
    if (isContradicted) return;
    if (event.kind === 'REFUNDED_ELSEWHERE' && row !== undefined && !isUnpaid(row.st)) {
      const record = this.#recordOf(event);
      if (record === undefined ? !fits(event, row) : !isOfItems(event, record)) return;
    }
    throw new BrokenPromise('An event is among the dead letters although it can be taken.');
  }

  /** Whether a payment has ended in another way than an event says. */
  #isTooLate(event: SentEvent, present: PaymentStatus): boolean {
    const status = statusOf(event);
    if (status === 'FAILED') return present !== 'FAILED' && !isUnpaid(present);
    return status !== undefined && present === 'FAILED';
  }

  #recordOf({ orderKey, id }: SentEvent): CancellationRow | undefined {
    return this.#refunds.recordAt({ orderKey, cancellationKey: keyOf(id) });
  }

  /** The states of the execution that began as a void. */
  #voidOf(orderKey: string): readonly ExecutionRow[] {
    const record = this.#refunds.ledger.recordsOf(orderKey).find(({ kind }) => kind === 'VOID');
    if (record === undefined) return [];
    const { rid } = record;
    const visible = this.#refunds.executionAt({ orderKey, rid });
    return [...(this.#refunds.ledger.states.get(rid) ?? []), ...(visible ? [visible] : [])];
  }
}

/** Whether money that was taken is going back: as a late deposit, or by the executor of the void. */
export function isOfCaptured({ kind, how }: ExecutionRow): boolean {
  return kind === 'REFUND' || how === 'REFUNDED';
}
