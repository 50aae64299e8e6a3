import { describe, expect, test } from '@jest/globals';
import { readOrders } from '../../../../tools/orders/read-orders.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An item of an order file; an override of undefined leaves the field out. */
function item(overrides: Fields = {}): Fields {
  return { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 2, amount: 50_000, taxAmount: 5000, ...overrides };
}

function order(overrides: Fields = {}): Fields {
  return {
    orderNo: 'ORD-1',
    storeId: 'STORE-1',
    currencyCode: 'KRW',
    paymentStatus: 'CAPTURED',
    refundMethod: 'ORIGINAL',
    items: [item()],
    ...overrides,
  };
}

const read = (...orders: unknown[]) => readOrders(JSON.stringify(orders));

describe('an order file', () => {
  test('may be empty', () => {
    expect(read()).toEqual([]);
  });

  test('holds amounts in major units, which are read as whole minor units', () => {
    const [found] = read(order({ currencyCode: 'USD', items: [item({ amount: 19.99, taxAmount: 1.8 })] }));
    expect(found?.lines).toEqual([
      {
        seq: 1,
        itemType: 'PHYSICAL',
        itemId: 'P001',
        quantity: 2,
        unitAmountMinor: 1999n,
        unitTaxMinor: 180n,
        canceled: zeroAmounts,
      },
    ]);
  });

  test('may leave the tax out, which then is 0', () => {
    expect(read(order({ items: [item({ taxAmount: undefined })] }))[0]?.lines[0]?.unitTaxMinor).toBe(0n);
  });

  test.each(['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'FAILED'])('may hold an order that is %s', (paymentStatus) => {
    expect(read(order({ paymentStatus }))).toMatchObject([{ paymentStatus, version: 1 }]);
  });

  test('may hold the same orderNo for two stores', () => {
    expect(read(order(), order({ storeId: 'STORE-2' }))).toHaveLength(2);
  });

  test('may hold a line of all 15 digits', () => {
    const [found] = read(order({ items: [item({ quantity: 1, amount: 999_999_999_999_999 })] }));
    expect(found?.lines[0]?.unitAmountMinor).toBe(999_999_999_999_999n);
  });
});

describe('a file that is not an order file', () => {
  test.each(['', 'orders', '[', '[{}', "[{'orderNo': 1}]"])('is refused: %j is not JSON', (text) => {
    expect(() => readOrders(text)).toThrow(expect.objectContaining({ message: 'The order file is not valid JSON.' }));
  });

  test.each(['{}', 'null', '7', '"[]"'])('is refused: %s is not an array', (text) => {
    expect(() => readOrders(text)).toThrow(new Error('The order file must hold an array of at most 100000 orders.'));
  });

  test('is refused when it holds too many orders', () => {
    expect(() => readOrders(`[${'0,'.repeat(100_000)}0]`)).toThrow(/at most 100000 orders\.$/);
  });
});

