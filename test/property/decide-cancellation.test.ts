import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { requestDigestOf } from '../../lambda/contract/request-digest.ts';
import { applyCancellation } from '../../lambda/domain/apply-cancellation.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import { decideCancellation } from '../../lambda/domain/decide-cancellation.ts';
import { exponentOf, toMajorUnits, toMinorUnits } from '../../lambda/domain/money.ts';
import { addAmounts, type LineAmounts } from '../../lambda/domain/line-amounts.ts';
import { type Order, type PaymentStatus, remainingOf } from '../../lambda/domain/order.ts';
import { lineOf } from '../../tools/in-memory/orders.ts';
import { capturedOrder, requestFor, requestForRest, type Wish, wishes } from '../support/arbitraries.ts';

/** The order after a request, which is the same order where the request is refused. */
function after(order: Order, request: CancellationRequest): Order {
  const decision = decideCancellation(order, request, order.currencyCode);
  return decision.ok ? applyCancellation(order, decision.cancellation) : order;
}

/** A quotient of amounts; 0 of nothing. */
function roundedDown(dividend: bigint, divisor: bigint): bigint {
  return divisor === 0n ? 0n : (dividend - (dividend % divisor)) / divisor;
}

function canceledIn({ lines }: Order): LineAmounts {
  return lines.map(({ canceled }) => canceled).reduce(addAmounts);
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
        current = cancelRests(cancelRests(current));
        expect(current.paymentStatus).toBe('CANCELED');
        const paid = order.lines.map((line) => remainingOf(line)).reduce(addAmounts);
        expect(canceledIn(current)).toEqual(paid);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves no more tax than amount of any line, so none of a line whose amount is gone', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        const { lines } = requests.reduce((current, wished) => after(current, requestFor(current, wished)), order);
        for (const remaining of lines.map(remainingOf)) {
          expect(remaining.taxMinor).toBeLessThanOrEqual(remaining.amountMinor);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('takes what it is asked for, no more and no less, and the share of the tax that is not asked for', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        let current = order;
        for (const wished of requests) {
          const decision = decideCancellation(current, requestFor(current, wished), current.currencyCode);
          if (!decision.ok) continue;
          for (const { lineIndex, quantity, amountMinor, taxMinor, taken } of decision.cancellation.items) {
            const left = remainingOf(current.lines[lineIndex] ?? lineOf());
            const amountTaken = BigInt(quantity) * amountMinor;
            expect(taken.amountMinor).toBe(amountTaken);
            expect(taken.taxMinor).toBe(
              taxMinor === undefined
                ? roundedDown(left.taxMinor * amountTaken, left.amountMinor)
                : BigInt(quantity) * taxMinor,
            );
          }
          const next = applyCancellation(current, decision.cancellation);
          const taken = decision.cancellation.items.map((item) => item.taken).reduce(addAmounts);
          expect(canceledIn(next)).toEqual(addAmounts(canceledIn(current), taken));
          current = next;
        }
      }),
    );
  });
});

describe('without taxAmount', () => {
  test('the canceled tax of a line that ends empty is exactly its tax, whatever its parts were', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, (order, requests) => {
        const canceled = requests.reduce(
          (current, wished) => after(current, requestFor(current, untaxed(wished))),
          order,
        );
        const emptied = cancelRests(cancelRests(canceled));
        for (const { quantity, unitTaxMinor, canceled: ofLine } of emptied.lines) {
          expect(ofLine.units).toBe(quantity);
          expect(ofLine.taxMinor).toBe(BigInt(quantity) * unitTaxMinor);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a request is refused for an amount or a quantity alone, never for a tax', () => {
    fc.assert(
      fc.property(capturedOrder, sequence, wishes, (order, requests, wished) => {
        const current = requests.reduce((before, each) => after(before, requestFor(before, each)), order);
        const decision = decideCancellation(current, requestFor(current, untaxed(wished)), current.currencyCode);
        const reasons = decision.ok ? [] : decision.violations.map(({ reason }) => reason);
        expect(reasons.filter((reason) => reason.includes('TAX'))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

function untaxed(wished: readonly Wish[]): Wish[] {
  return wished.map((wish) => ({ ...wish, taxPercent: undefined }));
}

/** The order after a request for the rest of each line, or for as much of it as one item can take. */
function cancelRests(order: Order): Order {
  return order.lines.reduce((current, _line, index) => {
    const line = current.lines[index];
    const restRequest = line && requestForRest(current, line);
    return restRequest === undefined ? current : after(current, restRequest);
  }, order);
}

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
  const authorized = fc
    .tuple(capturedOrder, fc.constantFrom<PaymentStatus>('REQUESTED', 'AUTHORIZED'))
    .map(([order, paymentStatus]): Order => ({ ...order, paymentStatus }));

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
