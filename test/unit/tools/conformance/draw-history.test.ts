import { expect, test } from '@jest/globals';
import { drawHistory } from '../../../../tools/conformance/draw-history.ts';
import { dayMs } from '../../../../tools/conformance/virtual-clock.ts';

const histories = Array.from({ length: 300 }, (_, index) => drawHistory(index + 1));
const refunds = histories.flatMap((history) => history.refunds);

test('a seed draws the same history each time', () => {
  expect(drawHistory(7)).toEqual(drawHistory(7));
  expect(drawHistory(7)).not.toEqual(drawHistory(8));
});

test.each<[string, boolean]>([
  ['nothing that fails', histories.some(({ faultPercent, crashPercent }) => faultPercent + crashPercent === 0)],
  ['processes that die', histories.some(({ crashPercent }) => crashPercent > 0)],
  ['messages that come again days later', histories.some(({ comesAgainLate }) => comesAgainLate)],
  ['reports that are lost', histories.some(({ losesReports }) => losesReports)],
  [
    'two refunds of one order',
    histories.some(({ refunds: [one, other] }) => one?.requested.orderNo === other?.requested.orderNo),
  ],
  [
    'requests at the same time',
    refunds.some(({ deliveriesMs: [one = 0, other = Infinity] }) => Math.abs(one - other) < 20),
  ],
  ['requests long after the first', refunds.some(({ deliveriesMs }) => deliveriesMs.some((ms) => ms > 15 * dayMs))],
  ['an amount of 0', refunds.some(({ requested }) => requested.amountMinor === 0n)],
  [
    'a void that is never captured',
    refunds.some(({ requested, capturedMs }) => requested.kind === 'VOID' && capturedMs === undefined),
  ],
  [
    'a void that is captured meanwhile',
    refunds.some(({ requested, capturedMs = 0 }) => requested.kind === 'VOID' && capturedMs > 0),
  ],
  [
    'an account that ends',
    refunds.some(({ requested, accountEndsMs }) => requested.hasAccount && accountEndsMs < Infinity),
  ],
  ['money that comes back', refunds.some(({ behaviors }) => behaviors.includes('COMES_BACK'))],
])('there is a history with %s', (_name, isThere) => {
  expect(isThere).toBe(true);
});
