import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../../lambda/domain/order.ts';
import type { Reference } from './reference.ts';

/** What is wrong with the stored orders, given what was canceled of them. */
export function flawOfStored(stored: readonly Order[], reference: Reference): string | undefined {
  const wrong = stored.find((order) => {
    const expected = reference.orderOf(order.orderNo);
    // Most of them are what they were at first, the very object.
    return expected !== undefined && expected !== order && !isDeepStrictEqual(stateOf(order), stateOf(expected));
  });
  if (wrong === undefined) return undefined;
  const expected = reference.orderOf(wrong.orderNo);
  const [got, wanted] = [wrong, expected].map((order) => order && JSON.stringify(stateOf(order)));
  return `The order is ${got}, by the contract ${wanted}.`;
}

function stateOf({ paymentStatus, version, lines }: Order) {
  return {
    paymentStatus,
    version,
    canceled: lines.map(({ seq, canceled: { units, amountMinor, taxMinor } }) => {
      return [seq, units, String(amountMinor), String(taxMinor)];
    }),
  };
}
