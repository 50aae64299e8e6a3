import { expect, test } from '@jest/globals';
import { engineEndpoint } from '../support/engine/engine-service.ts';
import { playHistories } from '../support/engine/play-histories.ts';
import { allFaults, networkFaults, seededFaults } from '../support/engine/seeded-faults.ts';

// A small part of npm run test:faults. A violation names the seed with which its history is played again.
const play = { engine: engineEndpoint, firstSeed: 1, atOnce: 20 };
/** Seconds are enough, where nothing else runs. */
const timeoutMs = 120_000;

test(
  'whatever the wire does, each success has one record and each record has a response',
  async () => {
    const outcome = await playHistories({ ...play, histories: 100, faultOf: seededFaults(15, allFaults) });
    expect(outcome.violations).toEqual([]);
    expect(outcome.met.length).toBeGreaterThan(0.1 * outcome.wireCalls);
  },
  timeoutMs,
);

test(
  'at 5 % of faults the wire calls stay under 1.3 times those without any',
  async () => {
    const undisturbed = await playHistories({ ...play, histories: 50 });
    const disturbed = await playHistories({ ...play, histories: 50, faultOf: seededFaults(5, networkFaults) });
    expect([...undisturbed.violations, ...disturbed.violations]).toEqual([]);
    expect(disturbed.met.length).toBeGreaterThan(0.04 * disturbed.wireCalls);
    expect(disturbed.wireCalls).toBeLessThan(1.3 * undisturbed.wireCalls);
  },
  timeoutMs,
);
