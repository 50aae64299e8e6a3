import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { lineOf } from '../../in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../../in-memory/requests.ts';

// What mistakes are made of. Unless one says otherwise, the order is that of the specification.

/** The request for the whole order. */
export const full = exampleRequest('full-order');
export const fullText = JSON.stringify(full);

/** Its first item, 2 x 50000 with a tax of 5000, and the other two. */
const [first, ...others] = full.items;
export const firstItem = first ?? itemOf();
export const otherItems = others;

/** The request for the whole order with its first item changed. */
export const withFirst = (changes: object, more: Partial<CancellationRequest> = {}) => ({
  ...full,
  ...more,
  items: [{ ...firstItem, ...changes }, ...otherItems],
});

/** A request for a part of the third line. */
export const partOfThird = requestOf([itemOf({ amount: 2000 })]);

/** An order of one unit of 11.00 USD, 1.00 of it tax, with the currency that a request for it names. */
export const usdOrder: Partial<Order> = {
  currencyCode: 'USD',
  lines: [lineOf({ quantity: 1, unitAmountMinor: 1100n, unitTaxMinor: 100n })],
};
export const usdHeaders = { 'X-Currency-Code': 'USD' };
export const ofUsd = (amount: number) => requestOf([{ ...firstItem, quantity: 1, amount, taxAmount: 1 }]);

export const without = (object: object, name: string) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
