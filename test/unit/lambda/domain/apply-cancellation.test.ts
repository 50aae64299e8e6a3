import { expect, test } from '@jest/globals';
import { applyCancellation } from '../../../../lambda/domain/apply-cancellation.ts';
import { requestOf, itemOf } from '../../../../tools/in-memory/requests.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { allowed } from '../../../support/decisions.ts';

const order = orderOf({ version: 7 });
const after = applyCancellation(order, allowed(order, requestOf([itemOf()])));

test('an applied cancellation raises the version of the order by one and sets its status', () => {
  expect(after).toMatchObject({ version: 8, paymentStatus: 'PARTIALLY_CANCELED' });
});

test('an applied cancellation changes the lines of its items and no others', () => {
  const [first, second, third] = order.lines;
  expect(after.lines).toEqual([first, second, { ...third, canceled: { units: 1, amountMinor: 3000n, taxMinor: 0n } }]);
});

test('an applied cancellation leaves the order that it was decided on as it was', () => {
  expect(order).toEqual(orderOf({ version: 7 }));
});
