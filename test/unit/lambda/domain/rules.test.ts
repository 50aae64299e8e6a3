import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest, RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';
import type { Order, PaymentStatus } from '../../../../lambda/domain/order.ts';
import { allowed, first, full, orderOfLine, refused, summaryOf } from '../../../support/decisions.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';

const orderOfLines = (length: number) =>
  orderOf({ lines: Array.from({ length }, (_value, index) => lineOf({ seq: index + 1 })) });
const upTo20 = 'UNKNOWN_ITEM /items/0/seq: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20';

describe('a total is the sum of quantity x amount', () => {
  test('2 x 50000 + 3000 + 3000 is 106000', () => {
    const { items } = allowed(orderOf(), exampleRequest('full-order'));
    expect(items.map(({ taken }) => taken.amountMinor)).toEqual([100_000n, 3000n, 3000n]);
    expect(items.map(({ taken }) => taken.taxMinor)).toEqual([10_000n, 0n, 0n]);
  });

  test.each([56_000, 105_999, 106_001, 116_000, 0])('%d is not that sum', (totalCancelAmount) => {
    const violations = refused(orderOf(), { ...exampleRequest('full-order'), totalCancelAmount });
    expect(summaryOf(violations)).toEqual(['TOTAL_MISMATCH /totalCancelAmount: 106000']);
  });

  test('the sum is exact where doubles are not', () => {
    const order = orderOf({
      currencyCode: 'USD',
      lines: [
        lineOf({ seq: 1, itemId: 'A', quantity: 1, unitAmountMinor: 10n, unitTaxMinor: 0n }),
        lineOf({ seq: 2, itemId: 'B', quantity: 1, unitAmountMinor: 20n, unitTaxMinor: 0n }),
      ],
    });
    const items = [itemOf({ seq: 1, itemId: 'A', amount: 0.1 }), itemOf({ seq: 2, itemId: 'B', amount: 0.2 })];
    expect(allowed(order, requestOf(items, { totalCancelAmount: 0.3 })).nextStatus).toBe('CANCELED');
    expect(summaryOf(refused(order, requestOf(items, { totalCancelAmount: 0.1 + 0.2 })))).toEqual([
      'AMOUNT_PRECISION /totalCancelAmount: 2',
    ]);
  });
});

