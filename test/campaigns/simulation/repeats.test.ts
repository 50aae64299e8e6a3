import { describe, expect, test } from '@jest/globals';
import type { RefundAccount } from '../../../lambda/domain/cancellation.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import { cancellationOf, differencesFrom } from './repeats.ts';

const order = orderOf({ refundMethod: 'BANK_ACCOUNT' });
const account: RefundAccount = { accountNumber: '110-1', bankCode: '004', accountHolderName: '\u{d64d}' };
const to = (refundAccount: RefundAccount) => requestOf([itemOf()], { refundAccount });

describe('two requests are for one cancellation', () => {
  const items = [itemOf({ seq: 2, itemId: 'P002' }), itemOf()];

  test('whatever the sequence of their items, their taxes and their account', () => {
    const one = cancellationOf(requestOf(items));
    expect(cancellationOf(requestOf(items.toReversed()))).toBe(one);
    expect(cancellationOf(requestOf(items.map((item) => ({ ...item, taxAmount: 1 }))))).toBe(one);
    expect(cancellationOf({ ...requestOf(items), refundAccount: account })).toBe(one);
  });

  test.each([
    ['an amount', requestOf([items[0] ?? itemOf(), itemOf({ amount: 1 })], { totalCancelAmount: 6000 })],
    ['the total', requestOf(items, { totalCancelAmount: 1 })],
    ['the order', requestOf(items, { orderNo: 'ANOTHER' })],
  ])('unless they differ in %s', (_what, request) => {
    expect(cancellationOf(request)).not.toBe(cancellationOf(requestOf(items)));
  });
});

describe('two requests for one cancellation say the same', () => {
  test.each<[string, RefundAccount]>([
    ['without hyphens', { ...account, accountNumber: '1101', bankCode: '0-0 4' }],
    ['with a number for a text', { ...account, accountNumber: 1101 }],
    ['in another form of Unicode', { ...account, accountHolderName: '\u{d64d}'.normalize('NFD') }],
  ])('of an account %s', (_how, other) => {
    expect(differencesFrom(to(account), to(other), order, 'REFUND')).toEqual([]);
  });

  test('of any account on a void, and where the refund goes to the original payment', () => {
    const none = requestOf([itemOf()]);
    expect(differencesFrom(to(account), none, order, 'REFUND')).toEqual(['/refundAccount']);
    expect(differencesFrom(to(account), none, order, 'VOID')).toEqual([]);
    expect(differencesFrom(to(account), none, orderOf(), 'REFUND')).toEqual([]);
  });

  test('of a tax of 0 and none, on a line without tax', () => {
    const items = [itemOf(), itemOf({ seq: 1, itemId: 'P001' })];
    const untaxed = requestOf(items);
    const taxed = requestOf(items.map((item) => ({ ...item, taxAmount: 0 })));
    expect(differencesFrom(untaxed, taxed, order, 'REFUND')).toEqual(['/items/1/taxAmount']);
  });
});

test.each<[string, RefundAccount]>([
  ['number', { ...account, accountNumber: '110-2' }],
  ['bank', { ...account, bankCode: '005' }],
  ['holder', { ...account, accountHolderName: 'KIM' }],
])('another %s is another account', (_what, other) => {
  expect(differencesFrom(to(account), to(other), order, 'REFUND')).toEqual(['/refundAccount']);
});
