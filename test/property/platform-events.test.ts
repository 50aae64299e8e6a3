import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyCancellation } from '../../lambda/domain/apply-cancellation.ts';
import { type Order, paymentStatuses } from '../../lambda/domain/order.ts';
import { effectOf } from '../../lambda/domain/payment-transitions.ts';
import { judgeEvent, type StatusEvent } from '../../lambda/domain/platform-event.ts';
import {
  cancellationOfElsewhere,
  decideElsewhere,
  type ElsewhereItem,
} from '../../lambda/domain/refunded-elsewhere.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';

const lines = [
  lineOf({ seq: 1, quantity: 3, unitAmountMinor: 1000n, unitTaxMinor: 90n }),
  lineOf({ seq: 2, itemId: 'D1', itemType: 'DELIVERY', quantity: 1, unitAmountMinor: 500n, unitTaxMinor: 0n }),
];
const order = orderOf({ lines, paymentStatus: 'REQUESTED' });
const id = { storeId: order.storeId, orderNo: order.orderNo };

interface Elsewhere {
  readonly kind: 'ELSEWHERE';
  readonly eventId: string;
  readonly item: ElsewhereItem;
}
type Event = StatusEvent | Elsewhere;

const registered: Event = { kind: 'REGISTERED', id, order };
const authorized: Event = { kind: 'AUTHORIZED', id };
const failed: Event = { kind: 'FAILED', id };
const captured: Event = { kind: 'CAPTURED', id, currencyCode: 'KRW', amountMinor: 3500n, order: undefined };
const withOrder: Event = { ...captured, order: { ...order, paymentStatus: 'CAPTURED' } };

/** Takes events one after the other, and those again that are too early, until nothing changes any more. */
function play(events: readonly Event[]): { readonly order: Order | undefined; readonly refused: number } {
  let present: Order | undefined;
  let refused = 0;
  const seen = new Set<string>();
  let waiting = [...events];
  for (;;) {
    const early: Event[] = [];
    for (const event of waiting) {
      if (event.kind === 'ELSEWHERE') {
        if (seen.has(event.eventId)) continue;
        const decision =
          present === undefined
            ? 'NOT_YET'
            : decideElsewhere(present, cancellationOfElsewhere(present, [event.item]), 'KRW');
        if (decision === 'NOT_YET') early.push(event);
        else if (!decision.ok) refused += 1;
        else {
          seen.add(event.eventId);
          present = present && applyCancellation(present, decision.cancellation);
        }
        continue;
      }
      const verdict = judgeEvent(event, present);
      if (verdict.kind === 'NOT_YET') early.push(event);
      else if (verdict.kind === 'REFUSED') refused += 1;
      else if (verdict.kind === 'PUT') present = verdict.order;
      else if (verdict.kind === 'CHANGE' && present !== undefined) {
        present = { ...present, paymentStatus: verdict.change, version: present.version + 1 };
      }
    }
    if (early.length === waiting.length) return { order: present, refused };
    waiting = early;
  }
}

/** The same events in any sequence, some of them several times. */
const shuffled = (events: readonly Event[]) =>
  fc
    .array(fc.constantFrom(...events), { maxLength: 6 })
    .chain((doubles) => fc.shuffledSubarray([...events, ...doubles], { minLength: events.length + doubles.length }));

const elsewhere = (eventId: string, seq: number, amount: number): Elsewhere => ({
  kind: 'ELSEWHERE',
  eventId,
  item: { seq, quantity: 1, amount },
});
const refunds = [elsewhere('a', 1, 1000), elsewhere('b', 1, 600), elsewhere('c', 2, 500), elsewhere('d', 1, 1400 / 2)];

const histories: ReadonlyArray<readonly [what: string, events: readonly Event[], status: string]> = [
  ['an order that is captured', [registered, authorized, captured], 'CAPTURED'],
  ['one that is captured without being authorized before', [registered, captured], 'CAPTURED'],
  ['one that comes in with its capture', [withOrder, authorized, registered], 'CAPTURED'],
  ['one that fails', [registered, failed], 'FAILED'],
  ['one that is refunded elsewhere', [registered, captured, ...refunds], 'PARTIALLY_CANCELED'],
  ['one that comes in with its history', [withOrder, ...refunds, elsewhere('e', 1, 700)], 'CANCELED'],
];

describe.each(histories)('%s', (_what, events, status) => {
  test('ends the same, however its events are doubled and shuffled', () => {
    const amountsOf = ({ order: end }: ReturnType<typeof play>) =>
      end?.lines.map(({ canceled: { units, amountMinor } }) => ({ units, amountMinor }));
    const straight = play(events);
    fc.assert(
      fc.property(shuffled(events), (any) => {
        const end = play(any);
        expect(end.order?.paymentStatus).toBe(status);
        expect(amountsOf(end)).toEqual(amountsOf(straight));
        expect(end.refused).toBe(0);
      }),
    );
  });
});

test('a payment only goes forward: no event leads back to where another one came from', () => {
  const changes = ['AUTHORIZED', 'CAPTURED', 'FAILED'] as const;
  const steps = changes.flatMap((change) =>
    paymentStatuses.filter((status) => effectOf(change, status) === 'TAKES_EFFECT').map((from) => `${from} ${change}`),
  );
  const back = steps.filter((step) => steps.includes(step.split(' ').toReversed().join(' ')));
  expect(back).toEqual([]);
  expect(steps).toHaveLength(5);
});
