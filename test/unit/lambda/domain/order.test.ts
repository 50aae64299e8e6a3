import { describe, expect, test } from '@jest/globals';
import {
  assertWithinPaid,
  InvariantViolated,
  isBeforeCapture,
  itemTypes,
  paymentStatuses,
  remainingOf,
  hasCancellations,
} from '../../../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

describe('remainingOf', () => {
  test('all of a line remains while nothing of it is canceled', () => {
    expect(remainingOf(lineOf())).toEqual({ units: 2, amountMinor: 100_000n, taxMinor: 10_000n });
  });

  test('what is canceled of a line does not remain', () => {
    const canceled = { units: 1, amountMinor: 60_000n, taxMinor: 4000n };
    expect(remainingOf(lineOf({ canceled }))).toEqual({ units: 1, amountMinor: 40_000n, taxMinor: 6000n });
  });

  test('amounts beyond 2^53 stay exact', () => {
    const line = lineOf({ quantity: 1_000_000, unitAmountMinor: 999_999_999_999_999n, unitTaxMinor: 1n });
    expect(remainingOf(line).amountMinor).toBe(999_999_999_999_999_000_000n);
  });
});

describe('hasCancellations', () => {
  test('nothing was canceled of a new order', () => {
    expect(hasCancellations(orderOf())).toBe(false);
  });

  test.each([
    ['an amount without a unit', { ...zeroAmounts, amountMinor: 1n }],
    ['a unit of a free line', { ...zeroAmounts, units: 1 }],
  ])('%s of any line is a cancellation', (_what, canceled) => {
    expect(hasCancellations(orderOf({ lines: [lineOf(), lineOf({ seq: 2, canceled })] }))).toBe(true);
  });
});

describe('assertWithinPaid', () => {
  test('all that was paid may be canceled', () => {
    const canceled = { units: 2, amountMinor: 100_000n, taxMinor: 10_000n };
    expect(() => assertWithinPaid(orderOf({ lines: [lineOf(), lineOf({ canceled })] }))).not.toThrow();
  });

  test.each([
    ['a unit more', { ...zeroAmounts, units: 3 }],
    ['an amount more', { ...zeroAmounts, amountMinor: 100_001n }],
    ['a tax more', { ...zeroAmounts, taxMinor: 10_001n }],
    ['less than no unit', { ...zeroAmounts, units: -1 }],
    ['less than no amount', { ...zeroAmounts, amountMinor: -1n }],
    ['less than no tax', { ...zeroAmounts, taxMinor: -1n }],
  ])('%s is impossible', (_what, canceled) => {
    expect(() => assertWithinPaid(orderOf({ lines: [lineOf(), lineOf({ canceled })] }))).toThrow(InvariantViolated);
  });

  test('more tax than amount may not be left, though neither is more than was paid', () => {
    const canceled = { units: 1, amountMinor: 95_001n, taxMinor: 5000n };
    expect(() => assertWithinPaid(orderOf({ lines: [lineOf({ canceled })] }))).toThrow(InvariantViolated);
    const asMuch = { ...canceled, amountMinor: 95_000n };
    expect(() => assertWithinPaid(orderOf({ lines: [lineOf({ canceled: asMuch })] }))).not.toThrow();
  });

  test('the error is logged under its own name', () => {
    expect(new InvariantViolated('More than was paid.').name).toBe('InvariantViolated');
  });
});

test('money has not moved before capture, which a requested payment waits for as well', () => {
  const before = paymentStatuses.filter((paymentStatus) => isBeforeCapture(orderOf({ paymentStatus })));
  expect(before).toEqual(['REQUESTED', 'AUTHORIZED']);
});

test('the item types are those of the specification', () => {
  expect([...itemTypes]).toEqual(['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE']);
});
