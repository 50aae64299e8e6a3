import { describe, expect, test } from '@jest/globals';
import type { Cancellation, RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import { type OrderLine, type PaymentStatus } from '../../../../lambda/domain/order.ts';
import { allowed, first, full, orderOfLine, refused, told } from '../../../support/decisions.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

/** What is canceled of the fixture's third line after each amount in turn. */
function canceledAfter(
  line: Partial<OrderLine>,
  ...requested: ReadonlyArray<readonly [quantity: number, amount: number]>
) {
  let order = orderOfLine(line);
  for (const [quantity, amount] of requested) {
    const { items, nextStatus } = allowed(order, requestOf([itemOf({ quantity, amount })]));
    order = orderOfLine({ ...line, canceled: items[0]?.canceled ?? zeroAmounts }, { paymentStatus: nextStatus });
  }
  return { units: order.lines[0]?.canceled.units, status: order.paymentStatus };
}

describe('what leaves a line', () => {
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
      'when nothing is remaining of the amount all units are canceled',
      { unitAmountMinor: 3000n, quantity: 2 },
      [
        [2, 1500],
        [1, 3000],
      ],
      2,
      'CANCELED',
    ],
    [
      'a rest is canceled after a unit',
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

  test.each([2000, 3000])('after 2000 of 3000, %d is refused and 1000 is named as what is left', (amount) => {
    const canceled = { units: 0, amountMinor: 2000n, taxMinor: 0n };
    const order = orderOfLine({ unitAmountMinor: 3000n, canceled }, { paymentStatus: 'PARTIALLY_CANCELED' });
    const violations = refused(order, requestOf([itemOf({ amount })]));
    expect(told(violations)).toEqual(['AMOUNT_EXCEEDS_REMAINING /items/0/amount: 1000']);
    expect(violations[0]?.remaining).toEqual({ seq: 3, units: 1, amount: '1000', tax: '0', currencyCode: 'KRW' });
  });

  test('a free line has no more units than it has', () => {
    const order = orderOfLine({ unitAmountMinor: 0n, quantity: 2, canceled: { ...zeroAmounts, units: 1 } });
    expect(told(refused(order, requestOf([itemOf({ quantity: 2, amount: 0 })])))).toEqual([
      'QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1',
    ]);
    expect(told(refused(order, requestOf([itemOf({ amount: 1 })])))).toContain(
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 0',
    );
  });

  test('an absent tax counts as 0 and stays absent', () => {
    const [withTax, without] = allowed(orderOf(), requestOf([{ ...first, taxAmount: 0 }, itemOf()])).items;
    expect(withTax).toMatchObject({ taxMinor: 0n, taken: { taxMinor: 0n } });
    expect(without).toMatchObject({ taxMinor: undefined, taken: { taxMinor: 0n } });
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

  test.each<PaymentStatus>(['REQUESTED', 'VOIDED', 'CANCELED', 'FAILED'])('%s cannot be canceled', (paymentStatus) => {
    expect(told(refused(orderOf({ paymentStatus }), requestOf(full)))).toEqual([
      `ORDER_NOT_CANCELABLE /orderNo: ${paymentStatus}`,
    ]);
  });

  test.each<[string, readonly RequestedItem[], string[]]>([
    ['a line is missing', full.slice(0, 2), ['PARTIAL_BEFORE_CAPTURE /items: 3']],
    ['two lines are missing', full.slice(2), ['PARTIAL_BEFORE_CAPTURE /items: 1, 2']],
    [
      'a quantity is less',
      [{ ...first, quantity: 1 }, ...full.slice(1)],
      ['PARTIAL_BEFORE_CAPTURE /items/0/quantity: 2'],
    ],
    [
      'an amount is less',
      [{ ...first, amount: 49_999 }, ...full.slice(1)],
      ['PARTIAL_BEFORE_CAPTURE /items/0/amount: 50000'],
    ],
  ])('before capture %s', (_what, items, expected) => {
    expect(told(refused(orderOf({ paymentStatus: 'AUTHORIZED' }), requestOf(items)))).toEqual(expected);
    expect(allowed(orderOf(), requestOf(items)).nextStatus).toBe('PARTIALLY_CANCELED');
  });
});

const bank = (paymentStatus: PaymentStatus) => orderOf({ refundMethod: 'BANK_ACCOUNT', paymentStatus });

describe('the refund account', () => {
  const account = { accountNumber: '1234567890', bankCode: '001', accountHolderName: 'John Doe' };
  test.each<PaymentStatus>(['CAPTURED', 'PARTIALLY_CANCELED'])('is needed of %s', (paymentStatus) => {
    expect(told(refused(bank(paymentStatus), requestOf(full)))).toEqual([
      'REFUND_ACCOUNT_REQUIRED /refundAccount/accountNumber',
      'REFUND_ACCOUNT_REQUIRED /refundAccount/bankCode',
      'REFUND_ACCOUNT_REQUIRED /refundAccount/accountHolderName',
    ]);
    expect(allowed(bank(paymentStatus), requestOf(full, { refundAccount: account })).kind).toBe('REFUND');
  });

  test.each(['accountNumber', 'bankCode', 'accountHolderName'] as const)('without %s is not one', (name) => {
    const { [name]: _left, ...refundAccount } = account;
    expect(told(refused(bank('CAPTURED'), requestOf(full, { refundAccount })))).toEqual([
      `REFUND_ACCOUNT_REQUIRED /refundAccount/${name}`,
    ]);
  });

  test('is not needed before capture, when no money has moved', () => {
    expect(allowed(bank('AUTHORIZED'), requestOf(full)).kind).toBe('VOID');
  });

  test('is not needed where the money goes back the way it was paid', () => {
    expect(allowed(orderOf({ refundMethod: 'ORIGINAL' }), requestOf(full)).kind).toBe('REFUND');
  });
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
