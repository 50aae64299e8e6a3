import type { Random } from '../../../support/random.ts';
import { dayMs } from '../plan.ts';

/** Mostly while something happens; now and then when everything has come to rest. */
export function drawMoment(random: Random): number {
  if (random.chance(80)) return random.below(6000);
  return random.pick([60_000, 10 * 60_000, dayMs, 20 * dayMs]) + random.below(5000);
}

/** At least one copy: mostly at once, and the others in any order after it. */
export function drawCopies(random: Random): number[] {
  const count = random.chance(75) ? 1 : random.between(2, 3);
  return Array.from({ length: count }, () => (random.chance(75) ? 1 + random.below(40) : drawMoment(random)));
}

export function some<Thing>(random: Random, percent: number, most: number, draw: () => Thing): Thing[] {
  if (!random.chance(percent)) return [];
  return Array.from({ length: 1 + random.below(most) }, draw);
}
