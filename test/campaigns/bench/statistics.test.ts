import { describe, expect, test } from '@jest/globals';
import { estimate, median, pairedRatio, quantile } from './statistics.ts';

describe('the median', () => {
  test.each([
    [[5], 5],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

test.each([
  [0, 10],
  [0.25, 20],
  [0.5, 30],
  [0.9, 46],
  [1, 50],
])('the quantile at %d lies between the nearest ranks', (share, expected) => {
  expect(quantile([50, 10, 40, 20, 30], share)).toBeCloseTo(expected, 10);
});

describe('an estimate', () => {
  const values = [10, 11, 9, 12, 10, 10, 30, 9, 11, 10];

  test('is a median within its interval, which is within the values', () => {
    const { median: middle, low, high } = estimate(values);
    expect(middle).toBe(10);
    expect(low).toBeGreaterThanOrEqual(9);
    expect(low).toBeLessThanOrEqual(middle);
    expect(high).toBeGreaterThanOrEqual(middle);
    expect(high).toBeLessThan(30);
  });

  test('is the same whenever it is made', () => {
    expect(estimate(values)).toEqual(estimate(values));
  });

  test('of one and the same value is sure of it', () => {
    expect(estimate([7, 7, 7])).toEqual({ median: 7, low: 7, high: 7 });
  });

  test('is surer of more values', () => {
    const few = estimate([1, 2, 3, 4, 5]);
    const many = estimate(Array.from({ length: 100 }, (_value, index) => (index % 5) + 1));
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
  });
});

describe('a ratio of the same rounds', () => {
  test('is not touched by what slows a round down', () => {
    expect(pairedRatio([2, 20, 200], [1, 10, 100])).toEqual({ median: 2, low: 2, high: 2 });
  });

  test('needs as many rounds of the one as of the other', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow('Only values of the same rounds can be compared.');
  });
});
