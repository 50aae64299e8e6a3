import { expect, test } from '@jest/globals';
import { expectAll } from '../../bench/function-process.ts';
import { rotated } from '../../bench/rounds.ts';

test('every round begins with another one, and none is left out', () => {
  const rounds = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
  expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
});

test('the round before the first is like the first', () => {
  expect(rotated(['a', 'b'], -1)).toEqual(['a', 'b']);
});

test('a figure counts only where everything was answered as it should be', () => {
  expect(() => expectAll({ 200: 5 }, 200, 'peer')).not.toThrow();
  expect(() => expectAll({ 200: 4, 503: 1 }, 200, 'peer')).toThrow('peer: answered 503 and not only 200.');
});
