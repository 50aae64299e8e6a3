import type { PaymentStatus } from './order.ts';

/** What an event says of a payment, by the status that it leads to. */
export type PaymentChange = 'AUTHORIZED' | 'CAPTURED' | 'FAILED';

/** In which statuses an event takes effect, and in which it was taken already. In all others it contradicts. */
export interface Transition {
  readonly from: readonly PaymentStatus[];
  readonly done: readonly PaymentStatus[];
}

/**
 * The payment status as a join: whatever the sequence of events, and however often they come, it ends in the same
 * status. The one place of it: the judgement and the condition of the write are both made of this.
 */
export const paymentTransitions = {
  AUTHORIZED: {
    from: ['REQUESTED'],
    // A void lets go of an authorization, whenever it was made.
    done: ['AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED', 'VOIDED'],
  },
  CAPTURED: {
    // Not from VOIDED: such a capture is a late deposit, which the void's execution pays back.
    from: ['REQUESTED', 'AUTHORIZED'],
    done: ['CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED'],
  },
  FAILED: { from: ['REQUESTED', 'AUTHORIZED'], done: ['FAILED'] },
} as const satisfies Readonly<Record<PaymentChange, Transition>>;

/** What an event does to a payment in a status. */
export type Effect = 'TAKES_EFFECT' | 'DONE' | 'CONTRADICTS';

export function effectOf(change: PaymentChange, status: PaymentStatus): Effect {
  const { from, done }: Transition = paymentTransitions[change];
  if (from.includes(status)) return 'TAKES_EFFECT';
  return done.includes(status) ? 'DONE' : 'CONTRADICTS';
}
