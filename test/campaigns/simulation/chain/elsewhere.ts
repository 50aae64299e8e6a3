// Independent of the service on purpose: what money that went back elsewhere has to become is worked out anew.

import type { CancellationData } from '../../../../lambda/contract/cancellation-data.ts';
import { decideCancellation } from '../../../../lambda/domain/decide-cancellation.ts';
import { type CancellationRow, orderOf, type OrderRow } from '../../../../lambda/dynamodb/items.ts';
import { majorUnits } from '../../../support/expected-event.ts';
import type { Change } from '../dynamodb.ts';
import { BrokenPromise } from '../history.ts';
import { amountLeft, checkTransaction } from '../invariants.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { SentEvent } from './sent-events.ts';

const prefix = 'P#';

export function isOfPlatform({ cancellationKey }: Pick<CancellationRow, 'cancellationKey'>): boolean {
  return cancellationKey.startsWith(prefix);
}

/** Money that went back elsewhere is recorded as one event says, to the letter, under its id. @throws BrokenPromise */
export function checkElsewhere(changes: readonly Change[], orders: OrderLedger): void {
  const { before, record, account } = checkTransaction(changes);
  const isSaid = orders
    .sentOf(record.orderKey)

    .filter(({ kind, id }) => kind === 'REFUNDED_ELSEWHERE' && keyOf(id) === record.cancellationKey)
    .some((event) => event.order.currencyCode === before.cur && isOfItems(event, record));
  if (!isSaid) throw new BrokenPromise('What went back elsewhere is recorded, and no event has said so.');
  for (const { s, t, a } of record.lines) {
    const line = before.lines.find((other) => other.s === s);
    const left = line && amountLeft(line);
    if (left && left.amount > 0n && t !== (left.tax * a) / left.amount) {
      throw new BrokenPromise('What went back elsewhere has another tax than its share.');
    }
  }
  const isRefund = record.kind === 'REFUND' && account === undefined && record.tag === undefined;
  if (!isRefund) throw new BrokenPromise('What went back elsewhere is no refund, or has an account.');
}

/** What a record of money that went back elsewhere is stored under. @param id of the event */
export function keyOf(id: string): string {
  return `${prefix}${id}`;
}

/** Whether a record takes what an event names, and nothing else. */
export function isOfItems({ items, order: { currencyCode } }: SentEvent, { lines, data }: CancellationRow): boolean {
  const said = (JSON.parse(data) as CancellationData).items;
  return (
    lines.length === items.length &&
    said.length === items.length &&
    items.every(({ seq, quantity, amountMinor }) => {
      const amount = majorUnits(amountMinor, currencyCode);
      const isTaken = lines.some(({ s, a }) => s === BigInt(seq) && a === BigInt(quantity) * amountMinor);
      // Only that says how many units less than their amounts were of.
      return isTaken && said.some((item) => item.seq === seq && item.quantity === quantity && item.amount === amount);
    })
  );
}

/** Whether all of it can still go back. What is left of an order only gets less. */
export function fits({ items, order: { currencyCode } }: SentEvent, row: OrderRow): boolean {
  const order = { ...orderOf(row), refundMethod: 'ORIGINAL' } as const;
  const major = (minor: bigint) => majorUnits(minor, currencyCode);
  const total = items.reduce((sum, { quantity, amountMinor }) => sum + BigInt(quantity) * amountMinor, 0n);
  const request = {
    orderNo: order.orderNo,
    totalCancelAmount: major(total),
    items: items.flatMap(({ seq, quantity, amountMinor }) => {
      const line = order.lines.find((other) => other.seq === seq);
      if (line === undefined) return [];
      return [{ seq, itemType: line.itemType, itemId: line.itemId, quantity, amount: major(amountMinor) }];
    }),
  };
  return request.items.length === items.length && decideCancellation(order, request, currencyCode).ok;
}
