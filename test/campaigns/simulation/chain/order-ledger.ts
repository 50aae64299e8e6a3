// Independent of the service on purpose, as ledger.ts is.

import type { Order } from '../../../../lambda/domain/order.ts';
import type { LineRow, OrderRow } from '../../../../lambda/dynamodb/items.ts';
import type { Change } from '../dynamodb.ts';
import { BrokenPromise } from '../history.ts';
import { checkOrderChange } from './order-changes.ts';
import { bringsOrder, type SentEvent } from './sent-events.ts';

/** Every state that an order had, and what the platform has said of it. */
export class OrderLedger {
  readonly #states = new Map<string, OrderRow[]>();
  /** Those that can be taken, by their orders. */
  readonly #sent = new Map<string, SentEvent[]>();
  readonly #visible: (orderKey: string) => OrderRow | undefined;

  /** @param visible an order as who reads it sees it: of a transaction that is being applied as it will be */
  constructor(visible: (orderKey: string) => OrderRow | undefined) {
    this.#visible = visible;
  }

  noteSent(event: SentEvent): void {
    if (!event.isMalformed) this.sentOf(event.orderKey).push(event);
  }

  sentOf(orderKey: string): SentEvent[] {
    let sent = this.#sent.get(orderKey);
    if (sent === undefined) this.#sent.set(orderKey, (sent = []));
    return sent;
  }

  statesOf(orderKey: string): readonly OrderRow[] {
    const states = this.#states.get(orderKey) ?? [];
    const visible = this.#visible(orderKey);
    return visible === undefined || visible === states.at(-1) ? states : [...states, visible];
  }

  presentOf(orderKey: string): OrderRow | undefined {
    return this.statesOf(orderKey).at(-1);
  }

  /** Whether an event says that money was taken of an order that was voided. */
  isCapturedAfterVoid(orderKey: string): boolean {
    const row = this.presentOf(orderKey);
    return (
      row?.st === 'VOIDED' &&
      this.sentOf(orderKey).some((event) => statusOf(event) === 'CAPTURED' && !isContradictedBy(event, row))
    );
  }

  /** Every order that there is. */
  presentOrders(): OrderRow[] {
    return [...this.#states.values()].flatMap((states) => states.slice(-1));
  }

  /** @param isCanceled whether a cancellation was committed with the change @param isBeginning of the history */
  note({ before, after }: Change, isCanceled: boolean, isBeginning: boolean): void {
    const row = after as unknown as OrderRow;
    const states = this.#states.get(row.orderKey);
    if (before === undefined) {
      if (!isBeginning) this.#checkNew(row);
      this.#states.set(row.orderKey, [row]);
      return;
    }
    checkOrderChange(before, after);
    if (!isCanceled) this.#checkChange(before as unknown as OrderRow, row);
    states?.push(row);
  }

  /** An order that comes in is what an event says, from its first version on. */
  #checkNew(row: OrderRow): void {
    const isExplained = this.sentOf(row.orderKey).some(({ kind, order }) => {
      const status = kind === 'REGISTERED' ? 'REQUESTED' : 'CAPTURED';
      return bringsOrder(kind) && row.st === status && row.v === 1n && isSameOrder(row, order);
    });
    if (!isExplained) throw new BrokenPromise('An order has come in that no event has brought.');
  }

  /** An event changes the status, as it says, and nothing else. */
  #checkChange(before: OrderRow, row: OrderRow): void {
    const isExplained = this.sentOf(row.orderKey).some(
      (event) => statusOf(event) === row.st && !isContradictedBy(event, before),
    );
    if (!isExplained) throw new BrokenPromise(`A payment is ${row.st}, and no event has said so.`);
    if (before.cur !== row.cur || before.rm !== row.rm || before.lines !== row.lines) {
      throw new BrokenPromise('An event has changed more of an order than its payment.');
    }
  }
}

export function statusOf({ kind }: SentEvent): OrderRow['st'] | undefined {
  if (kind === 'CAPTURED_WITH_ORDER') return 'CAPTURED';
  return kind === 'REGISTERED' || kind === 'REFUNDED_ELSEWHERE' ? undefined : kind;
}

/** Whether an event is of another order, or of another amount, than there is under its number. */
export function isContradictedBy({ kind, order, amountMinor }: SentEvent, row: OrderRow): boolean {
  if (kind === 'AUTHORIZED' || kind === 'FAILED') return false;
  if (order.currencyCode !== row.cur) return true;
  if (kind === 'REFUNDED_ELSEWHERE') return false;
  if (bringsOrder(kind) && !isSameOrder(row, order)) return true;
  return kind !== 'REGISTERED' && amountMinor !== row.lines.reduce((sum, { q, a }) => sum + q * a, 0n);
}

function isSameOrder({ cur, rm, lines }: OrderRow, order: Order): boolean {
  return (
    cur === order.currencyCode &&
    rm === order.refundMethod &&
    lines.length === order.lines.length &&
    lines.every((line) => order.lines.some((other) => isSameLine(line, other)))
  );
}

function isSameLine({ s, ty, id, q, a, t }: LineRow, other: Order['lines'][number]): boolean {
  return (
    s === BigInt(other.seq) &&
    ty === other.itemType &&
    id === other.itemId &&
    q === BigInt(other.quantity) &&
    a === other.unitAmountMinor &&
    t === other.unitTaxMinor
  );
}
