import { expect, test } from '@jest/globals';
import { engineEndpoint } from '../support/engine/engine-service.ts';
import { playOrderHistories } from '../support/engine/play-order-histories.ts';
import { briefFaults, seededFaults } from '../support/engine/seeded-faults.ts';

// A small part of npm run test:faults. A violation names the seed with which its history is played again.
test('whatever the sequence of events, and however often they come, each order ends as it has to', async () => {
  const play = { engine: engineEndpoint, firstSeed: 1, histories: 40, atOnce: 20 };
  const report = await playOrderHistories({ ...play, faultOf: seededFaults(5, briefFaults) });
  expect(report.violations).toEqual([]);
  expect(report.faults).toBeGreaterThan(20);
  expect(report.ends.size).toBeGreaterThan(5);
}, 120_000);
