import type { OrderRow } from '../../../../lambda/dynamodb/items.ts';
import type { PaymentStatus } from '../../../../lambda/domain/order.ts';
import type { Item } from '../../../support/dynamodb-expressions.ts';
import { BrokenPromise } from '../history.ts';

/** How far a payment has come. From one of the last rank nothing goes anywhere. */
const ranks: Readonly<Record<PaymentStatus, number>> = {
  REQUESTED: 0,
  AUTHORIZED: 1,
  CAPTURED: 2,
  PARTIALLY_CANCELED: 3,
  CANCELED: 4,
  VOIDED: 4,
  FAILED: 4,
};

/** Whoever changes an order raises its version by one, and its payment only goes forward. @throws BrokenPromise */
export function checkOrderChange(before: Item, after: Item): void {
  const was = before as unknown as OrderRow;
  const is = after as unknown as OrderRow;
  if (is.v !== was.v + 1n) throw new BrokenPromise(`The version of an order went from ${was.v} to ${is.v}.`);
  const isForward = ranks[is.st] > ranks[was.st] || (is.st === was.st && is.st === 'PARTIALLY_CANCELED');
  const isOfPaid = is.st === 'VOIDED' || is.st === 'FAILED' ? ranks[was.st] < ranks.CAPTURED : true;
  if (!isForward || !isOfPaid) throw new BrokenPromise(`A payment went from ${was.st} to ${is.st}.`);
}
