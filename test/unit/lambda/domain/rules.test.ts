import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest, RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import type { PaymentStatus } from '../../../../lambda/domain/order.ts';
import { currencyMismatch } from '../../../../lambda/domain/rules.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { allowed, first, full, refused, summaryOf } from '../../../support/decisions.ts';

test('another currency than the order’s is refused and the order’s is named', () => {
  const expected = { reason: 'CURRENCY_MISMATCH', at: { header: 'X-Currency-Code' }, shown: 'KRW' };
  expect(refused(orderOf(), requestOf([itemOf()]), 'USD')).toEqual([expected]);
  expect(currencyMismatch(orderOf())).toEqual(expected);
});

describe('the state of the payment', () => {
  test.each<PaymentStatus>(['VOIDED', 'CANCELED', 'FAILED'])('%s cannot be canceled', (paymentStatus) => {
    expect(summaryOf(refused(orderOf({ paymentStatus }), requestOf(full)))).toEqual([
      `ORDER_NOT_CANCELABLE /orderNo: ${paymentStatus}`,
    ]);
  });

  test.each<PaymentStatus>(['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED'])(
    '%s can be canceled as a whole',
    (paymentStatus) => {
      expect(allowed(orderOf({ paymentStatus }), requestOf(full)).items).toHaveLength(3);
    },
  );

  describe.each<PaymentStatus>(['REQUESTED', 'AUTHORIZED'])('while it is %s', (paymentStatus) => {
    test.each<[string, readonly RequestedItem[], string[]]>([
      ['a line', full.slice(0, 2), ['PARTIAL_BEFORE_CAPTURE /items: 3']],
      ['two lines', full.slice(2), ['PARTIAL_BEFORE_CAPTURE /items: 1, 2']],
      ['a unit', [{ ...first, quantity: 1 }, ...full.slice(1)], ['PARTIAL_BEFORE_CAPTURE /items/0/quantity: 2']],
      [
        'a part of an amount',
        [{ ...first, amount: 49_999 }, ...full.slice(1)],
        ['PARTIAL_BEFORE_CAPTURE /items/0/amount: 50000'],
      ],
    ])('%s may not be missing, as it may be after capture', (_what, items, expected) => {
      expect(summaryOf(refused(orderOf({ paymentStatus }), requestOf(items)))).toEqual(expected);
      expect(allowed(orderOf(), requestOf(items)).nextStatus).toBe('PARTIALLY_CANCELED');
    });
  });

  test('lines that are missing are said in other words', () => {
    const [violation] = refused(orderOf({ paymentStatus: 'AUTHORIZED' }), requestOf(full.slice(1)));
    expect(violation).toMatchObject({ ruleCase: 'MISSING_LINES', shown: '1' });
  });
});

const bank = (paymentStatus: PaymentStatus) => orderOf({ refundMethod: 'BANK_ACCOUNT', paymentStatus });

describe('the refund account', () => {
  const account = { accountNumber: '1234567890', bankCode: '001', accountHolderName: 'John Doe' };
  test.each<PaymentStatus>(['CAPTURED', 'PARTIALLY_CANCELED'])(
    'is needed for a payment that is %s',
    (paymentStatus) => {
      expect(summaryOf(refused(bank(paymentStatus), requestOf(full)))).toEqual([
        'REFUND_ACCOUNT_REQUIRED /refundAccount/accountNumber',
        'REFUND_ACCOUNT_REQUIRED /refundAccount/bankCode',
        'REFUND_ACCOUNT_REQUIRED /refundAccount/accountHolderName',
      ]);
      expect(allowed(bank(paymentStatus), requestOf(full, { refundAccount: account })).kind).toBe('REFUND');
    },
  );

  test.each(['accountNumber', 'bankCode', 'accountHolderName'] as const)('without %s is not complete', (name) => {
    const { [name]: _omitted, ...refundAccount } = account;
    expect(summaryOf(refused(bank('CAPTURED'), requestOf(full, { refundAccount })))).toEqual([
      `REFUND_ACCOUNT_REQUIRED /refundAccount/${name}`,
    ]);
  });

  test.each<PaymentStatus>(['REQUESTED', 'AUTHORIZED'])('is not needed while the payment is %s', (paymentStatus) => {
    expect(allowed(bank(paymentStatus), requestOf(full)).kind).toBe('VOID');
  });

  test('is not asked for where the payment cannot be canceled at all', () => {
    expect(summaryOf(refused(bank('CANCELED'), requestOf(full)))).toEqual(['ORDER_NOT_CANCELABLE /orderNo: CANCELED']);
  });

  test('is not needed where the money goes back the way it was paid', () => {
    expect(allowed(orderOf({ refundMethod: 'ORIGINAL' }), requestOf(full)).kind).toBe('REFUND');
  });
});