describe('each rule, broken alone', () => {
  const usd = orderOfLine({ unitAmountMinor: 1000n, unitTaxMinor: 100n }, { currencyCode: 'USD' });
  const kwd = orderOfLine({ unitAmountMinor: 10_000n, unitTaxMinor: 100n }, { currencyCode: 'KWD' });
  const half = { units: 1, amountMinor: 50_000n, taxMinor: 5000n };

  test.each<[string, Order, CancellationRequest, string[]]>([
    [
      'a seq that stands twice',
      orderOf(),
      requestOf([
        { ...first, quantity: 1 },
        { ...first, quantity: 1 },
      ]),
      ['DUPLICATE_SEQ /items/1/seq'],
    ],
    ['a seq of no line', orderOf(), requestOf([itemOf({ seq: 4 })]), ['UNKNOWN_ITEM /items/0/seq: 1, 2, 3']],
    [
      'a seq of no line, in an order of as many lines as are named',
      orderOfLines(20),
      requestOf([itemOf({ seq: 99 })]),
      [upTo20],
    ],
    [
      'a seq of no line, in an order of more lines',
      orderOfLines(21),
      requestOf([itemOf({ seq: 99 })]),
      [`${upTo20}, ...`],
    ],
    [
      'the item id of another line',
      orderOf(),
      requestOf([itemOf({ itemId: 'P002' })]),
      ['ITEM_MISMATCH /items/0/itemId: P003'],
    ],
    [
      'another item type',
      orderOf(),
      requestOf([itemOf({ itemType: 'DELIVERY' })]),
      ['ITEM_MISMATCH /items/0/itemType: PHYSICAL'],
    ],
    [
      'more than the unit amount',
      orderOf(),
      requestOf([{ ...first, quantity: 1, amount: 50_001 }]),
      ['AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 50000'],
    ],
    [
      'an amount of 0 of a line that costs something',
      orderOf(),
      requestOf([itemOf({ amount: 0 })]),
      ['AMOUNT_NOT_POSITIVE /items/0/amount: 3000'],
    ],
    [
      'more than the unit tax',
      orderOf(),
      requestOf([{ ...first, quantity: 1, taxAmount: 5001 }]),
      ['TAX_EXCEEDS_UNIT_TAX /items/0/taxAmount: 5000'],
    ],
    [
      'more units than remain',
      orderOf({ lines: [lineOf({ canceled: half })], paymentStatus: 'PARTIALLY_CANCELED' }),
      requestOf([{ ...first, quantity: 2, amount: 1 }]),
      ['QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1'],
    ],
    [
      'more than the amount that remains',
      orderOf({ lines: [lineOf({ canceled: { units: 0, amountMinor: 60_000n, taxMinor: 0n } })] }),
      requestOf([first]),
      ['AMOUNT_EXCEEDS_REMAINING /items/0/amount: 40000'],
    ],
    [
      'more than the tax that remains',
      orderOf({ lines: [lineOf({ canceled: { units: 0, amountMinor: 1n, taxMinor: 6000n } })] }),
      requestOf([{ ...first, amount: 10, taxAmount: 5000 }]),
      ['TAX_EXCEEDS_REMAINING /items/0/taxAmount: 4000'],
    ],
    [
      'a total that is another sum',
      orderOf(),
      requestOf([itemOf()], { totalCancelAmount: 3001 }),
      ['TOTAL_MISMATCH /totalCancelAmount: 3000'],
    ],
    [
      'decimals of KRW',
      orderOf(),
      requestOf([itemOf({ amount: 0.5 })], { totalCancelAmount: 1 }),
      ['AMOUNT_PRECISION /items/0/amount: 0'],
    ],
    [
      'a third decimal of USD',
      usd,
      requestOf([itemOf({ amount: 1.005 })], { totalCancelAmount: 1 }),
      ['AMOUNT_PRECISION /items/0/amount: 2'],
    ],
    [
      'a fourth decimal of KWD',
      kwd,
      requestOf([itemOf({ amount: 1.0005 })], { totalCancelAmount: 1 }),
      ['AMOUNT_PRECISION /items/0/amount: 3'],
    ],
    [
      'decimals of the tax',
      usd,
      requestOf([itemOf({ amount: 1, taxAmount: 0.005 })]),
      ['AMOUNT_PRECISION /items/0/taxAmount: 2'],
    ],
    [
      'decimals of the total',
      orderOf(),
      requestOf([itemOf()], { totalCancelAmount: 3000.5 }),
      ['AMOUNT_PRECISION /totalCancelAmount: 0'],
    ],
  ])('%s is refused and what is accepted is named', (_what, order, request, expected) => {
    expect(summaryOf(refused(order, request))).toEqual(expected);
  });

  test('another currency than the order’s is refused and the order’s is named', () => {
    expect(summaryOf(refused(orderOf(), requestOf([itemOf()]), 'USD'))).toEqual([
      'CURRENCY_MISMATCH X-Currency-Code: KRW',
    ]);
  });

  test.each<[string, Order, number]>([
    ['KRW has none', orderOf(), 3000],
    ['USD has two', usd, 9.99],
    ['KWD has three', kwd, 9.999],
  ])('the decimals of the currency are accepted: %s', (_currency, order, amount) => {
    expect(allowed(order, requestOf([itemOf({ amount })], { totalCancelAmount: amount })).items).toHaveLength(1);
  });
});

