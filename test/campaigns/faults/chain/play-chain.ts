import type { DeployedStack } from '../../../../tools/local/template.ts';
import { type ChainFault, ChainFaults } from './chain-faults.ts';
import { judgeChain } from './judge.ts';
import { cancelAll, type MadeCancellation } from './merchants.ts';
import { isSmoke } from './plan.ts';
import { keepingPrinted } from './printed.ts';
import { type Chain, startChain } from './start-chain.ts';
import { sendStrayReports, type StrayReport } from './stray-reports.ts';
import { readOrdersAndRecords } from './read-rows.ts';
import { createWorld, type World } from './world.ts';

export interface ChainPlay {
  readonly endpoint: string;
  readonly deployed: DeployedStack;
  readonly seed: number;
  /** Those of the reserved store are not counted. */
  readonly cancellations: number;
  readonly hasFaults: boolean;
}

export interface ChainReport {
  readonly made: number;
  /** What the bus took of the service, repetitions included. */
  readonly events: number;
  readonly ids: number;
  /** Of these, first requests. */
  readonly requests: number;
  readonly requestIds: number;
  readonly lost: number;
  /** How often money was sent, or an authorization released. */
  readonly moved: number;
  readonly retried: number;
  readonly resolved: number;
  readonly deliveries: { readonly total: number; readonly failed: number };
  readonly deadLetters: number;
  /** Reports that were sent to become dead letters. */
  readonly strays: number;
  readonly leakedAccounts: number;
  /** From the time of a record to the first delivery of its request. */
  readonly medianMs: number;
  readonly met: ReadonlyMap<ChainFault, number>;
  readonly violations: readonly string[];
}

/** More than it takes on a machine that is busy with other work. */
const leastMs = 60_000;
const msPerCancellation = 500;
const busyAtOnce = 4;

/**
 * Lets cancellations go through the whole chain on tables of its own, with faults wherever one part hands something to
 * the next, and judges what came of them.
 */
export async function playChain(play: ChainPlay): Promise<ChainReport> {
  const { endpoint, deployed, seed, cancellations, hasFaults } = play;
  const world = await createWorld(endpoint, deployed, seed, cancellations);
  const faults = new ChainFaults(seed, hasFaults);
  const printed: string[] = [];
  try {
    return await keepingPrinted(printed, async () => {
      const chain = await startChain(world, faults);
      try {
        const played = await playUntilRest(world, chain, faults, play);
        return await judgeChain(world, chain, { ...played, printed, met: faults.met });
      } finally {
        await chain.stop();
      }
    });
  } finally {
    world.client.destroy();
  }
}

async function playUntilRest(world: World, chain: Chain, faults: ChainFaults, play: ChainPlay) {
  const { bus, executor, underWay, streams, awaited } = chain;
  const made: MadeCancellation[] = [];
  const strays: StrayReport[] = [];
  const failures: string[] = [];
  const patience = AbortSignal.timeout(leastMs + play.cancellations * msPerCancellation);
  const finished = async (percent: number): Promise<void> => {
    await underWay.until(() => bus.finished.size >= (play.cancellations * percent) / 100, patience);
  };
  const disturb = async (): Promise<void> => {
    if (!play.hasFaults) return;
    await finished(33);
    await streams.moveBack();
    // In its first attempt nothing but the amount and the status is wrong with them.
    const one = made.find(
      ({ planned, returnRequestId }) => planned.deed.failures === 0 && bus.finished.has(returnRequestId),
    );
    if (one !== undefined) strays.push(...sendStrayReports(bus, one));
    await finished(66);
    await streams.moveBack();
    await finished(95);
    faults.end();
  };
  const cancel = async () => {
    const atOnce = play.hasFaults ? busyAtOnce : 1;
    await cancelAll(world.tables, world.plan.cancellations, atOnce, async (one) => {
      made.push(one);
      if (isSmoke(one.planned)) return;
      const eventId = `${one.returnRequestId}-1-0`;
      awaited.add(eventId);
      // What is measured is the way of one, and not how long it waits behind others.
      if (!play.hasFaults) await underWay.until(() => executor.latenciesMs.has(eventId), patience);
    });
    return await readOrdersAndRecords(world);
  };
  const [before] = await Promise.all([cancel(), disturb()]);
  const isAtRest = () =>
    bus.finished.size === play.cancellations &&
    underWay.isNothing &&
    [...awaited].every((eventId) => bus.taken.has(eventId));
  if (!(await underWay.until(isAtRest, patience))) {
    const missing = [...awaited].filter((eventId) => !bus.taken.has(eventId));
    failures.push(
      `no rest when the time was over: ${bus.finished.size} of ${play.cancellations} refunds are finished, ` +
        `${missing.length} events have not left, ${underWay.isNothing ? 'nothing' : 'something'} is under way`,
    );
  }
  return { made, strays, failures, before };
}
