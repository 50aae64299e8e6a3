import { exponentOf, toMajorUnits } from '../../lambda/domain/money.ts';
import { type DescribedLine, totalOf } from '../../lambda/domain/new-order.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { platformSource } from '../../lambda/events/event-names.ts';
import type { PlatformMessage } from '../../lambda/events/platform-event.ts';

/**
 * The events by which an order of which nothing was canceled comes in, in the sequence in which they become true. One
 * that is captured takes a single event, which has the whole order. The same order always has the same ids.
 */
export function eventsOf(order: Order, atMs: number): PlatformMessage[] {
  const { storeId, orderNo, currencyCode, refundMethod, paymentStatus } = order;
  const id = { storeId, orderNo };
  const items = linesOf(order);
  const about = (what: string) => ({
    specversion: '1.0' as const,
    id: `${storeId}.${orderNo}.${what}`,
    source: platformSource,
    time: new Date(atMs).toISOString(),
  });
  if (paymentStatus === 'CAPTURED') {
    const amount = toMajorUnits(totalOf(order), exponentOf(currencyCode));
    const data = { ...id, currencyCode, amount, order: { refundMethod, items } };
    return [{ ...about('captured'), type: 'payment.captured.v1', data }];
  }
  const registered = {
    ...about('registered'),
    type: 'order.registered.v1',
    data: { ...id, currencyCode, refundMethod, items },
  } as const;
  if (paymentStatus === 'AUTHORIZED') {
    return [registered, { ...about('authorized'), type: 'payment.authorized.v1', data: id }];
  }
  if (paymentStatus === 'FAILED') return [registered, { ...about('failed'), type: 'payment.failed.v1', data: id }];
  return [registered];
}

/** Amounts in major units, per unit. */
function linesOf({ lines, currencyCode }: Order): DescribedLine[] {
  const major = (minor: bigint) => toMajorUnits(minor, exponentOf(currencyCode));
  return lines.map(({ seq, itemType, itemId, quantity, unitAmountMinor, unitTaxMinor }) => ({
    seq,
    itemType,
    itemId,
    quantity,
    amount: major(unitAmountMinor),
    taxAmount: major(unitTaxMinor),
  }));
}
