import { marshall } from '@aws-sdk/util-dynamodb';
import { orderRow } from '../../../lambda/dynamodb/items.ts';
import { credentialItem } from '../../../tools/operator/credentials.ts';
import { store } from '../../../tools/in-memory/requests.ts';
import { exampleEvent, exampleOrder } from '../../support/cancellations.ts';
import type { ContenderName, Field } from './contenders.ts';
import { startCannedDynamoDb } from './dynamodb-proxy.ts';
import { withEngine } from './engine.ts';
import { expectAll, invokeOften, type Job } from './function-process.ts';
import { benchFolder } from './install-peers.ts';
import { recordOf, shuffled } from './rounds.ts';
import { quantile } from './statistics.ts';

type Warm<Value> = Readonly<Record<ContenderName, readonly Value[]>>;

export interface Throughput {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface WarmResult {
  /** CPU milliseconds per cancellation with canned answers of DynamoDB, round by round. */
  readonly cpuMs: Warm<number>;
  /** Of the service with a client that answers at once in place of the SDK's, after a longer warm-up. */
  readonly ownCpuMs: readonly number[];
  /** On the embedded DynamoDB, with one merchant and with fifty at once. */
  readonly alone: Warm<Throughput>;
  readonly crowded: Warm<Throughput>;
}

export async function measureWarm(field: Field, rounds: number): Promise<WarmResult> {
  return {
    cpuMs: await measureCpu(field, rounds),
    ownCpuMs: await measureOwnCpu(rounds),
    alone: await measureThroughput(field, rounds, { warmUp: 50, count: 200, concurrency: 1 }),
    crowded: await measureThroughput(field, rounds, { warmUp: 100, count: 400, concurrency: 50 }),
  };
}

const cannedJob: Job = { events: [exampleEvent('CANNED')], warmUp: 300, count: 1000, concurrency: 1 };

export async function measureCpu(field: Field, rounds: number): Promise<Warm<number>> {
  const contenders = Object.values(field.contenders);
  const order = marshall(orderRow(exampleOrder('CANNED')));
  const key = marshall(credentialItem(store, store, Date.now()));
  const canned = await startCannedDynamoDb({ orders: field.environment['ORDERS_TABLE'] ?? '' }, order, key);
  const cpuMs = recordOf(contenders, (): number[] => []);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of shuffled(contenders, round)) {
        const execution = { ...contender, environment: field.environment, endpoint: canned.endpoint };
        const run = await invokeOften(execution, cannedJob);
        expectAll(run.statuses, 200, contender.label);
        cpuMs[contender.name].push(run.cpuMs / cannedJob.count);
      }
    }
    return cpuMs;
  } finally {
    await canned.close();
  }
}

/**
 * Longer than the others: of so little work V8's compiling, which goes on after 300 invocations, would be as much again.
 * @throws Error at the first process that fails, or responds with anything but 200
 */
async function measureOwnCpu(rounds: number): Promise<number[]> {
  const execution = { codeFile: `${benchFolder}own-handler.ts`, environment: {}, endpoint: '' };
  const job = { ...cannedJob, warmUp: 2000, count: 5000 };
  const cpuMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = await invokeOften(execution, job);
    expectAll(run.statuses, 200, 'this service without the SDK');
    cpuMs.push(run.cpuMs / job.count);
  }
  return cpuMs;
}

async function measureThroughput(
  field: Field,
  rounds: number,
  load: Omit<Job, 'events'>,
): Promise<WarmResult['alone']> {
  const contenders = Object.values(field.contenders).filter(({ name }) => name !== 'empty');
  const results = recordOf(Object.values(field.contenders), (): Throughput[] => []);
  const orderNos = Array.from({ length: load.warmUp + load.count }, (_value, index) => `WARM-${index}`);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of shuffled(contenders, round)) {
      const run = await withEngine(field, async (engine) => {
        await engine.putOrders(orderNos.map(exampleOrder));
        const execution = { ...contender, environment: field.environment, endpoint: engine.endpoint };
        return await invokeOften(execution, { ...load, events: orderNos.map(exampleEvent) });
      });
      expectAll(run.statuses, 200, contender.label);
      results[contender.name].push({
        perSecond: (load.count / run.elapsedMs) * 1000,
        p50Ms: quantile(run.latenciesMs, 0.5),
        p99Ms: quantile(run.latenciesMs, 0.99),
      });
    }
  }
  return results;
}
