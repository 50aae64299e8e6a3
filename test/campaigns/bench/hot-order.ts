import type { APIGatewayProxyEvent } from 'aws-lambda';
import { eventOfItems, orderOfLines } from '../../support/cancellations.ts';
import { startContendedDynamoDb } from './contended-dynamodb.ts';
import type { Field } from './contenders.ts';
import { withEngine } from './engine.ts';
import { expectOnly, invokeTogether, type TogetherRun } from './function-process.ts';
import { bundleFiveAttempts } from './five-attempts.ts';
import { shuffled } from './rounds.ts';
import { median, quantile } from './statistics.ts';

/** Requests that are sent at once, as many as there are instances; the others follow as those are answered. */
export interface HotCase {
  readonly title: string;
  readonly requests: number;
  readonly instances: number;
  /** Whether all are about one order, or each about another one. */
  readonly isHot: boolean;
}

export const alone: HotCase = {
  title: 'one after another, each of another order',
  requests: 200,
  instances: 1,
  isHot: false,
};
const cases: readonly HotCase[] = [
  alone,
  { title: '200 at once, of 200 orders', requests: 200, instances: 200, isHot: false },
  { title: '200 at once', requests: 200, instances: 200, isHot: true },
  { title: '200, 50 at once', requests: 200, instances: 50, isHot: true },
  { title: '1,000, 50 at once', requests: 1000, instances: 50, isHot: true },
];
const quickCases: readonly HotCase[] = [
  { ...alone, requests: 50 },
  { title: '50 at once', requests: 50, instances: 50, isHot: true },
  { title: '100, 20 at once', requests: 100, instances: 20, isHot: true },
];

export const databases = ['engine', 'contended'] as const;
export type Database = (typeof databases)[number];

export const strategies = ['ours', 'fiveAttempts'] as const;
export type Strategy = (typeof strategies)[number];

export interface HotRun {
  readonly succeeded: number;
  readonly unavailable: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly callsPerSuccess: number;
  readonly writesPerSuccess: number;
  /** From the first request to the last success, in seconds. */
  readonly drainedS: number;
  /** How long instances were busy, added up, in seconds. */
  readonly busyS: number;
  /** Of a write that was answered, in milliseconds. */
  readonly writeMs: number;
}

export interface HotFigures extends HotCase {
  readonly database: Database;
  readonly strategy: Strategy;
  /** One of every round. */
  readonly runs: readonly HotRun[];
  /** All requests after one another, each as long as a write that meets no other, round by round. */
  readonly idealS: readonly number[];
}

/** Many different cancellations of one order at once, with what the service does about it and with what it did before. */
export async function measureHotOrder(field: Field, rounds: number, isQuick: boolean): Promise<HotFigures[]> {
  const codeFiles = { ours: field.contenders.ours.codeFile, fiveAttempts: await bundleFiveAttempts() };
  const measured = (isQuick ? quickCases : cases).flatMap((each) =>
    databases.flatMap((database) =>
      strategies.map((strategy) => ({ ...each, database, strategy, runs: [] as HotRun[] })),
    ),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const each of shuffled(measured, round)) {
      console.error(`  ${each.title}, ${each.database}, ${each.strategy}`);
      each.runs.push(await measureRun(field, codeFiles[each.strategy], each));
    }
  }
  return measured.map((each) => {
    const reference = measured.find(
      ({ title, database, strategy }) => title === alone.title && database === each.database && strategy === 'ours',
    );
    return { ...each, idealS: (reference?.runs ?? []).map(({ writeMs }) => (each.requests * writeMs) / 1000) };
  });
}

/** Connections that the SDK opens at most in one thread. */
const instancesOfThread = 50;
const fewestThreads = 4;
const warmUpsOfInstance = 10;
const fewestWarmUps = 1200;

async function measureRun(
  field: Field,
  codeFile: string,
  { requests, instances, isHot, database }: HotCase & { readonly database: Database },
): Promise<HotRun> {
  const threads = instances === 1 ? 1 : Math.max(fewestThreads, Math.ceil(instances / instancesOfThread));
  const warmUps = instances === 1 ? 300 : Math.max(fewestWarmUps, instances * warmUpsOfInstance);
  // Each order has enough units for all, and the warm-up meets nobody.
  const orderNoOf = (index: number) => (isHot ? 'HOT' : `ORDER-${index}`);
  const events = eventsOf(requests, orderNoOf, 'KEY');
  const warmUpEvents = eventsOf(warmUps, (index) => `WARM-UP-${index}`, 'WARM-UP-KEY');
  const orderNos = new Set([
    ...Array.from({ length: requests }, (_value, index) => orderNoOf(index)),
    ...Array.from({ length: warmUps }, (_value, index) => `WARM-UP-${index}`),
  ]);
  const run = await withEngine(field, async (engine) => {
    await engine.putOrders([...orderNos].map((orderNo) => orderOfLines(orderNo, 1)));
    const proxy = database === 'contended' ? await startContendedDynamoDb(engine.endpoint) : undefined;
    const execution = { codeFile, environment: field.environment, endpoint: (proxy ?? engine).endpoint };
    try {
      return await invokeTogether(execution, { threads, instances, warmUpEvents, events });
    } finally {
      await proxy?.close();
    }
  });
  return figuresOf(run);
}

function eventsOf(count: number, orderNoOf: (index: number) => string, key: string): APIGatewayProxyEvent[] {
  return Array.from({ length: count }, (_value, index) => eventOfItems(orderNoOf(index), 1, `${key}-${index}`));
}

/** @throws Error at a response that is neither a success nor "try again" */
export function figuresOf({ startedAt, responses, calls }: TogetherRun): HotRun {
  expectOnly(responses, [200, 503]);
  const latenciesMs = responses.map(({ begunAt, endedAt }) => endedAt - begunAt);
  const successes = responses.filter(({ status }) => status === 200);
  const writes = calls.filter(({ operation }) => operation === 'TransactWriteItems');
  return {
    succeeded: successes.length,
    unavailable: responses.length - successes.length,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    callsPerSuccess: calls.length / successes.length,
    writesPerSuccess: writes.length / successes.length,
    drainedS: (Math.max(...successes.map(({ endedAt }) => endedAt)) - startedAt) / 1000,
    busyS: latenciesMs.reduce((sum, each) => sum + each, 0) / 1000,
    writeMs: median(writes.flatMap(({ ms }) => ms ?? [])),
  };
}
