import { lineOf } from '../../in-memory/orders.ts';
import { itemOf, requestOf } from '../../in-memory/requests.ts';
import { sendTo } from '../../in-memory/send.ts';
import type { IntegratorMistake } from './commit-mistake.ts';
import { firstItem, full, otherItems, partOfThird } from './sample-requests.ts';

/** The first line, without a tax of its own. */
const bare = { seq: 1, itemType: 'PHYSICAL', itemId: 'P001' } as const;
const oneUnit = requestOf([{ ...bare, quantity: 1, amount: 50_000 }]);

export const mistakesAboutOrders: readonly IntegratorMistake[] = [
  {
    title: 'An unknown order, or an order of another store',
    body: { ...full, orderNo: 'ord20251224001' },
    response: [404, 'ORDER_NOT_FOUND /orderNo'],
  },
  {
    title: 'A seq that the order does not have',
    body: { ...full, items: [{ ...firstItem, seq: 9 }, ...otherItems] },
    response: [400, 'UNKNOWN_ITEM /items/0/seq'],
  },
  {
    title: 'The itemId and the itemType of another line',
    body: requestOf([itemOf({ itemId: 'P002', itemType: 'DELIVERY' })]),
    response: [400, 'ITEM_MISMATCH /items/0/itemId', 'ITEM_MISMATCH /items/0/itemType'],
  },
  {
    title: 'The same line in two items',
    body: requestOf([
      { ...firstItem, quantity: 1 },
      { ...firstItem, quantity: 1 },
    ]),
    response: [400, 'DUPLICATE_SEQ /items/1/seq'],
  },
  {
    title: 'More units than remain',
    before: async (service) => await sendTo(service, requestOf([{ ...firstItem, quantity: 1 }])),
    body: requestOf([firstItem]),
    response: [
      400,
      'QUANTITY_EXCEEDS_REMAINING /items/0/quantity',
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount',
      'TAX_EXCEEDS_REMAINING /items/0/taxAmount',
    ],
  },
  {
    title: 'A larger amount than remains',
    before: async (service) => await sendTo(service, partOfThird),
    body: requestOf([itemOf()]),
    response: [400, 'AMOUNT_EXCEEDS_REMAINING /items/0/amount'],
  },
  {
    title: 'A whole line of three units at 10000, of which half a unit was canceled before',
    order: { lines: [lineOf({ quantity: 3, unitAmountMinor: 10_000n, unitTaxMinor: 909n })] },
    before: async (service) => await sendTo(service, requestOf([{ ...bare, quantity: 1, amount: 5000 }])),
    body: requestOf([{ ...bare, quantity: 3, amount: 10_000 }]),
    response: [400, 'AMOUNT_EXCEEDS_REMAINING /items/0/amount'],
  },
  {
    title: 'An item for a line of which nothing is left',
    before: async (service) => await sendTo(service, requestOf([itemOf()])),
    body: requestOf([itemOf({ amount: 0 })]),
    response: [400, 'QUANTITY_EXCEEDS_REMAINING /items/0/quantity', 'AMOUNT_NOT_POSITIVE /items/0/amount'],
  },
  {
    title:
      'Two clerks look at the order, and each of them cancels a unit of line 1, with keys of their own and the ETag ' +
      'that both saw: the second one',
    headers: { 'X-Idempotency-Key': 'clerk-2', 'If-Match': '"ORD20251224001.1"' },
    before: async (service) => await sendTo(service, oneUnit, { headers: { 'X-Idempotency-Key': 'clerk-1' } }),
    body: oneUnit,
    response: [412, 'ORDER_CHANGED If-Match'],
  },
  {
    title: 'A part of the order before capture',
    order: { paymentStatus: 'AUTHORIZED' },
    body: requestOf([{ ...firstItem, quantity: 1 }, itemOf({ amount: 2000 })]),
    response: [
      400,
      'PARTIAL_BEFORE_CAPTURE /items/0/quantity',
      'PARTIAL_BEFORE_CAPTURE /items/1/amount',
      'PARTIAL_BEFORE_CAPTURE /items',
    ],
  },
  {
    title: 'A payment that cannot be canceled',
    order: { paymentStatus: 'FAILED' },
    response: [400, 'ORDER_NOT_CANCELABLE /orderNo'],
  },
  {
    title: 'A refund account that is required, but missing or incomplete',
    order: { refundMethod: 'BANK_ACCOUNT' },
    body: { ...full, refundAccount: { accountNumber: '1234567890' } },
    response: [
      400,
      'REFUND_ACCOUNT_REQUIRED /refundAccount/bankCode',
      'REFUND_ACCOUNT_REQUIRED /refundAccount/accountHolderName',
    ],
  },
];
