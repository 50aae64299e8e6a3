import { describe, expect, test } from '@jest/globals';
import type { RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import { violationsOfItem } from '../../../../lambda/domain/item-rules.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';
import { type MatchedRequest, matchRequest } from '../../../../lambda/domain/matched-request.ts';
import type { Order } from '../../../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { first, orderOfLine, summaryOf } from '../../../support/decisions.ts';

/** What is wrong with each item of a request; nothing else of it is looked at. */
function violationsIn(order: Order, ...items: readonly RequestedItem[]) {
  return violationsOf(matchRequest(requestOf(items), order));
}

function violationsOf(matched: MatchedRequest) {
  return matched.items.flatMap((item) => violationsOfItem(item, matched));
}

const orderOfLines = (length: number) =>
  orderOf({ lines: Array.from({ length }, (_value, index) => lineOf({ seq: index + 1 })) });
const upTo20 = 'UNKNOWN_ITEM /items/0/seq: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20';
const unit = { ...first, quantity: 1 };
const usd = orderOfLine({ unitAmountMinor: 1000n, unitTaxMinor: 100n }, { currencyCode: 'USD' });
const kwd = orderOfLine({ unitAmountMinor: 10_000n, unitTaxMinor: 100n }, { currencyCode: 'KWD' });
const withCanceled = (units: number, amountMinor: bigint, taxMinor: bigint) =>
  orderOf({ lines: [lineOf({ canceled: { units, amountMinor, taxMinor } })], paymentStatus: 'PARTIALLY_CANCELED' });

test.each<[string, Order, RequestedItem[], string[]]>([
  ['a seq that stands twice', orderOf(), [unit, unit], ['DUPLICATE_SEQ /items/1/seq']],
  ['a seq of no line', orderOf(), [itemOf({ seq: 4 })], ['UNKNOWN_ITEM /items/0/seq: 1, 2, 3']],
  ['a seq of no line, of as many as are named', orderOfLines(20), [itemOf({ seq: 99 })], [upTo20]],
  ['a seq of no line, of more lines', orderOfLines(21), [itemOf({ seq: 99 })], [`${upTo20}, ...`]],
  ['the item id of another line', orderOf(), [itemOf({ itemId: 'P002' })], ['ITEM_MISMATCH /items/0/itemId: P003']],
  ['another item type', orderOf(), [itemOf({ itemType: 'SERVICE' })], ['ITEM_MISMATCH /items/0/itemType: PHYSICAL']],
  [
    'more than the unit amount',
    orderOf(),
    [{ ...unit, amount: 50_001 }],
    ['AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 50000'],
  ],
  ['0 of a line that costs', orderOf(), [itemOf({ amount: 0 })], ['AMOUNT_NOT_POSITIVE /items/0/amount: 3000']],
  [
    'more than the unit tax',
    orderOf(),
    [{ ...unit, taxAmount: 5001 }],
    ['TAX_EXCEEDS_UNIT_TAX /items/0/taxAmount: 5000'],
  ],
  [
    'more tax than amount',
    orderOf(),
    [{ ...unit, amount: 4, taxAmount: 5 }],
    ['TAX_EXCEEDS_AMOUNT /items/0/taxAmount: 4'],
  ],
  [
    'a tax that stays on an empty line',
    orderOf(),
    [{ ...first, taxAmount: 0 }],
    ['TAX_LEFT_OVER /items/0/taxAmount: 5000'],
  ],
  [
    'an amount without its tax',
    orderOf(),
    [{ ...first, amount: 45_000, taxAmount: 5000 }],
    ['AMOUNT_WITHOUT_TAX /items/0/amount: 50000'],
  ],
  [
    'more units than remain',
    withCanceled(1, 50_000n, 5000n),
    [{ ...first, amount: 1 }],
    ['QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1'],
  ],
  [
    'more than the amount that remains',
    withCanceled(0, 60_000n, 0n),
    [first],
    ['AMOUNT_EXCEEDS_REMAINING /items/0/amount: 40000'],
  ],
  [
    'more than the tax that remains',
    withCanceled(0, 6000n, 6000n),
    [{ ...first, amount: 6000, taxAmount: 5000 }],
    ['TAX_EXCEEDS_REMAINING /items/0/taxAmount: 4000'],
  ],
  ['decimals of KRW', orderOf(), [itemOf({ amount: 0.5 })], ['AMOUNT_PRECISION /items/0/amount: 0']],
  ['a third decimal of USD', usd, [itemOf({ amount: 1.005 })], ['AMOUNT_PRECISION /items/0/amount: 2']],
  ['a fourth decimal of KWD', kwd, [itemOf({ amount: 1.0005 })], ['AMOUNT_PRECISION /items/0/amount: 3']],
  ['decimals of the tax', usd, [itemOf({ amount: 1, taxAmount: 0.005 })], ['AMOUNT_PRECISION /items/0/taxAmount: 2']],
])('%s breaks a rule, which is named with what is accepted', (_what, order, items, expected) => {
  expect(summaryOf(violationsIn(order, ...items))).toEqual(expected);
});

describe('a line may be canceled to its limit', () => {
  test.each<[string, Order, RequestedItem]>([
    ['all units at the full amount with the full tax', orderOf(), { ...first, taxAmount: 5000 }],
    ['all units that remain', withCanceled(1, 50_000n, 5000n), { ...unit, taxAmount: 5000 }],
    [
      'all of the amount and of the tax that remain',
      withCanceled(0, 60_000n, 6000n),
      { ...first, amount: 20_000, taxAmount: 2000 },
    ],
    ['one minor unit', orderOf(), { ...unit, amount: 1 }],
    [
      'units of a free line at 0',
      orderOfLine({ unitAmountMinor: 0n, quantity: 2 }),
      itemOf({ quantity: 2, amount: 0 }),
    ],
    ['the decimals of USD', usd, itemOf({ amount: 9.99 })],
    ['the decimals of KWD', kwd, itemOf({ amount: 9.999 })],
  ])('%s', (_what, order, item) => {
    expect(violationsIn(order, item)).toEqual([]);
  });

  test('but a free line not above 0, nor beyond its units', () => {
    const free = orderOfLine({ unitAmountMinor: 0n, quantity: 2, canceled: { ...zeroAmounts, units: 1 } });
    expect(summaryOf(violationsIn(free, itemOf({ quantity: 2, amount: 0 })))).toEqual([
      'QUANTITY_EXCEEDS_REMAINING /items/0/quantity: 1',
    ]);
    expect(summaryOf(violationsIn(free, itemOf({ amount: 1 })))).toContain(
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 0',
    );
  });
});

describe('more decimals than the currency has', () => {
  test('hide no other rule: all are judged on the exact decimals', () => {
    const jpy = orderOfLine({ unitAmountMinor: 20_000n }, { currencyCode: 'JPY' });
    expect(summaryOf(violationsIn(jpy, itemOf({ amount: 20_000.9, taxAmount: 0.1 })))).toEqual([
      'AMOUNT_PRECISION /items/0/amount: 0',
      'AMOUNT_PRECISION /items/0/taxAmount: 0',
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount: 20000',
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount: 20000',
      'TAX_EXCEEDS_UNIT_TAX /items/0/taxAmount: 0',
      'TAX_EXCEEDS_REMAINING /items/0/taxAmount: 0',
    ]);
  });

  test('are in nothing that is named as acceptable', () => {
    const canceled = { units: 0, amountMinor: 1001n, taxMinor: 0n };
    const order = orderOf({ lines: [lineOf({ unitAmountMinor: 3000n, unitTaxMinor: 1000n, canceled })] });
    const shownFor = (item: RequestedItem) => {
      // The total has decimals of its own, whatever the item has.
      const matched = matchRequest(requestOf([item], { totalCancelAmount: 0.5 }), order);
      return matched.items
        .flatMap((one) => violationsOfItem(one, matched))
        .map(({ shown, remaining }) => [shown, remaining?.steps]);
    };
    const steps = ['1 x 3000', '1 x 1999'];
    expect(shownFor({ ...first, quantity: 3, amount: 1 })).toEqual([['2', steps]]);
    expect(shownFor({ ...first, amount: 0 })).toEqual([['2499', steps]]);
    expect(shownFor({ ...first, amount: 3000 })).toEqual([['4999', steps]]);
    expect(shownFor({ ...first, amount: 1.5, taxAmount: 2 }).at(-1)).toEqual(['1', undefined]);
  });

  test('of the total change nothing that is said of an item', () => {
    const item = { ...unit, amount: 45_000, taxAmount: 5000 };
    const whole = matchRequest(requestOf([item]), orderOf());
    const finer = matchRequest(requestOf([item], { totalCancelAmount: 0.5 }), orderOf());
    expect(violationsOf(finer)).toEqual(violationsOf(whole));
    expect(violationsOf(finer)).toMatchObject([{ shown: '50000', orElse: '4500' }]);
  });

  test('name the currency that has fewer', () => {
    const violations = violationsIn(usd, itemOf({ amount: 1.001, taxAmount: 0.005 }));
    expect(violations.map(({ reason, currencyCode }) => [reason, currencyCode])).toEqual([
      ['AMOUNT_PRECISION', 'USD'],
      ['AMOUNT_PRECISION', 'USD'],
    ]);
  });
});

describe('before capture', () => {
  test.each(['REQUESTED', 'AUTHORIZED'] as const)(
    'of a payment that is %s all of a line has to be sent',
    (paymentStatus) => {
      const order = orderOf({ paymentStatus });
      expect(summaryOf(violationsIn(order, { ...first, quantity: 1, amount: 49_999 }))).toEqual([
        'PARTIAL_BEFORE_CAPTURE /items/0/quantity: 2',
        'PARTIAL_BEFORE_CAPTURE /items/0/amount: 50000',
      ]);
      expect(violationsIn(order, first)).toEqual([]);
      expect(violationsIn(orderOf(), { ...first, quantity: 1, amount: 49_999 })).toEqual([]);
    },
  );
});

describe('an amount that has to be more than 0', () => {
  test.each<[string, Parameters<typeof withCanceled>, number, string, string]>([
    ['the unit amount where that is left', [0, 0n, 0n], 1, '1', '50000'],
    ['what is left where that is less than the unit amount', [1, 70_000n, 0n], 1, '1', '30000'],
    ['the share of each unit where several are asked for', [0, 30_000n, 0n], 2, '2', '35000'],
    ['that of as many units as are left', [1, 50_000n, 0n], 3, '1', '50000'],
    ['what is left for one unit, where too little is left to be shared', [0, 99_999n, 0n], 2, '1', '1'],
  ])('is named as %s', (_what, canceled, quantity, withQuantity, shown) => {
    const violations = violationsIn(withCanceled(...canceled), { ...first, quantity, amount: 0 });
    expect(violations.at(-1)).toMatchObject({ reason: 'AMOUNT_NOT_POSITIVE', shown, withQuantity });
    expect(violations.at(-1)).not.toHaveProperty('ruleCase');
  });

  test('is not named where nothing is left', () => {
    const violations = violationsIn(withCanceled(2, 100_000n, 10_000n), { ...unit, amount: 0 });
    expect(violations.at(-1)).toMatchObject({ reason: 'AMOUNT_NOT_POSITIVE', ruleCase: 'NOTHING_REMAINS' });
    expect(violations.at(-1)?.shown).toBeUndefined();
  });
});

describe('a violation has with it', () => {
  test('what remains of the line, by seq and item id, with the decimals of the currency', () => {
    const ofUsd = { seq: 3, itemId: 'P003', units: 1, amount: '10.00', tax: '1.00', currencyCode: 'USD' };
    expect(violationsIn(usd, itemOf({ amount: 11 }))[0]?.remaining).toEqual(ofUsd);
  });

  test('nothing that remains of a line which the order does not have', () => {
    expect(violationsIn(orderOf(), itemOf({ seq: 9 }))[0]?.remaining).toBeUndefined();
  });

  test.each<[string, RequestedItem]>([
    ['QUANTITY_EXCEEDS_REMAINING', { ...first, quantity: 3, amount: 1 }],
    ['AMOUNT_EXCEEDS_REMAINING', first],
    ['AMOUNT_NOT_POSITIVE', { ...first, amount: 0 }],
  ])('the steps that cancel the rest, if it is %s', (reason, item) => {
    const [violation] = violationsIn(withCanceled(0, 30_001n, 0n), item);
    expect(violation).toMatchObject({ reason, remaining: { steps: ['1 x 50000', '1 x 19999'] } });
  });

  test('no steps, if it is of another kind or nothing is left', () => {
    const [mismatch] = violationsIn(orderOf(), { ...unit, itemId: 'X' });
    const [exceeds] = violationsIn(withCanceled(2, 100_000n, 10_000n), unit);
    expect(mismatch?.remaining?.steps).toBeUndefined();
    expect(exceeds).toMatchObject({ reason: 'QUANTITY_EXCEEDS_REMAINING', shown: '0' });
    expect(exceeds?.remaining?.steps).toBeUndefined();
  });

  test('the product that was compared with what remains', () => {
    const violations = violationsIn(withCanceled(0, 1000n, 0n), first);
    expect(violations).toMatchObject([
      { reason: 'AMOUNT_EXCEEDS_REMAINING', sent: '2 x 50000 = 100000', shown: '99000' },
    ]);
  });

  test.each<[string, Order, RequestedItem, object]>([
    ['tax added to the amount', orderOf(), { ...unit, amount: 55_000 }, { mistake: 'TAX_ADDED_TO_AMOUNT' }],
    ['the line total', orderOf(), { ...first, amount: 100_000 }, { mistake: 'LINE_TOTAL_AS_AMOUNT' }],
    ['cents', usd, itemOf({ amount: 999 }), { mistake: 'MINOR_UNITS', meant: '9.99' }],
  ])('the mistake that explains a large amount: %s', (_what, order, item, hint) => {
    expect(violationsIn(order, item)[0]).toMatchObject({ reason: 'AMOUNT_EXCEEDS_UNIT_AMOUNT', ...hint });
  });

  test('the seq that the item id belongs to, unless several lines have it or none', () => {
    const item = itemOf({ itemId: 'P002' });
    expect(violationsIn(orderOf(), item)[0]).toMatchObject({ mistake: 'SEQ_OF_ANOTHER_LINE', meant: '2' });
    const [line, ...others] = orderOf().lines;
    const twice = orderOf({ lines: [{ ...(line ?? lineOf()), itemId: 'P002' }, ...others] });
    expect(violationsIn(twice, item)[0]).not.toHaveProperty('mistake');
    expect(violationsIn(orderOf(), itemOf({ itemId: 'P009' }))[0]).not.toHaveProperty('mistake');
  });
});

describe('what is said of a tax', () => {
  test('both ways out of an amount without its tax', () => {
    const violations = violationsIn(orderOf(), { ...unit, amount: 45_000, taxAmount: 5000 });
    expect(violations).toMatchObject([{ shown: '50000', orElse: '4500' }]);
  });

  test('only that it may be left out, where less than whole units is left', () => {
    const violations = violationsIn(withCanceled(0, 53_000n, 5000n), { ...unit, amount: 45_000, taxAmount: 5000 });
    expect(violations).toMatchObject([{ reason: 'AMOUNT_WITHOUT_TAX', ruleCase: 'LESS_THAN_UNITS_REMAIN' }]);
    expect(violations[0]?.shown).toBeUndefined();
  });

  test('only that it may be left out, where no unit tax is enough', () => {
    const canceled = { units: 0, amountMinor: 6n, taxMinor: 1n };
    const order = orderOf({ lines: [lineOf({ unitAmountMinor: 6n, unitTaxMinor: 3n, canceled })] });
    const violations = violationsIn(order, { ...unit, amount: 6, taxAmount: 3 });
    expect(violations).toMatchObject([{ reason: 'TAX_LEFT_OVER', ruleCase: 'NO_UNIT_TAX_FITS' }]);
  });

  test('nothing, where it is left out', () => {
    expect(violationsIn(orderOf(), first)).toEqual([]);
    expect(violationsIn(orderOf(), { ...first, amount: 45_000 })).toEqual([]);
  });
});
