import { describe, expect, test } from '@jest/globals';
import { maxReceives, waitSeconds } from '../../../../lambda/webhook-sender/schedule.ts';

const receives = Array.from({ length: maxReceives }, (_, index) => index + 1);

describe('the waits of a message', () => {
  test('grow from seconds to eleven hours', () => {
    expect(receives.map((count) => waitSeconds(count, 0))).toEqual([
      5, 300, 1800, 7200, 18_000, 36_000, 39_600, 39_600, 39_600, 39_600, 39_600, 0,
    ]);
  });

  test('are three days together', () => {
    const days = receives.reduce((sum, count) => sum + waitSeconds(count, 0), 0) / 86_400;
    expect(days).toBeCloseTo(3, 1);
  });

  test('are shorter by chance, by a fifth at most, and never longer', () => {
    for (const count of receives) {
      expect(waitSeconds(count, 0.999)).toBeGreaterThanOrEqual(Math.floor(waitSeconds(count, 0) * 0.8));
      expect(waitSeconds(count, 0.999)).toBeLessThanOrEqual(waitSeconds(count, 0));
    }
  });

  test('are never more than SQS accepts', () => {
    for (const count of receives) expect(waitSeconds(count, 0)).toBeLessThanOrEqual(43_200);
  });
});
