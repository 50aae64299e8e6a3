import { expect, test } from '@jest/globals';
import { isCountryCode } from '../../../../lambda/contract/countries.ts';

test('a country is one of the 249 that ISO 3166-1 assigns', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  expect(pairs.filter(isCountryCode)).toHaveLength(249);
  expect(['AA', 'EU', 'UK', 'XK', 'ZZ'].filter(isCountryCode)).toEqual([]);
});
