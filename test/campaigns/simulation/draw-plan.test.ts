import { expect, test } from '@jest/globals';
import { drawPlan } from './draw-plan.ts';

test('one history in a thousand or so is of 20 to 40 requests', () => {
  const counts = Array.from({ length: 5000 }, (_value, seed) => drawPlan(seed).sends.length);
  const long = counts.filter((count) => count >= 20);
  expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  expect(long.length).toBeGreaterThan(0);
  expect(long.length).toBeLessThan(25);
});
