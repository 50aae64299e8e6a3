import {
  coldVerdicts,
  growthVerdicts,
  isFailed,
  isMet,
  noiseMargin,
  unitVerdicts,
  type Verdict,
  warmVerdicts,
} from './goals.ts';
import { hotOrderVerdicts } from './hot-order-goals.ts';
import type { ColdStart } from './function-process.ts';
import type { Growth } from './growth.ts';
import { type Dimension, scales } from './growth-scales.ts';
import { hotOrderTable } from './hot-order-table.ts';
import { markdownTable } from '../../../tools/generate/markdown-table.ts';
import { priceNotes, totalOf } from './price.ts';
import { chainTables } from './chain-price.ts';
import type { Results } from './results.ts';
import { median, pairedRatio } from './statistics.ts';
import { type MeteredName, repeatedStatus } from './units.ts';
import { asShipped } from './variants.ts';
import type { Throughput } from './warm.ts';

/** The blocks of docs/performance.md by name, of what was measured. */
export function reportOf(results: Results): Map<string, string> {
  const { cold, variants, warm, units, growth, price, hotOrder, chain } = results;
  const blocks = new Map<string, string>([['machine', machineOf(results)]]);
  // A hot order has its goals beside its table.
  const verdicts = verdictsOf({ ...results, hotOrder: undefined });
  if (verdicts.length > 0) blocks.set('goals', goalsTable(verdicts));
  if (cold) blocks.set('cold', coldTable(cold, results.labels));
  if (variants) blocks.set('variants', variantsTable(variants));
  if (warm) blocks.set('warm', warmTable(warm, results.labels));
  if (units) blocks.set('units', unitsTable(units, results.labels));
  if (growth) blocks.set('growth', growthTables(growth));
  if (price) blocks.set('price', priceTable(price));
  if (hotOrder) {
    const ownMachine = machineOf({ ...results, rounds: hotOrder[0]?.runs.length ?? 0 });
    const parts = [ownMachine, hotOrderTable(hotOrder), goalsTable(hotOrderVerdicts(hotOrder))];
    blocks.set('hot-order', parts.join('\n\n'));
  }
  if (chain) {
    const ownMachine = machineOf({ ...results, rounds: chain[0]?.cpuMs.length ?? 0 });
    blocks.set('chain', `${ownMachine}\n\n${chainTables(chain)}`);
  }
  return blocks;
}

export function verdictsOf({ cold, warm, units, growth, hotOrder }: Results): Verdict[] {
  return [
    ...(cold ? coldVerdicts(cold) : []),
    ...(warm ? warmVerdicts(warm) : []),
    ...(units ? unitVerdicts(units) : []),
    ...(growth ? growthVerdicts(growth) : []),
    ...(hotOrder ? hotOrderVerdicts(hotOrder) : []),
  ];
}

function machineOf({ machine, rounds }: Results): string {
  const { date, commit, processor, cores, memoryGb, node, loadBefore } = machine;
  return [
    `${date}, commit ${commit}, ${rounds} rounds, Node ${node}, ${cores} cores of ${processor}, ${memoryGb} GB of memory,`,
    `load ${loadBefore.toFixed(1)} before the run.`,
  ].join(' ');
}

function goalsTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((verdict) => {
    const { goal, atMost, measured, isTimed } = verdict;
    const interval = isTimed ? `${rounded(measured.low)} to ${rounded(measured.high)}` : 'exact';
    const margin = `missed, within ${noiseMargin * 100} %`;
    const outcome = isMet(verdict) ? 'met' : isFailed(verdict) ? 'MISSED' : margin;
    return [goal, rounded(measured.median), interval, rounded(atMost), outcome];
  });
  return markdownTable(['goal', 'measured', '95 % interval', 'at most', ''], rows);
}

function coldTable({ nodeMs, starts, bundleBytes }: NonNullable<Results['cold']>, labels: Results['labels']): string {
  const rows = Object.entries(starts).map(([name, each]) => {
    const of = (key: keyof ColdStart) => median(each.map((start) => start[key]));
    const first = median(each.map(({ readyMs, answeredMs }) => answeredMs - readyMs));
    const bytes = bundleBytes[name as keyof typeof bundleBytes];
    return [
      labels[name] ?? name,
      of('loadedMs').toFixed(0),
      of('readyMs').toFixed(0),
      first.toFixed(0),
      of('answeredMs').toFixed(0),
      median(each.map(({ startedMs, answeredMs }) => answeredMs - startedMs)).toFixed(0),
      of('cpuMs').toFixed(0),
      (bytes / 1000).toFixed(0),
      (of('rssBytes') / 1_000_000).toFixed(0),
    ];
  });
  return markdownTable(
    [
      '',
      'loaded, ms',
      'ready, ms',
      'first invocation, ms',
      'first response, ms',
      'of it in process, ms',
      'CPU till then, ms',
      'bundle, kB',
      'memory, MB',
    ],
    [['bare Node', median(nodeMs).toFixed(0)], ...rows],
  );
}

