import type { Field } from './contenders.ts';
import type { Units } from './dynamodb-proxy.ts';
import { type Engine, withEngine } from './engine.ts';
import { expectAll, invokeOften, type Job, type WarmRun } from './function-process.ts';
import { type Dimension, type Scale, scales } from './growth-scales.ts';
import { shuffled } from './rounds.ts';
import { median, quantile } from './statistics.ts';
import { unitsOfCancellation } from './units.ts';

/** Points along one scale, and how many cancellations each run of each point made. */
export interface Growth extends Pick<Scale, 'warmUp' | 'count'> {
  readonly points: readonly GrowthPoint[];
}

/** What a cancellation takes where one size is as it is and all others are small. */
export interface GrowthPoint {
  readonly size: number;
  /** Of the latencies of all runs together. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** One of every round, in which all sizes have their turn. */
  readonly runs: readonly GrowthRun[];
  readonly units: Units;
}

export interface GrowthRun {
  readonly p50Ms: number;
  /** CPU of the function's process per cancellation. */
  readonly cpuMs: number;
}

export type GrowthResult = Readonly<Record<Dimension, Growth>>;

/** @param rounds how often every size is measured */
export async function measureGrowth(field: Field, rounds: number, isQuick: boolean): Promise<GrowthResult> {
  const { lines, history, orders, items } = scales;
  return {
    lines: await measureScale(field, rounds, lines),
    history: await measureScale(field, rounds, history),
    orders: await measureScale(field, rounds, isQuick ? { ...orders, sizes: orders.sizes.slice(0, -1) } : orders),
    items: await measureScale(field, rounds, items),
  };
}

async function measureScale(field: Field, rounds: number, scale: Scale): Promise<Growth> {
  console.error(`  ${scale.title}`);
  const { sizes, warmUp, count, isKept } = scale;
  const points = isKept
    ? await withEngines(field, scale, (engines) =>
        measurePoints(field, rounds, scale, (size, work) => work(engines[sizes.indexOf(size)] as Engine)),
      )
    : await measurePoints(field, rounds, scale, (size, work) => withPrepared(field, scale, size, work));
  return { warmUp, count, points };
}

/** Does some work on an engine that has a size of the scale. */
type AtSize = <Result>(size: number, work: (engine: Engine) => Promise<Result>) => Promise<Result>;

/** Every round measures all sizes within the same seconds. */
async function measurePoints(field: Field, rounds: number, scale: Scale, atSize: AtSize): Promise<GrowthPoint[]> {
  const { warmUp, count, isKept } = scale;
  const invocations = warmUp + count;
  const eventsOf = (size: number, first: number, length: number) =>
    Array.from({ length }, (_value, index) => scale.eventOf(size, first + index));
  const measured = scale.sizes.map((size) => ({ size, runs: [] as Measured[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { size, runs } of shuffled(measured, round)) {
      const events = eventsOf(size, isKept ? round * invocations : 0, invocations);
      runs.push(await atSize(size, (engine) => measureRun(field, engine, { events, warmUp, count })));
    }
  }
  const points: GrowthPoint[] = [];
  for (const { size, runs } of measured) {
    // After all that a kept engine has seen.
    const events = eventsOf(size, rounds * invocations, 4);
    points.push(pointOf(size, runs, await atSize(size, (engine) => unitsOfCancellation(field, engine, events))));
  }
  return points;
}

type Measured = Pick<WarmRun, 'latenciesMs' | 'cpuMs'>;

/** In a process of its own. @throws Error when a counted cancellation is not answered with 200 */
async function measureRun(field: Field, engine: Engine, job: Omit<Job, 'concurrency'>): Promise<Measured> {
  const execution = { ...field.contenders.ours, environment: field.environment, endpoint: engine.endpoint };
  const run = await invokeOften(execution, { ...job, concurrency: 1 });
  expectAll(run.statuses, 200, 'growth');
  return run;
}

/** Latencies are pooled, because those of one run are too few for a p99. */
export function pointOf(size: number, runs: readonly Measured[], units: Units): GrowthPoint {
  const pooledMs = runs.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    size,
    p50Ms: quantile(pooledMs, 0.5),
    p99Ms: quantile(pooledMs, 0.99),
    runs: runs.map(({ latenciesMs, cpuMs }) => ({ p50Ms: median(latenciesMs), cpuMs: cpuMs / latenciesMs.length })),
    units,
  };
}

/** An engine for each size, all of them there at once. */
async function withEngines<Result>(
  field: Field,
  scale: Scale,
  work: (engines: readonly Engine[]) => Promise<Result>,
  prepared: readonly Engine[] = [],
): Promise<Result> {
  const size = scale.sizes[prepared.length];
  if (size === undefined) return await work(prepared);
  console.error(`    ${size}`);
  return await withPrepared(field, scale, size, (engine) => withEngines(field, scale, work, [...prepared, engine]));
}

async function withPrepared<Result>(
  field: Field,
  scale: Scale,
  size: number,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  return await withEngine(field, async (engine) => {
    await scale.prepare(engine, size, field.environment['CANCELLATIONS_TABLE'] ?? '');
    return await work(engine);
  });
}