test('all violations are reported at once, each with what remains of its line', () => {
  const order = orderOf({
    paymentStatus: 'PARTIALLY_CANCELED',
    refundMethod: 'BANK_ACCOUNT',
    lines: [lineOf({ canceled: { units: 1, amountMinor: 60_000n, taxMinor: 6000n } }), ...orderOf().lines.slice(1)],
  });
  const items = [
    { ...first, itemId: 'P009', quantity: 3, amount: 50_001, taxAmount: 5001 },
    itemOf({ seq: 9 }),
    { ...first, quantity: 1, amount: 0 },
    itemOf({ itemType: 'SERVICE' }),
  ];
  const violations = refused(order, requestOf(items, { totalCancelAmount: 1 }), 'USD');
  expect(summaryOf(violations)).toEqual([
    'CURRENCY_MISMATCH X-Currency-Code: KRW',
    'REFUND_ACCOUNT_REQUIRED /refundAccount/accountNumber',
    'REFUND_ACCOUNT_REQUIRED /refundAccount/bankCode',
    'REFUND_ACCOUNT_REQUIRED /refundAccount/accountHolderName',
    'ITEM_MISMATCH /items/0/itemId: P001',
    'QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1',
    'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 50000',
    'AMOUNT_EXCEEDS_REMAINING /items/0/amount: 40000',
    'TAX_EXCEEDS_UNIT_TAX /items/0/taxAmount: 5000',
    'TAX_EXCEEDS_REMAINING /items/0/taxAmount: 4000',
    'UNKNOWN_ITEM /items/1/seq: 1, 2, 3',
    'DUPLICATE_SEQ /items/2/seq',
    'AMOUNT_NOT_POSITIVE /items/2/amount: 40000',
    'ITEM_MISMATCH /items/3/itemType: PHYSICAL',
    'TOTAL_MISMATCH /totalCancelAmount: 156003',
  ]);
  expect(violations.map(({ remaining }) => remaining?.seq)).toEqual([
    ...Array.from({ length: 4 }),
    1,
    1,
    1,
    1,
    1,
    1,
    undefined,
    1,
    1,
    3,
    undefined,
  ]);
});

describe('the total is said to follow the items', () => {
  const canceled = { units: 0, amountMinor: 60_000n, taxMinor: 6000n };
  const half = orderOf({ lines: [lineOf({ canceled }), ...orderOf().lines.slice(1)] });
  const caseOf = (request: CancellationRequest, order = half) =>
    refused(order, { ...request, totalCancelAmount: 7 }).find(({ reason }) => reason === 'TOTAL_MISMATCH')?.ruleCase;

  test.each<[string, RequestedItem[]]>([
    ['DUPLICATE_SEQ', [itemOf(), itemOf()]],
    ['AMOUNT_PRECISION', [itemOf({ amount: 0.5 })]],
    ['AMOUNT_EXCEEDS_UNIT_AMOUNT', [itemOf({ amount: 3001 })]],
    ['AMOUNT_NOT_POSITIVE', [itemOf({ amount: 0 })]],
    ['AMOUNT_WITHOUT_TAX', [{ ...first, quantity: 1, amount: 45_000, taxAmount: 5000 }]],
    ['QUANTITY_EXCEEDS_REMAINING', [itemOf({ quantity: 2, amount: 1 })]],
    ['AMOUNT_EXCEEDS_REMAINING', [first]],
  ])('where %s changes the sum', (reason, items) => {
    const order = reason === 'AMOUNT_WITHOUT_TAX' ? orderOf() : half;
    expect(refused(order, requestOf(items)).map((violation) => violation.reason)).toContain(reason);
    expect(caseOf(requestOf(items), order)).toBe('ITEMS_FIRST');
  });

  test('where PARTIAL_BEFORE_CAPTURE changes the sum', () => {
    const items = [{ ...first, quantity: 1 }, ...full.slice(1)];
    expect(caseOf(requestOf(items), orderOf({ paymentStatus: 'AUTHORIZED' }))).toBe('ITEMS_FIRST');
  });

  test.each<[string, RequestedItem[]]>([
    ['nothing else', [itemOf()]],
    ['an item id', [itemOf({ itemId: 'X' })]],
    ['a tax', [itemOf({ taxAmount: 1 })]],
  ])('but not where %s is wrong', (_what, items) => {
    expect(caseOf(requestOf(items))).toBeUndefined();
  });
});
