import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { requestDigestOf } from '../../lambda/cancel/request-digest.ts';
import { applyCancellation } from '../../lambda/domain/apply-cancellation.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import { decideCancellation } from '../../lambda/domain/decide-cancellation.ts';
import { exponentOf, toMajorUnits, toMinorUnits } from '../../lambda/domain/money.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { canceledOf, capturedOrder, requestFor, requestForRest, wishes } from '../support/arbitraries.ts';

/** The order after a request, which is the same order where the request is refused. */
function after(order: Order, request: CancellationRequest): Order {
  const decision = decideCancellation(order, request, order.currencyCode);
  return decision.ok ? applyCancellation(order, decision.cancellation) : order;
}

const sequence = fc.array(wishes, { maxLength: 8 });

describe('a sequence of cancellations of any captured order', () => {
  test('never cancels more than was paid, in any line, of units, amount or tax', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        let current = order;
        for (const wished of requests) {
          const next = after(current, requestFor(current, wished));
          for (const [index, { quantity, unitAmountMinor, unitTaxMinor, canceled }] of next.lines.entries()) {
            const before = current.lines[index]?.canceled ?? canceled;
            expect(canceled.units).toBeLessThanOrEqual(quantity);
            expect(canceled.amountMinor).toBeLessThanOrEqual(BigInt(quantity) * unitAmountMinor);
            expect(canceled.taxMinor).toBeLessThanOrEqual(BigInt(quantity) * unitTaxMinor);
            expect(canceled.units).toBeGreaterThanOrEqual(before.units);
            expect(canceled.amountMinor).toBeGreaterThanOrEqual(before.amountMinor);
            expect(canceled.taxMinor).toBeGreaterThanOrEqual(before.taxMinor);
          }
          current = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('leaves enough units for the amount that remains, and none when nothing of it remains', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        const { lines } = requests.reduce((current, wished) => after(current, requestFor(current, wished)), order);
        for (const { quantity, unitAmountMinor, canceled } of lines) {
          const remainingUnits = quantity - canceled.units;
          const remainingMinor = BigInt(quantity) * unitAmountMinor - canceled.amountMinor;
          expect(remainingMinor).toBeLessThanOrEqual(BigInt(remainingUnits) * unitAmountMinor);
          expect(unitAmountMinor === 0n || remainingMinor > 0n || remainingUnits === 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is CANCELED when every unit is, and not before', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        for (let current = order, step = 0; step < requests.length; step += 1) {
          const next = after(current, requestFor(current, requests[step] ?? []));
          const isDone = next.lines.every(({ quantity, canceled }) => canceled.units === quantity);
          const expected = isDone ? 'CANCELED' : 'PARTIALLY_CANCELED';
          expect(next.paymentStatus).toBe(next === current ? current.paymentStatus : expected);
          current = next;
        }
      }),
    );
  });

  test('can be completed: whatever remains can be canceled', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        let current = requests.reduce((before, wished) => after(before, requestFor(before, wished)), order);
        // First the whole units of a line, then what remains of one unit: two rounds at most.
        for (let round = 0; round < 2; round += 1) {
          for (const index of current.lines.keys()) {
            const line = current.lines[index];
            const restRequest = line && requestForRest(current, line);
            if (restRequest === undefined) continue;
            const decision = decideCancellation(current, restRequest, current.currencyCode);
            expect(decision).toMatchObject({ ok: true });
            current = after(current, restRequest);
          }
        }
        expect(current.paymentStatus).toBe('CANCELED');
        const paidMinor = order.lines.reduce((sum, line) => sum + BigInt(line.quantity) * line.unitAmountMinor, 0n);
        expect(canceledOf(current).amountMinor).toBe(paidMinor);
      }),
      { numRuns: 300 },
    );
  });

  test('takes what it is asked for, no more and no less', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        let current = order;
        for (const wished of requests) {
          const decision = decideCancellation(current, requestFor(current, wished), current.currencyCode);
          if (!decision.ok) continue;
          const before = canceledOf(current);
          current = applyCancellation(current, decision.cancellation);
          const { items } = decision.cancellation;
          const takenMinor = items.reduce((sum, { quantity, amountMinor }) => sum + BigInt(quantity) * amountMinor, 0n);
          const taxMinor = items.reduce((sum, { quantity, taxMinor: tax = 0n }) => sum + BigInt(quantity) * tax, 0n);
          expect(canceledOf(current)).toEqual({
            amountMinor: before.amountMinor + takenMinor,
            taxMinor: before.taxMinor + taxMinor,
          });
        }
      }),
    );
  });
});

