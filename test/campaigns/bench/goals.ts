import type { ColdResult } from './cold.ts';
import type { ColdStart } from './function-process.ts';
import type { ContenderName } from './contenders.ts';
import type { GrowthPoint, GrowthResult, GrowthRun } from './growth.ts';
import { type Estimate, estimate, pairedRatio } from './statistics.ts';
import type { MeteredName, UnitsPerOutcome } from './units.ts';
import type { WarmResult } from './warm.ts';

/** What was measured against what is wanted of it. */
export interface Verdict {
  readonly goal: string;
  readonly atMost: number;
  readonly measured: Estimate;
  /** Timed figures differ from run to run, so they fail only beyond the noise margin. */
  readonly isTimed: boolean;
}

/** How far a timed figure may be beyond its goal before the run fails. */
export const noiseMargin = 0.1;

export function isMet({ measured, atMost }: Verdict): boolean {
  return measured.median <= atMost;
}

export function isFailed({ measured, atMost, isTimed }: Verdict): boolean {
  return !(measured.median <= atMost * (isTimed ? 1 + noiseMargin : 1));
}

export function coldVerdicts({ nodeMs, starts, bundleBytes }: ColdResult): Verdict[] {
  const of = (name: ContenderName, key: keyof ColdStart) => starts[name].map((start) => start[key]);
  const answered = (reference: ContenderName) => pairedRatio(of('ours', 'answeredMs'), of(reference, 'answeredMs'));
  return [
    timed('first response of a cold process / d', 1.15, answered('d')),
    timed('first response / a', 0.6, answered('a')),
    timed('first response / b', 0.58, answered('b')),
    timed('first response / c', 0.55, answered('c')),
    timed('bundle loaded, before the warm-up / bare Node', 2.7, pairedRatio(of('ours', 'loadedMs'), nodeMs)),
    timed('resident memory / a', 0.85, pairedRatio(of('ours', 'rssBytes'), of('a', 'rssBytes'))),
    exact('bundle, kB', 262, bundleBytes.ours / 1000),
  ];
}

export function warmVerdicts({ cpuMs, ownCpuMs }: WarmResult): Verdict[] {
  return [
    timed('CPU of a warm cancellation / d', 1.2, pairedRatio(cpuMs.ours, cpuMs.d)),
    timed('CPU of a warm cancellation / a', 0.5, pairedRatio(cpuMs.ours, cpuMs.a)),
    timed('CPU of our own, without the SDK, ms', 0.15, estimate(ownCpuMs)),
  ];
}

export function unitVerdicts({ ours }: Readonly<Record<MeteredName, UnitsPerOutcome>>): Verdict[] {
  return [
    exact('round trips per cancellation', 2, ours.cancellation.requests),
    exact('write units per cancellation', 4, ours.cancellation.writes),
    exact('read units per cancellation', 2, ours.cancellation.reads),
    exact('round trips per replay', 1, ours.repeated.requests),
    exact('write units per replay', 0, ours.repeated.writes),
    exact('round trips per refusal', 1, ours.refusal.requests),
    exact('write units per refusal', 0, ours.refusal.writes),
  ];
}

/** Growth that is not to be there, and in the lines of an order at most as they grow. */
export function growthVerdicts(growth: GrowthResult): Verdict[] {
  const [history, orders] = [growth.history.points, growth.orders.points];
  const longest = growth.lines.points.slice(-2);
  const [lessLines, mostLines] = longest;
  const lineRatio = (mostLines?.size ?? NaN) / (lessLines?.size ?? NaN);
  return [
    exact('write units, longest history / none', 1, growthOf(history, writesOf)),
    exact('read units, longest history / none', 1, growthOf(history, readsOf)),
    exact('write units, largest table / smallest', 1, growthOf(orders, writesOf)),
    exact('read units, largest table / smallest', 1, growthOf(orders, readsOf)),
    exact(`write units, ${mostLines?.size} lines / ${lessLines?.size}`, lineRatio, growthOf(longest, writesOf)),
    timed('CPU, longest history / none', 1.1, growthOfRuns(history, 'cpuMs')),
    timed('CPU, largest table / smallest', 1.1, growthOfRuns(orders, 'cpuMs')),
    timed('latency, longest history / none', 1.25, growthOfRuns(history, 'p50Ms')),
    timed('latency, largest table / smallest', 1.25, growthOfRuns(orders, 'p50Ms')),
  ];
}

const writesOf = ({ units }: GrowthPoint) => units.writes;
const readsOf = ({ units }: GrowthPoint) => units.reads;

/** The last point against the first. */
function growthOf(points: readonly GrowthPoint[], valueOf: (point: GrowthPoint) => number): number {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? valueOf(last) / valueOf(first) : NaN;
}

/** The same round by round. */
function growthOfRuns(points: readonly GrowthPoint[], key: keyof GrowthRun): Estimate {
  const valuesOf = (point: GrowthPoint | undefined) => (point?.runs ?? []).map((run) => run[key]);
  return pairedRatio(valuesOf(points.at(-1)), valuesOf(points[0]));
}

export function timed(goal: string, atMost: number, measured: Estimate): Verdict {
  return { goal, atMost, measured, isTimed: true };
}

export function exact(goal: string, atMost: number, value: number): Verdict {
  return { goal, atMost, measured: { median: value, low: value, high: value }, isTimed: false };
}
