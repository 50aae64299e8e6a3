import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../../../lambda/domain/order.ts';
import {
  cancellationOfElsewhere,
  decideElsewhere,
  type ElsewhereItem,
} from '../../../../lambda/domain/refunded-elsewhere.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';

const decide = (items: readonly ElsewhereItem[], changes: Partial<Order> = {}, currencyCode = 'KRW') => {
  const order = orderOf(changes);
  return decideElsewhere(order, cancellationOfElsewhere(order, items), currencyCode);
};
const reasonsOf = (decision: ReturnType<typeof decide>) =>
  typeof decision === 'string' || decision.ok
    ? decision
    : decision.violations.map(({ reason, at }) => `${reason} ${'field' in at ? at.field : at.header}`);

describe('money that went back elsewhere', () => {
  test('is a cancellation of what it is of the order, with the tax that belongs to it', () => {
    expect(decide([{ seq: 1, quantity: 1, amount: 50_000 }])).toMatchObject({
      ok: true,
      cancellation: {
        kind: 'REFUND',
        nextStatus: 'PARTIALLY_CANCELED',
        items: [{ itemId: 'P001', taxMinor: undefined, taken: { units: 1, amountMinor: 50_000n, taxMinor: 5000n } }],
      },
    });
  });

  test('may be a part of an amount, or all that is left', () => {
    expect(decide([{ seq: 1, quantity: 1, amount: 1 }])).toMatchObject({
      cancellation: { items: [{ taken: { units: 0, amountMinor: 1n, taxMinor: 0n } }] },
    });
    const all = [
      { seq: 1, quantity: 2, amount: 50_000 },
      { seq: 2, quantity: 1, amount: 3000 },
      { seq: 3, quantity: 1, amount: 3000 },
    ];
    expect(decide(all)).toMatchObject({ cancellation: { nextStatus: 'CANCELED' } });
  });

  test('needs no account: it has moved already', () => {
    expect(decide([{ seq: 2, quantity: 1, amount: 3000 }], { refundMethod: 'BANK_ACCOUNT' })).toHaveProperty(
      'ok',
      true,
    );
  });

  test('comes after the capture', () => {
    for (const paymentStatus of ['REQUESTED', 'AUTHORIZED'] as const) {
      expect(decide([{ seq: 1, quantity: 9, amount: 9 }], { paymentStatus })).toBe('NOT_YET');
    }
  });

  const spent = [lineOf({ canceled: { units: 1, amountMinor: 50_001n, taxMinor: 5000n } })];
  test.each<[string, readonly ElsewhereItem[], Partial<Order>, string[]]>([
    [
      'more than is left',
      [{ seq: 1, quantity: 1, amount: 50_000 }],
      { lines: spent },
      ['AMOUNT_EXCEEDS_REMAINING /items/0/amount'],
    ],
    ['more units', [{ seq: 1, quantity: 3, amount: 1 }], {}, ['QUANTITY_EXCEEDS_REMAINING /items/0/quantity']],
    ['more than a unit', [{ seq: 1, quantity: 1, amount: 50_001 }], {}, ['AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount']],
    ['nothing', [{ seq: 1, quantity: 1, amount: 0 }], {}, ['AMOUNT_NOT_POSITIVE /items/0/amount']],
    ['an unknown line', [{ seq: 9, quantity: 1, amount: 1 }], {}, ['UNKNOWN_ITEM /items/0/seq']],
    ['decimals', [{ seq: 1, quantity: 1, amount: 0.5 }], {}, ['AMOUNT_PRECISION /items/0/amount']],
    [
      'a line twice',
      [
        { seq: 2, quantity: 1, amount: 1 },
        { seq: 2, quantity: 1, amount: 1 },
      ],
      {},
      ['DUPLICATE_SEQ /items/1/seq'],
    ],
    ...(['VOIDED', 'CANCELED', 'FAILED'] as const).map(
      (paymentStatus): [string, readonly ElsewhereItem[], Partial<Order>, string[]] => [
        paymentStatus,
        [{ seq: 2, quantity: 1, amount: 1 }],
        { paymentStatus },
        ['ORDER_NOT_CANCELABLE /orderNo'],
      ],
    ),
  ])('is refused as a whole: %s', (_what, items, changes, reasons) => {
    expect(reasonsOf(decide(items, changes))).toEqual(reasons);
  });

  test('is refused in another currency', () => {
    expect(reasonsOf(decide([{ seq: 2, quantity: 1, amount: 1 }], {}, 'USD'))).toEqual([
      'CURRENCY_MISMATCH X-Currency-Code',
    ]);
  });

  test('is refused by its items, also where their sum has too many digits', () => {
    const huge = [{ seq: 1, quantity: 1_000_000, amount: 999_999_999_999_999 }];
    expect(reasonsOf(decide(huge))).toEqual(expect.arrayContaining(['QUANTITY_EXCEEDS_REMAINING /items/0/quantity']));
  });
});