describe('a decision', () => {
  test('does not depend on the order of the items, and neither does the digest', () => {
    fc.assert(
      fc.property(capturedOrder, wishes, fc.infiniteStream(fc.nat()), (order, wished, chance) => {
        const request = requestFor(order, wished);
        const seqs = request.items.map(({ seq }) => seq);
        fc.pre(new Set(seqs).size === seqs.length);
        const ranked = request.items.map((item) => ({ item, rank: Number(chance.next().value) }));
        const items = ranked.sort((one, other) => one.rank - other.rank).map(({ item }) => item);
        const shuffled = { ...request, items };
        const decision = decideCancellation(order, request, order.currencyCode);
        const again = decideCancellation(order, shuffled, order.currencyCode);
        expect(again.ok).toBe(decision.ok);
        expect(after(order, shuffled)).toEqual(after(order, request));
        expect(requestDigestOf(shuffled)).toBe(requestDigestOf(request));
      }),
    );
  });

  test('refuses another total, by however little', () => {
    fc.assert(
      fc.property(capturedOrder, wishes, fc.bigInt(1n, 1000n), (order, wished, more) => {
        const request = requestFor(order, wished);
        const exponent = exponentOf(order.currencyCode);
        const totalMinor = toMinorUnits(request.totalCancelAmount, exponent) ?? 0n;
        const totalCancelAmount = toMajorUnits(totalMinor + more, exponent);
        const decision = decideCancellation(order, { ...request, totalCancelAmount }, order.currencyCode);
        const reasons = decision.ok ? [] : decision.violations.map(({ reason }) => reason);
        expect(reasons).toContain('TOTAL_MISMATCH');
      }),
    );
  });

  test('lists every violation with a place, and with what remains of the line where it is known', () => {
    fc.assert(
      fc.property(capturedOrder, wishes, (order, wished) => {
        const decision = decideCancellation(order, requestFor(order, wished), order.currencyCode);
        if (decision.ok) return;
        expect(decision.violations.length).toBeGreaterThan(0);
        const withoutRemaining = decision.violations.filter(
          ({ at, remaining }) => 'field' in at && at.field.startsWith('/items/') && remaining === undefined,
        );
        expect(withoutRemaining).toEqual([]);
      }),
    );
  });
});

/** Wishes for all of an order. */
const complete = (order: Order) =>
  order.lines.map(({ quantity }, line) => ({ line, quantity, amountPercent: 100n, taxPercent: undefined }));

describe('before capture', () => {
  const authorized = capturedOrder.map((order): Order => ({ ...order, paymentStatus: 'AUTHORIZED' }));
  test('the complete order passes and is voided', () => {
    fc.assert(
      fc.property(authorized, (order) => {
        const decision = decideCancellation(order, requestFor(order, complete(order)), order.currencyCode);
        expect(decision).toMatchObject({ ok: true, cancellation: { kind: 'VOID', nextStatus: 'VOIDED' } });
      }),
    );
  });

  test('nothing but the complete order passes', () => {
    fc.assert(
      fc.property(authorized, wishes, fc.boolean(), (order, wished, replacesOne) => {
        const [first] = wished;
        const wishedOrReplaced = replacesOne && first ? [first, ...complete(order).slice(1)] : wished;
        const request = requestFor(order, wishedOrReplaced);
        const decision = decideCancellation(order, request, order.currencyCode);
        const isComplete = order.lines.every((line) => {
          const items = request.items.filter(({ seq }) => seq === line.seq);
          const whole = requestFor(order, complete(order)).items.find(({ seq }) => seq === line.seq);
          return items.length === 1 && items[0]?.quantity === line.quantity && items[0]?.amount === whole?.amount;
        });
        expect(decision.ok && !isComplete).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
