import { differenceOf, totalOf } from './new-order.ts';
import type { Order, OrderId } from './order.ts';
import { effectOf, type PaymentChange } from './payment-transitions.ts';
import type { ElsewhereItem } from './refunded-elsewhere.ts';

/** What a platform says of an order or its payment, read and checked. Amounts in minor units. */
export type PlatformEvent = OrderRegistered | PaymentChanged | PaymentCaptured | RefundedElsewhere;

export interface OrderRegistered {
  readonly kind: 'REGISTERED';
  readonly id: OrderId;
  readonly order: Order;
}

export interface PaymentChanged {
  readonly kind: 'AUTHORIZED' | 'FAILED';
  readonly id: OrderId;
}

export interface PaymentCaptured {
  readonly kind: 'CAPTURED';
  readonly id: OrderId;
  readonly currencyCode: string;
  /** The whole order. */
  readonly amountMinor: bigint;
  /** The order itself, CAPTURED, if the event brings it along. */
  readonly order: Order | undefined;
}

/** Money that went back without this service: refunded at the PSP, or charged back. */
export interface RefundedElsewhere {
  readonly kind: 'REFUNDED_ELSEWHERE';
  readonly id: OrderId;
  /** The event's own id. */
  readonly eventId: string;
  readonly currencyCode: string;
  readonly items: readonly ElsewhereItem[];
}

/** An event about the status of a payment. */
export type StatusEvent = Exclude<PlatformEvent, RefundedElsewhere>;

/** What an event does to an order as it is. */
export type EventVerdict =
  /** The order is put: there is none under its number. */
  | { readonly kind: 'PUT'; readonly order: Order }
  | { readonly kind: 'CHANGE'; readonly change: PaymentChange }
  /** It was taken before, or a later one was. */
  | { readonly kind: 'WITHOUT_EFFECT' }
  /** What it is about may still come. */
  | { readonly kind: 'NOT_YET' }
  /** A capture of an order that was canceled before: its money has to go back. */
  | { readonly kind: 'LATE_DEPOSIT' }
  | Refusal;

/** It can never be taken: a field of its data, as a JSON Pointer, and a sentence that goes on from it. */
export interface Refusal {
  readonly kind: 'REFUSED';
  readonly field: string;
  readonly problem: string;
}

/** Judges what an event says of a payment. What it changes is written on the condition that this still holds. */
export function judgeEvent(event: StatusEvent, order: Order | undefined): EventVerdict {
  const brought = event.kind === 'REGISTERED' || event.kind === 'CAPTURED' ? event.order : undefined;
  if (order === undefined) return brought === undefined ? { kind: 'NOT_YET' } : { kind: 'PUT', order: brought };
  const difference = brought && differenceOf(order, brought);
  if (difference !== undefined) {
    // A captured event has the currency beside the order.
    const within = event.kind === 'CAPTURED' && difference !== 'currencyCode' ? '/data/order' : '/data';
    return refusal(`${within}/${difference}`, 'is not that of the order which is registered under this number');
  }
  if (event.kind === 'REGISTERED') return { kind: 'WITHOUT_EFFECT' };
  if (event.kind === 'CAPTURED') {
    if (event.currencyCode !== order.currencyCode) {
      return refusal('/data/currencyCode', 'is not the currency of the order');
    }
    if (event.amountMinor !== totalOf(order)) {
      return refusal('/data/amount', 'is not the total of the order: only a whole order is captured');
    }
    if (order.paymentStatus === 'VOIDED') return { kind: 'LATE_DEPOSIT' };
  }
  switch (effectOf(event.kind, order.paymentStatus)) {
    case 'TAKES_EFFECT':
      return { kind: 'CHANGE', change: event.kind };
    case 'DONE':
      return { kind: 'WITHOUT_EFFECT' };
    case 'CONTRADICTS':
      return refusal('/type', `contradicts the payment, which is ${order.paymentStatus}`);
  }
}

export function refusal(field: string, problem: string): Refusal {
  return { kind: 'REFUSED', field, problem };
}
