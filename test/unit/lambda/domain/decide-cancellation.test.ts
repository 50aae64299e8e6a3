import { describe, expect, test } from '@jest/globals';
import { applyCancellation } from '../../../../lambda/domain/apply-cancellation.ts';
import type { Cancellation } from '../../../../lambda/domain/cancellation.ts';
import type { OrderLine, PaymentStatus } from '../../../../lambda/domain/order.ts';
import { allowed, first, full, orderOfLine } from '../../../support/decisions.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

/** What is canceled of a line, and the order's status, after these items one after the other. */
function canceledAfter(
  line: Partial<OrderLine>,
  ...requested: ReadonlyArray<readonly [quantity: number, amount: number]>
) {
  let order = orderOfLine(line);
  for (const [quantity, amount] of requested) {
    const { items, nextStatus } = allowed(order, requestOf([itemOf({ quantity, amount })]));
    order = orderOfLine({ ...line, canceled: items[0]?.canceledAfter ?? zeroAmounts }, { paymentStatus: nextStatus });
  }
  return { units: order.lines[0]?.canceled.units, status: order.paymentStatus };
}

function taxed(quantity: number, unitAmountMinor: bigint, unitTaxMinor: bigint): Partial<OrderLine> {
  return { quantity, unitAmountMinor, unitTaxMinor };
}

describe('what a cancellation takes from a line', () => {
  test.each<[string, Partial<OrderLine>, ReadonlyArray<readonly [number, number]>, number, PaymentStatus]>([
    [
      'the full unit amount cancels the unit',
      { unitAmountMinor: 3000n, quantity: 2 },
      [[1, 3000]],
      1,
      'PARTIALLY_CANCELED',
    ],
    [
      'less than it cancels an amount and the units stay',
      { unitAmountMinor: 3000n },
      [[1, 2000]],
      0,
      'PARTIALLY_CANCELED',
    ],
    [
      '2000 and then 1000 of 3000 cancel the line',
      { unitAmountMinor: 3000n },
      [
        [1, 2000],
        [1, 1000],
      ],
      1,
      'CANCELED',
    ],
    [
      'when nothing remains of the amount all units are canceled',
      { unitAmountMinor: 3000n, quantity: 2 },
      [
        [2, 1500],
        [1, 3000],
      ],
      2,
      'CANCELED',
    ],
    [
      'what remains of a unit can be canceled after a whole unit',
      { unitAmountMinor: 3000n, quantity: 2 },
      [
        [1, 1000],
        [1, 3000],
        [1, 2000],
      ],
      2,
      'CANCELED',
    ],
    ['units of a free line go one by one', { unitAmountMinor: 0n, quantity: 3 }, [[1, 0]], 1, 'PARTIALLY_CANCELED'],
    [
      'all units of a free line cancel it',
      { unitAmountMinor: 0n, quantity: 3 },
      [
        [1, 0],
        [2, 0],
      ],
      3,
      'CANCELED',
    ],
  ])('%s', (_law, line, requested, units, status) => {
    expect(canceledAfter(line, ...requested)).toEqual({ units, status });
  });

  test('a tax that is left out is the one that belongs to the amount, and stays absent', () => {
    const [withTax, without] = allowed(
      orderOf({ lines: [lineOf(), lineOf({ seq: 3, itemId: 'P003' })] }),
      requestOf([{ ...first, quantity: 1, taxAmount: 10 }, itemOf({ amount: 40_000 })]),
    ).items;
    expect(withTax).toMatchObject({ taxMinor: 10n, taken: { taxMinor: 10n } });
    expect(without).toMatchObject({ taxMinor: undefined, taken: { taxMinor: 4000n } });
  });

  test.each<[string, Partial<OrderLine>, ReadonlyArray<readonly [number, number, number?]>, readonly bigint[]]>([
    ['the whole line takes all of it', taxed(1, 11_000n, 1000n), [[1, 11_000]], [1000n]],
    [
      'parts take their share of what is left, rounded down, and the last one takes the rest',
      taxed(1, 30_000n, 2727n),
      [
        [1, 10_000],
        [1, 19_000],
        [1, 1000],
      ],
      [909n, 1727n, 91n],
    ],
    ['full units of an untouched line take their unit tax', taxed(3, 10_000n, 909n), [[2, 10_000]], [1818n]],
    [
      'after a tax that was sent, the share is one of what that left',
      taxed(1, 11_000n, 1000n),
      [
        [1, 1000, 0],
        [1, 5000],
        [1, 5000],
      ],
      [0n, 500n, 500n],
    ],
    ['a line without tax has none', taxed(1, 3000n, 0n), [[1, 2000]], [0n]],
    ['a free line has none', taxed(2, 0n, 0n), [[2, 0]], [0n]],
  ])('of the tax: %s', (_law, line, requested, taxes) => {
    let order = orderOfLine(line);
    const taken = requested.map(([quantity, amount, taxAmount]) => {
      const item = itemOf({ quantity, amount, ...(taxAmount === undefined ? {} : { taxAmount }) });
      const cancellation = allowed(order, requestOf([item]));
      order = applyCancellation(order, cancellation);
      return cancellation.items[0]?.taken.taxMinor;
    });
    expect(taken).toEqual(taxes);
  });

  test('an item belongs to the line of its seq, wherever that stands', () => {
    const { items } = allowed(orderOf(), requestOf([itemOf(), itemOf({ seq: 2, itemId: 'P002' })]));
    expect(items.map(({ seq, lineIndex }) => [seq, lineIndex])).toEqual([
      [3, 2],
      [2, 1],
    ]);
  });
});

describe('the state of the payment', () => {
  test.each<[PaymentStatus, Cancellation['kind'], PaymentStatus]>([
    ['REQUESTED', 'VOID', 'VOIDED'],
    ['AUTHORIZED', 'VOID', 'VOIDED'],
    ['CAPTURED', 'REFUND', 'CANCELED'],
    ['PARTIALLY_CANCELED', 'REFUND', 'CANCELED'],
  ])('a full cancellation of %s is a %s and makes it %s', (paymentStatus, kind, nextStatus) => {
    expect(allowed(orderOf({ paymentStatus }), requestOf(full))).toMatchObject({ kind, nextStatus });
  });

  test.each<PaymentStatus>(['CAPTURED', 'PARTIALLY_CANCELED'])(
    'a part of %s makes it PARTIALLY_CANCELED',
    (paymentStatus) => {
      expect(allowed(orderOf({ paymentStatus }), requestOf([first])).nextStatus).toBe('PARTIALLY_CANCELED');
    },
  );
});

test.each([2, 11, 100])('an order of %d lines is canceled with its last line, and not before', (count) => {
  const lines = Array.from({ length: count }, (_value, index) => ({
    ...(orderOf().lines[0] as OrderLine),
    seq: index + 1,
    quantity: 1,
  }));
  const items = lines.map(({ seq, itemId, itemType }) =>
    itemOf({ seq, itemId, itemType, quantity: 1, amount: 50_000 }),
  );
  const order = orderOf({ lines });
  expect(allowed(order, requestOf(items)).nextStatus).toBe('CANCELED');
  expect(allowed(order, requestOf(items.slice(0, -1))).nextStatus).toBe('PARTIALLY_CANCELED');
});
