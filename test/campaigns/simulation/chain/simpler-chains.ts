import type { ChainPlan } from './plan.ts';

/** What could be left out of a chain. What comes after it takes its place, so it is not the very same chain without it. */
export function* simplerChains(chain: ChainPlan): Generator<ChainPlan> {
  for (const name of [
    'operators',
    'rewinds',
    'strays',
    'deliveries',
    'deeds',
    'publisherFaults',
    'takerFaults',
  ] as const) {
    const list: readonly unknown[] = chain[name];
    for (const index of list.keys()) yield { ...chain, [name]: list.toSpliced(index, 1) };
  }
  for (const name of ['publisherFaults', 'takerFaults'] as const) {
    for (const [index, faults] of chain[name].entries()) {
      for (const at of faults.keys()) yield { ...chain, [name]: chain[name].with(index, faults.toSpliced(at, 1)) };
    }
  }
  for (const [index, { reports, repeats }] of chain.deeds.entries()) {
    for (const at of reports.keys()) {
      yield { ...chain, deeds: chain.deeds.with(index, { repeats, reports: reports.toSpliced(at, 1) }) };
    }
    if (repeats) yield { ...chain, deeds: chain.deeds.with(index, { repeats: false, reports }) };
  }
  if (chain.impossibleRecordAtMs !== undefined) yield { ...chain, impossibleRecordAtMs: undefined };
}
