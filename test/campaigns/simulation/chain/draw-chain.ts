import { Random } from '../../../support/random.ts';
import { drawPlan } from '../draw-plan.ts';
import { busFaults, type Fault, type FaultKind } from '../faults.ts';
import type { Plan } from '../plan.ts';
import { drawEndpointActs, drawEndpoints } from './draw-endpoints.ts';
import { drawPlatform } from './draw-platform.ts';
import { drawCopies, drawMoment, some } from './draw-times.ts';
import type { ChainPlan, Deed, OperatorAct, PlannedReport } from './plan.ts';
import { reportFlaws } from './plan.ts';

/** The store that deployments are tested with. */
export const smokeStore = 'SMOKE-TEST';

/** Keeps what is drawn for the chain apart from what is drawn for the requests. */
const stream = 0x636861;

/** The plan of a seed, with the chain that its cancellations go through. */
export function drawChainPlan(seed: number): Plan {
  const random = new Random(seed, stream);
  const drawn = drawPlan(seed);
  const plan = random.chance(6) ? ofSmokeStore(drawn) : drawn;
  const chain = drawChain(random, plan);
  const { comingOrders } = chain.platform;
  const orders = plan.orders.map((order, index) => (comingOrders.includes(index) ? { ...order, version: 1 } : order));
  // So that merchants meet an order that comes in, and not only its absence.
  const laterMs = comingOrders.length > 0 && random.chance(80) ? random.below(400) : 0;
  const sends = plan.sends.map((send) => ({ ...send, atMs: send.atMs + laterMs }));
  // Captures are events of the platform here.
  return { ...plan, orders, sends, captures: [], chain };
}

/** The first store becomes the one whose cancellations never leave. */
function ofSmokeStore(plan: Plan): Plan {
  return { ...plan, orders: plan.orders.map(renamed), credentials: plan.credentials.map(renamed) };
}

function renamed<Named extends { readonly storeId: string }>(named: Named): Named {
  return named.storeId === 'STORE-1' ? { ...named, storeId: smokeStore } : named;
}

function drawChain(random: Random, plan: Plan): ChainPlan {
  const stores = [...new Set(plan.orders.map(({ storeId }) => storeId))];
  const isRough = random.chance(55);
  const lists = (percents: readonly number[], kinds = callFaults) =>
    isRough
      ? percents.map((percent) => drawFaults(random, percent, kinds)).slice(0, 1 + random.below(percents.length))
      : [];
  return {
    seed: random.next(),
    publisherFaults: lists([60, 50, 40, 30]),
    takerFaults: lists([50, 40, 30]),
    rewinds: some(random, 25, 2, () => ({
      atMs: drawMoment(random),
      stream: random.pick(['Cancellations', 'Executions']),
      by: 1 + random.below(4),
    })),
    deliveries: some(random, 60, 4, () => drawCopies(random)),
    deeds: some(random, 90, 4, () => drawDeed(random)),
    strays: some(random, 8, 1, () => ({
      atMs: drawMoment(random),
      of: random.pick(['NOBODY', 'NEXT_ATTEMPT', 'ELSEWHERE']),
    })),
    operators: some(random, 60, 3, () => drawAct(random)),
    impossibleRecordAtMs: random.chance(3) ? random.below(500) : undefined,
    platform: drawPlatform(random, plan),
    orderTakerFaults: lists([50, 40, 30, 20], orderTakerFaults),
    endpoints: drawEndpoints(random, stores),
    endpointActs: drawEndpointActs(random, stores),
    senderFaults: lists([40, 30, 20]),
  };
}

const courses: ReadonlyArray<ReadonlyArray<PlannedReport['status']>> = [
  ['SUCCEEDED'],
  ['SUCCEEDED'],
  ['FAILED'],
  ['FAILED'],
  ['PENDING', 'SUCCEEDED'],
  ['PENDING', 'FAILED'],
  // The bank sends it back.
  ['SUCCEEDED', 'FAILED'],
  ['PENDING', 'SUCCEEDED', 'FAILED'],
  // The executor breaks its contract.
  ['FAILED', 'SUCCEEDED'],
  ['PENDING', 'PENDING', 'FAILED', 'SUCCEEDED'],
  // Never heard of again.
  [],
];

function drawDeed(random: Random): Deed {
  let afterMs = 0;
  const reports = random.pick(courses).map((status): PlannedReport => {
    afterMs += random.chance(80) ? random.below(60) : drawMoment(random);
    return {
      status,
      gap: random.chance(10) ? random.between(1, 3) : 0,
      afterMs,
      copiesMs: drawCopies(random),
      flaw: random.chance(9) ? random.pick(reportFlaws) : undefined,
    };
  });
  return { reports, repeats: random.chance(40) };
}

function drawAct(random: Random): OperatorAct {
  const isAfterFailure = random.chance(75);
  return {
    kind: random.pick(['RETRY', 'RETRY', 'RETRY', 'RETRY_WITH_ACCOUNT', 'RESOLVE', 'RESOLVE_PENDING', 'REPUBLISH']),
    when: isAfterFailure ? 'AFTER_FAILURE' : 'AT',
    // Two of them at once are one thing that has to go well.
    ms: isAfterFailure && random.chance(60) ? random.below(10) : drawMoment(random),
    choice: random.next(),
    faults: random.chance(15) ? [drawFault(random, 3, callFaults)] : [],
  };
}

const callFaults: readonly FaultKind[] = [
  'REQUEST_LOST',
  'REQUEST_RESET',
  'REQUEST_LATE',
  'ANSWER_LOST',
  'ANSWER_RESET',
  'SLOW',
  'THROTTLED',
  'SERVER_ERROR',
  'SERVER_ERROR_AFTER_EFFECT',
  'CREDENTIALS_REFUSED',
  'CRASH_BEFORE_REQUEST',
  'CRASH_AFTER_REQUEST',
  'CRASH_BEFORE_ANSWER',
  'CRASH_BEFORE_RESPONSE',
  ...busFaults,
  ...busFaults,
];

/** It also reads batches of the tables, and commits transactions as cancellations do. */
const orderTakerFaults: readonly FaultKind[] = [
  ...callFaults,
  'CONFLICT',
  'CONFLICT',
  'IN_PROGRESS',
  'UNPROCESSED',
  'THROTTLED_WITHIN',
  'CRASH_ASLEEP',
];

function drawFaults(random: Random, percent: number, kinds: readonly FaultKind[]): Fault[] {
  if (!random.chance(percent)) return [];
  return Array.from({ length: random.pick([1, 1, 2, 4]) }, () => drawFault(random, 5, kinds));
}

function drawFault(random: Random, wires: number, kinds: readonly FaultKind[]): Fault {
  return { kind: random.pick(kinds), wire: random.below(wires), choice: random.next() };
}