function variantsTable({ starts, bundleBytes }: NonNullable<Results['variants']>): string {
  const shipped = starts[asShipped] ?? [];
  const rows = Object.entries(starts).map(([name, each]) => {
    const of = (key: keyof ColdStart) => median(each.map((start) => start[key]));
    const ratio = pairedRatio(
      each.map(({ answeredMs }) => answeredMs),
      shipped.map(({ answeredMs }) => answeredMs),
    );
    return [
      name,
      of('loadedMs').toFixed(0),
      of('readyMs').toFixed(0),
      of('answeredMs').toFixed(0),
      rounded(ratio.median),
      `${rounded(ratio.low)} to ${rounded(ratio.high)}`,
      ((bundleBytes[name] ?? NaN) / 1000).toFixed(0),
    ];
  });
  return markdownTable(
    ['', 'loaded, ms', 'ready, ms', 'first response, ms', '/ as shipped', '95 % interval', 'bundle, kB'],
    rows,
  );
}

function warmTable(
  { cpuMs, ownCpuMs, alone, crowded }: NonNullable<Results['warm']>,
  labels: Results['labels'],
): string {
  const rows = Object.entries(cpuMs).map(([name, values]) => [
    labels[name] ?? name,
    median(values).toFixed(2),
    ...loadCells(alone[name as keyof typeof alone]),
    ...loadCells(crowded[name as keyof typeof crowded]),
  ]);
  return markdownTable(
    ['', 'CPU, ms', '1 at once: per s', 'p50, ms', 'p99, ms', '50 at once: per s', 'p50, ms', 'p99, ms'],
    [...rows, ['this service without the SDK, longer warmed up', median(ownCpuMs).toFixed(2)]],
  );
}

function loadCells(runs: readonly Throughput[]): string[] {
  if (runs.length === 0) return ['', '', ''];
  const of = (key: keyof Throughput) => median(runs.map((run) => run[key]));
  return [of('perSecond').toFixed(0), of('p50Ms').toFixed(1), of('p99Ms').toFixed(1)];
}

export function unitsTable(units: NonNullable<Results['units']>, labels: Results['labels']): string {
  const names = Object.keys(units) as MeteredName[];
  const rows = names.flatMap((name) => {
    const { cancellation, repeated, refusal } = units[name];
    const outcomes = { cancellation, [`repeated request (${repeatedStatus[name]})`]: repeated, refusal };
    return Object.entries(outcomes).map(([outcome, { requests, reads, writes }]) => [
      `${labels[name] ?? name}, ${outcome}`,
      String(requests),
      String(reads),
      String(writes),
    ]);
  });
  return markdownTable(['', 'round trips', 'read units', 'write units'], rows);
}

function growthTables(growth: NonNullable<Results['growth']>): string {
  return Object.entries(growth)
    .map(([dimension, each]) => growthTable(scales[dimension as Dimension].title, each))
    .join('\n\n');
}

function growthTable(name: string, { warmUp, count, points }: Growth): string {
  const rows = points.map(({ size, p50Ms, p99Ms, runs, units }) => [
    size.toLocaleString('en'),
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    median(runs.map(({ cpuMs }) => cpuMs)).toFixed(2),
    String(units.reads),
    String(units.writes),
  ]);
  const table = markdownTable([name, 'p50, ms', 'p99, ms', 'CPU, ms', 'read units', 'write units'], rows);
  return `${table}\n\n${points[0]?.runs.length} rounds of ${count} cancellations each, after ${warmUp}.`;
}

export function priceTable({ prices: { ours, a } }: NonNullable<Results['price']>): string {
  const rows = ours.map(({ component, unitPrice, units, usd }, index) => [
    component,
    `${usdText(unitPrice.usd)} per ${unitPrice.per}`,
    units,
    usdText(usd, 2),
    a[index]?.units ?? '',
    usdText(a[index]?.usd ?? NaN, 2),
  ]);
  const total = ['**together**', '', '', usdText(totalOf(ours), 2), '', usdText(totalOf(a), 2)];
  const head = ['per million cancellations', 'unit price, USD', 'units each', 'USD', 'peer a: units', 'USD'];
  return `${markdownTable(head, [...rows, total])}\n\n${priceNotes()}`;
}

/** An amount with its cents, and with as many digits as it has unless said otherwise. */
function usdText(usd: number, maximumFractionDigits = 10): string {
  return usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits });
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
