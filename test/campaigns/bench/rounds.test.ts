import { expect, test } from '@jest/globals';
import { expectAll } from './function-process.ts';
import { shuffled } from './rounds.ts';

const orderOf = (round: number) => shuffled(['a', 'b', 'c', 'd'], round).join('');

test('every round has its own order, the same in every run, and none is left out', () => {
  const orders = Array.from({ length: 25 }, (_value, round) => orderOf(round));
  for (const order of orders) expect(order.split('').toSorted().join('')).toBe('abcd');
  expect(orders).toEqual(orders.map((_order, round) => orderOf(round)));
  // Each has each of the others before it, and each is the first at times.
  const pairs = new Set(orders.flatMap((order) => [0, 1, 2].map((place) => order.slice(place, place + 2))));
  expect(pairs.size).toBe(12);
  expect(new Set(orders.map((order) => order[0])).size).toBe(4);
});

test('a figure counts only where everything was answered as it should be', () => {
  expect(() => expectAll({ 200: 5 }, 200, 'peer')).not.toThrow();
  expect(() => expectAll({ 200: 4, 503: 1 }, 200, 'peer')).toThrow('peer: answered 503 and not only 200.');
});
