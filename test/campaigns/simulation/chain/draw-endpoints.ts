import type { Random } from '../../../support/random.ts';
import { dayMs } from '../plan.ts';
import { drawMoment, some } from './draw-times.ts';
import type { EndpointAct, EndpointAnswer, PlannedEndpoint } from './endpoint-plan.ts';

const hourMs = 60 * 60 * 1000;

/** Not every store has one. */
export function drawEndpoints(random: Random, stores: readonly string[]): PlannedEndpoint[] {
  return stores.filter(() => random.chance(75)).map((storeId) => drawEndpoint(random, storeId));
}

function drawEndpoint(random: Random, storeId: string): PlannedEndpoint {
  return {
    storeId,
    isChoosy: random.chance(10),
    isImpossible: random.chance(3),
    answers: some(random, 50, 4, () => drawAnswer(random)),
    outages: some(random, 15, 2, () => {
      const fromMs = random.chance(75) ? 0 : drawMoment(random);
      const lastsMs = random.pick([60_000, 3 * hourMs, 2 * dayMs, 4 * dayMs, 25 * dayMs]);
      return { fromMs, untilMs: fromMs + lastsMs, ...drawFailure(random) };
    }),
  };
}

function drawAnswer(random: Random): EndpointAnswer {
  if (random.chance(60)) return drawFailure(random);
  return {
    status: random.pick([200, 202, 204, 299]),
    afterMs: random.chance(60) ? random.below(50) : random.below(12_000),
  };
}

function drawFailure(random: Random): EndpointAnswer {
  const status = random.pick([0, 300, 301, 307, 400, 404, 429, 500, 503, 599, random.chance(25) ? 410 : 500]);
  return { status, afterMs: random.chance(80) ? random.below(50) : random.below(9000) };
}

export function drawEndpointActs(random: Random, stores: readonly string[]): EndpointAct[] {
  return some(random, 25, 3, () => ({
    kind: random.pick(['ROTATE', 'ROTATE', 'SET_URL', 'RESUME']),
    atMs: drawMoment(random),
    storeId: random.pick(stores),
  }));
}