describe('a mistake in an order', () => {
  test.each<[mistake: string, order: unknown, message: string]>([
    ['null in the place of an order', null, 'Order 1: it must be object.'],
    ['a list in the place of an order', [], 'Order 1: it must be object.'],
    ['an unknown field', order({ note: '' }), 'Order 1 (ORD-1): it must NOT have additional properties: note.'],
    [
      'a misspelt tax',
      order({ items: [item({ taxAmout: 5 })] }),
      'Order 1 (ORD-1): items/0 must NOT have additional properties: taxAmout.',
    ],
    ...['storeId', 'currencyCode', 'paymentStatus', 'refundMethod', 'items'].map((field): [string, unknown, string] => [
      `no ${field}`,
      order({ [field]: undefined }),
      `Order 1 (ORD-1): it must have required property '${field}'.`,
    ]),
    ['no orderNo', order({ orderNo: undefined }), "Order 1: it must have required property 'orderNo'."],
    ...['seq', 'itemType', 'itemId', 'quantity', 'amount'].map((field): [string, unknown, string] => [
      `an item without ${field}`,
      order({ items: [item(), item({ [field]: undefined })] }),
      `Order 1 (ORD-1): items/1 must have required property '${field}'.`,
    ]),
    [
      'another payment status',
      order({ paymentStatus: 'PAID' }),
      'Order 1 (ORD-1): paymentStatus must be equal to one of the allowed values: REQUESTED, AUTHORIZED, CAPTURED, FAILED.',
    ],
    ...['VOIDED', 'PARTIALLY_CANCELED', 'CANCELED'].map((paymentStatus): [string, unknown, string] => [
      `the status ${paymentStatus}, which implies an earlier cancellation`,
      order({ paymentStatus }),
      'Order 1 (ORD-1): paymentStatus must be equal to one of the allowed values: REQUESTED, AUTHORIZED, CAPTURED, FAILED.',
    ]),
    [
      'another refund method',
      order({ refundMethod: 'CASH' }),
      'Order 1 (ORD-1): refundMethod must be equal to one of the allowed values: ORIGINAL, BANK_ACCOUNT.',
    ],
    [
      'another item type',
      order({ items: [item({ itemType: 'physical' })] }),
      'Order 1 (ORD-1): items/0/itemType must be equal to one of the allowed values: PHYSICAL, DIGITAL, SUBSCRIPTION, DELIVERY, SERVICE.',
    ],
    ['no items', order({ items: [] }), 'Order 1 (ORD-1): items must NOT have fewer than 1 items.'],
    [
      'an amount as text',
      order({ items: [item({ amount: '50000' })] }),
      'Order 1 (ORD-1): items/0/amount must be number.',
    ],
    ['a negative amount', order({ items: [item({ amount: -1 })] }), 'Order 1 (ORD-1): items/0/amount must be >= 0.'],
    ['no units', order({ items: [item({ quantity: 0 })] }), 'Order 1 (ORD-1): items/0/quantity must be >= 1.'],
    ['half a unit', order({ items: [item({ quantity: 1.5 })] }), 'Order 1 (ORD-1): items/0/quantity must be integer.'],
    [
      'the same seq twice',
      order({ items: [item(), item({ seq: 2 }), item({ seq: 2 })] }),
      'Order 1 (ORD-1): items/2/seq is the seq of an earlier item, too.',
    ],
    [
      'an amount with more decimals than the currency',
      order({ items: [item(), item({ seq: 2, amount: 3000.5, taxAmount: 0 })] }),
      'Order 1 (ORD-1): items/1/amount has more decimals than KRW, which has 0.',
    ],
    [
      'a tax with more decimals than the currency',
      order({ currencyCode: 'USD', items: [item({ amount: 1, taxAmount: 0.001 })] }),
      'Order 1 (ORD-1): items/0/taxAmount has more decimals than USD, which has 2.',
    ],
    [
      'a tax above the amount, which it is part of',
      order({ items: [item({ amount: 100, taxAmount: 101 })] }),
      'Order 1 (ORD-1): items/0/taxAmount is more than amount, but the tax is part of the amount.',
    ],
    [
      'a total of more than 15 digits',
      order({
        items: [
          item({ quantity: 1, amount: 999_999_999_999_999 }),
          item({ seq: 2, quantity: 1, amount: 1, taxAmount: 0 }),
        ],
      }),
      'Order 1 (ORD-1): items have a total of more than 15 digits, so no response could state it exactly.',
    ],
    [
      'a quantity that makes the total more than 15 digits',
      order({ items: [item({ quantity: 1_000_000, amount: 1_000_000_000 })] }),
      'Order 1 (ORD-1): items have a total of more than 15 digits, so no response could state it exactly.',
    ],
    [
      'a total whose minor units have more than 15 digits',
      order({ currencyCode: 'USD', items: [item({ quantity: 1, amount: 10_000_000_000_000 })] }),
      'Order 1 (ORD-1): items have a total of more than 15 digits, so no response could state it exactly.',
    ],
  ])('is named: %s', (_mistake, mistaken, message) => {
    expect(() => read(mistaken)).toThrow(new Error(message));
  });

  test('is named when the currency is none', () => {
    expect(() => read(order({ currencyCode: 'XXX' }))).toThrow(/^Order 1 \(ORD-1\): currencyCode must be /);
  });

  test.each([
    ['orderNo', 'ORD 1'],
    ['orderNo', 'a/b'],
    ['orderNo', 'x'.repeat(65)],
    ['storeId', ''],
  ])('is named when %s is %j', (field, value) => {
    expect(() => read(order({ [field]: value }))).toThrow(new RegExp(`^Order 1 .*: ${field} must match pattern`));
  });

  test('is named by the place of its order in the file', () => {
    expect(() => read(order(), order({ orderNo: 'ORD-2' }), order({ orderNo: 'ORD-3', items: [] }))).toThrow(
      /^Order 3 \(ORD-3\): items /,
    );
  });

  test('is named when a store has an orderNo twice', () => {
    expect(() => read(order(), order({ orderNo: 'ORD-2' }), order())).toThrow(
      new Error("Order 3 (ORD-1): this store's orderNo stands twice in the file."),
    );
  });

  test.each([
    ['orderNo', order({ orderNo: 'ORD-1\nORD-2' })],
    ['a field', order({ 'one\ntwo': 1 })],
  ])('is reported in one line, whatever stands in %s', (_place, mistaken) => {
    expect(() => read(mistaken)).toThrow(/^[^\n]*$/);
  });
});

describe('an order file that parsing would change', () => {
  test('is refused for a number with more digits than can be read exactly', () => {
    const text = JSON.stringify([order({ currencyCode: 'USD' })]).replace('50000', '12345.670000000000001');
    expect(() => readOrders(text)).toThrow(
      'The order file cannot be read exactly: /0/items/0/amount has more than 15 significant digits.',
    );
  });

  test('is refused for a field that stands twice', () => {
    const text = JSON.stringify([order()]).replace('"seq":1', '"seq":2,"seq":1');
    expect(() => readOrders(text)).toThrow('The order file cannot be read exactly: /0/items/0/seq stands twice.');
  });
});

describe('an order of more than a hundred lines', () => {
  const items = Array.from({ length: 101 }, (_value, index) => item({ seq: index + 1 }));

  test('may be imported once it is captured', () => {
    expect(read(order({ items }))[0]?.lines).toHaveLength(101);
  });

  test('is refused before that: no request could cancel it whole', () => {
    expect(() => read(order({ items, paymentStatus: 'AUTHORIZED' }))).toThrow(
      'Order 1 (ORD-1): items has more than 100 entries, but before capture only a whole order can be canceled, ' +
        'and a request has at most 100.',
    );
  });
});