describe('what remains of a line', () => {
  test.each([2000, 3000])('after 2000 of 3000, %d is refused and 1000 is named as what remains', (amount) => {
    const canceled = { units: 0, amountMinor: 2000n, taxMinor: 0n };
    const order = orderOfLine({ unitAmountMinor: 3000n, canceled }, { paymentStatus: 'PARTIALLY_CANCELED' });
    const violations = refused(order, requestOf([itemOf({ amount })]));
    expect(summaryOf(violations)).toEqual(['AMOUNT_EXCEEDS_REMAINING /items/0/amount: 1000']);
    expect(violations[0]?.remaining).toEqual({ seq: 3, units: 1, amount: '1000', tax: '0', currencyCode: 'KRW' });
  });

  test('limits a free line by its units', () => {
    const order = orderOfLine({ unitAmountMinor: 0n, quantity: 2, canceled: { ...zeroAmounts, units: 1 } });
    expect(summaryOf(refused(order, requestOf([itemOf({ quantity: 2, amount: 0 })])))).toEqual([
      'QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1',
    ]);
    expect(summaryOf(refused(order, requestOf([itemOf({ amount: 1 })])))).toContain(
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 0',
    );
  });
});

describe('the state of the payment', () => {
  test.each<PaymentStatus>(['REQUESTED', 'VOIDED', 'CANCELED', 'FAILED'])('%s cannot be canceled', (paymentStatus) => {
    expect(summaryOf(refused(orderOf({ paymentStatus }), requestOf(full)))).toEqual([
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
    expect(summaryOf(refused(orderOf({ paymentStatus: 'AUTHORIZED' }), requestOf(items)))).toEqual(expected);
    expect(allowed(orderOf(), requestOf(items)).nextStatus).toBe('PARTIALLY_CANCELED');
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

  test('is not needed before capture, when no money has moved', () => {
    expect(allowed(bank('AUTHORIZED'), requestOf(full)).kind).toBe('VOID');
  });

  test('is not needed where the money goes back the way it was paid', () => {
    expect(allowed(orderOf({ refundMethod: 'ORIGINAL' }), requestOf(full)).kind).toBe('REFUND');
  });
});

describe('what is reported', () => {
  test('all violations at once, each with what remains of its line', () => {
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
      'AMOUNT_NOT_POSITIVE /items/2/amount: 50000',
      'ITEM_MISMATCH /items/3/itemType: PHYSICAL',
      'TOTAL_MISMATCH /totalCancelAmount: 156003',
    ]);
    const ofFirstLine = { seq: 1, units: 1, amount: '40000', tax: '4000', currencyCode: 'KRW' };
    const ofThirdLine = { seq: 3, units: 1, amount: '3000', tax: '0', currencyCode: 'KRW' };
    expect(violations.map(({ remaining }) => remaining)).toEqual([
      ...Array.from({ length: 4 }, () => undefined),
      ...Array.from({ length: 6 }, () => ofFirstLine),
      undefined,
      ofFirstLine,
      ofFirstLine,
      ofThirdLine,
      undefined,
    ]);
  });

  test('what remains, with the decimals of the currency', () => {
    const order = orderOfLine({ unitAmountMinor: 1050n, unitTaxMinor: 5n }, { currencyCode: 'USD' });
    const [violation] = refused(order, requestOf([itemOf({ amount: 11 })]));
    expect(violation?.remaining).toEqual({ seq: 3, units: 1, amount: '10.50', tax: '0.05', currencyCode: 'USD' });
  });
});

test('a violation about decimals names the currency that they are of', () => {
  const request = requestOf([itemOf({ amount: 1.001, taxAmount: 0.005 })]);
  const precision = refused(orderOf({ currencyCode: 'USD' }), request).filter(
    ({ reason, at }) => reason === 'AMOUNT_PRECISION' && 'field' in at && at.field.startsWith('/items'),
  );
  expect(precision.map(({ currencyCode }) => currencyCode)).toEqual(['USD', 'USD']);
});

test('for the item id of another line the seq of that line is named, unless several lines have it', () => {
  const request = requestOf([itemOf({ itemId: 'P002' })]);
  expect(refused(orderOf(), request)[0]).toMatchObject({ mistake: 'SEQ_OF_ANOTHER_LINE', meant: '2' });
  const [line, ...others] = orderOf().lines;
  const twice = orderOf({ lines: [{ ...(line ?? lineOf()), itemId: 'P002' }, ...others] });
  expect(refused(twice, request)[0]).not.toHaveProperty('mistake');
  expect(refused(orderOf(), requestOf([itemOf({ itemId: 'P009' })]))[0]).not.toHaveProperty('mistake');
});
