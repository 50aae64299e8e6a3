import { expect, test } from '@jest/globals';
import { lastResortMs, remainingMsOf } from '../../../../lambda/environment/deadline.ts';

test('of the time that the function has, half a second is kept back to respond in', () => {
  let functionMs = 10_000;
  const remainingMs = remainingMsOf({ getRemainingTimeInMillis: () => functionMs });
  expect(remainingMs()).toBe(9500);
  functionMs = 400;
  expect(remainingMs()).toBe(-100);
});

test('middy gives up within that half second', () => {
  const remainingMs = remainingMsOf({ getRemainingTimeInMillis: () => lastResortMs });
  expect(lastResortMs).toBeGreaterThan(0);
  expect(remainingMs()).toBeLessThan(0);
});
