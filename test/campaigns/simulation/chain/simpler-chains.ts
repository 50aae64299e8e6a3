import type { ChainPlan } from './plan.ts';

const faultLists = ['publisherFaults', 'takerFaults', 'orderTakerFaults', 'senderFaults'] as const;

/** What could be left out of a chain. What comes after it takes its place, so it is not the very same chain without it. */
export function* simplerChains(chain: ChainPlan): Generator<ChainPlan> {
  for (const name of [
    'operators',
    'endpointActs',
    'endpoints',
    'rewinds',
    'strays',
    'deliveries',
    'deeds',
    ...faultLists,
  ] as const) {
    const list: readonly unknown[] = chain[name];
    for (const index of list.keys()) yield { ...chain, [name]: list.toSpliced(index, 1) };
  }
  yield* simplerPlatforms(chain);
  for (const name of faultLists) {
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
  yield* simplerEndpoints(chain);
  if (chain.impossibleRecordAtMs !== undefined) yield { ...chain, impossibleRecordAtMs: undefined };
}

function* simplerPlatforms(chain: ChainPlan): Generator<ChainPlan> {
  const { platform } = chain;
  const { events, comingOrders } = platform;
  const withEvents = (changed: typeof events) => ({ ...chain, platform: { ...platform, events: changed } });
  for (const index of events.keys()) yield withEvents(events.toSpliced(index, 1));
  for (const index of comingOrders.keys()) {
    yield { ...chain, platform: { ...platform, comingOrders: comingOrders.toSpliced(index, 1) } };
  }
  for (const [index, event] of events.entries()) {
    for (const at of event.copiesMs.keys()) {
      if (event.copiesMs.length > 1) {
        yield withEvents(events.with(index, { ...event, copiesMs: event.copiesMs.toSpliced(at, 1) }));
      }
    }
    if (event.flaw !== undefined) yield withEvents(events.with(index, { ...event, flaw: undefined }));
  }
}

function* simplerEndpoints(chain: ChainPlan): Generator<ChainPlan> {
  const { endpoints } = chain;
  for (const [index, endpoint] of endpoints.entries()) {
    for (const name of ['answers', 'outages'] as const) {
      for (const at of endpoint[name].keys()) {
        const fewer = { ...endpoint, [name]: endpoint[name].toSpliced(at, 1) };
        yield { ...chain, endpoints: endpoints.with(index, fewer) };
      }
    }
    if (endpoint.isChoosy) yield { ...chain, endpoints: endpoints.with(index, { ...endpoint, isChoosy: false }) };
  }
}
