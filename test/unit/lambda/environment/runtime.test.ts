import { expect, test } from '@jest/globals';
import { systemRuntime } from '../../../../lambda/environment/runtime.ts';

test('ids are unique and 26 characters long', () => {
  const ids = Array.from({ length: 1000 }, () => systemRuntime.newId());
  expect(new Set(ids).size).toBe(1000);
  expect(ids.filter((id) => !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toEqual([]);
});

test('random numbers are at least 0 and below 1', () => {
  const draws = Array.from({ length: 1000 }, () => systemRuntime.random());
  expect(draws.filter((draw) => draw < 0 || draw >= 1)).toEqual([]);
});

test('ids use the whole alphabet at every random place, also after the pool of random numbers is refilled', () => {
  const ids = Array.from({ length: 2000 }, systemRuntime.newId);
  expect(new Set(ids).size).toBe(2000);
  for (let place = 10; place < 26; place += 1) expect(new Set(ids.map((id) => id[place])).size).toBe(32);
});
