import { expect, test } from '@jest/globals';
import type { Growth, GrowthPoint, GrowthResult } from './growth.ts';
import { growthVerdicts, isMet, unitVerdicts, warmVerdicts } from './goals.ts';

const units = (requests: number, reads: number, writes: number) => ({ requests, transactions: 0, reads, writes });

const asWanted = { cancellation: units(2, 2, 4), repeated: units(1, 2, 0), refusal: units(1, 2, 0), logBytes: 0 };
const unitsOf = (ours: typeof asWanted) => ({ ours, a: ours, b: ours, c: ours });

test('two round trips and four write units are met goals', () => {
  expect(unitVerdicts(unitsOf(asWanted)).filter((verdict) => !isMet(verdict))).toEqual([]);
});

test.each([
  ['round trips per cancellation', { cancellation: units(3, 2, 4) }],
  ['write units per cancellation', { cancellation: units(2, 2, 6) }],
  ['read units per cancellation', { cancellation: units(2, 3, 4) }],
  ['round trips per replay', { repeated: units(2, 2, 0) }],
  ['write units per replay', { repeated: units(1, 2, 1) }],
  ['round trips per refusal', { refusal: units(2, 2, 0) }],
  ['write units per refusal', { refusal: units(1, 2, 2) }],
])('%s beyond the goal are reported, and nothing else', (goal, change) => {
  const missed = unitVerdicts(unitsOf({ ...asWanted, ...change })).filter((verdict) => !isMet(verdict));
  expect(missed.map((verdict) => verdict.goal)).toEqual([goal]);
});

test('warm CPU is compared with that of the same rounds', () => {
  const cpuMs = { ours: [2, 20], a: [4, 40], b: [], c: [], d: [1, 10], e: [], empty: [] };
  const none = { ours: [], a: [], b: [], c: [], d: [], e: [], empty: [] };
  const verdicts = warmVerdicts({ cpuMs, ownCpuMs: [0.1, 0.1], alone: none, crowded: none });
  expect(verdicts.map(({ measured }) => measured.median)).toEqual([2, 0.5, 0.1]);
});

function pointOf(size: number, writes: number, cpuMs = 1): GrowthPoint {
  return { size, p50Ms: 5, p99Ms: 9, runs: [{ p50Ms: 5, cpuMs }], units: units(2, 2, writes) };
}

function growthOf(...points: GrowthPoint[]): Growth {
  return { warmUp: 300, count: 200, points };
}

const level: GrowthResult = {
  lines: growthOf(pointOf(1, 4), pointOf(100, 20), pointOf(500, 100)),
  history: growthOf(pointOf(0, 4), pointOf(10_000, 4)),
  orders: growthOf(pointOf(1000, 4), pointOf(1_000_000, 4)),
  items: growthOf(pointOf(1, 4)),
};

test('growth that is linear in the lines and otherwise level meets its goals', () => {
  expect(growthVerdicts(level).filter((verdict) => !isMet(verdict))).toEqual([]);
});

test.each([
  ['write units, longest history / none', { history: growthOf(pointOf(0, 4), pointOf(10_000, 6)) }],
  ['write units, largest table / smallest', { orders: growthOf(pointOf(1000, 4), pointOf(1_000_000, 5)) }],
  ['write units, 500 lines / 100', { lines: growthOf(pointOf(1, 4), pointOf(100, 20), pointOf(500, 101)) }],
  ['CPU, longest history / none', { history: growthOf(pointOf(0, 4), pointOf(10_000, 4, 1.2)) }],
])('%s is reported when it grows', (goal, change) => {
  const missed = growthVerdicts({ ...level, ...change }).filter((verdict) => !isMet(verdict));
  expect(missed.map((verdict) => verdict.goal)).toEqual([goal]);
});
