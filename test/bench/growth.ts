import type { APIGatewayProxyEvent } from 'aws-lambda';
import { cancellationItem, orderKeyOf } from '../../lambda/store/items.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { eventOfItems, exampleOrder, orderOfLines } from './cancellations.ts';
import type { Field } from './contenders.ts';
import type { Units } from './dynamodb-proxy.ts';
import { type Engine, withEngine } from './engine.ts';
import { expectAll, invokeOften } from './function-process.ts';
import { shuffled } from './rounds.ts';
import { quantile } from './statistics.ts';
import { unitsOfCancellation } from './units.ts';

/** What a cancellation takes where one size is as it is and all others are small. */
export interface GrowthPoint {
  readonly size: number;
  /** Of every round, in which all sizes have their turn. */
  readonly runs: readonly GrowthRun[];
  readonly units: Units;
}

export interface GrowthRun {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the function's process per cancellation. */
  readonly cpuMs: number;
}

export const dimensions = {
  lines: 'lines of the order',
  history: 'earlier cancellations of the order',
  orders: 'orders in the table',
  items: 'items of the request',
} as const;
export type Dimension = keyof typeof dimensions;

export type GrowthResult = Readonly<Record<Dimension, readonly GrowthPoint[]>>;

/** @param rounds how often every size is measured */
export async function measureGrowth(field: Field, rounds: number, isQuick: boolean): Promise<GrowthResult> {
  const measure = (dimension: Dimension, sizes: readonly number[], prepare: Prepare, itemsOf = (_size: number) => 1) =>
    measureSizes({ field, rounds, dimension, sizes, prepare, itemsOf });
  return {
    lines: await measure('lines', [1, 10, 100, 500], (engine, size) =>
      engine.putOrders([orderOfLines('GROWTH', size)]),
    ),
    history: await measure('history', [0, 100, 10_000], async (engine, size) => {
      const order = orderOfLines('GROWTH', 1);
      await engine.put(field.environment['CANCELLATIONS_TABLE'] ?? '', recordsOf(order, size));
      const canceled = { units: size, amountMinor: BigInt(size) * 1000n, taxMinor: 0n };
      await engine.putOrders([{ ...order, lines: order.lines.map((line) => ({ ...line, canceled })) }]);
    }),
    orders: await measure('orders', [1000, 10_000, 100_000, ...(isQuick ? [] : [1_000_000])], async (engine, size) => {
      await engine.putOrders(ordersFrom(1, size));
      await engine.putOrders([orderOfLines('GROWTH', 1)]);
    }),
    items: await measure(
      'items',
      [1, 10, 50, 100],
      (engine) => engine.putOrders([orderOfLines('GROWTH', 100)]),
      (size) => size,
    ),
  };
}

type Prepare = (engine: Engine, size: number) => Promise<void>;

interface Measurement {
  readonly field: Field;
  readonly rounds: number;
  readonly dimension: Dimension;
  readonly sizes: readonly number[];
  readonly prepare: Prepare;
  readonly itemsOf: (size: number) => number;
}

/** Every size has an engine of its own for all rounds, so that a round compares the sizes within the same seconds. */
async function measureSizes({
  field,
  rounds,
  dimension,
  sizes,
  prepare,
  itemsOf,
}: Measurement): Promise<GrowthPoint[]> {
  return await withEngines(field, sizes.length, async (engines) => {
    const places = sizes.map((size, index) => ({ size, engine: engines[index] as Engine, runs: [] as GrowthRun[] }));
    for (const { size, engine } of places) {
      console.error(`  ${size} ${dimensions[dimension]}`);
      await prepare(engine, size);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { size, engine, runs } of shuffled(places, round)) {
        runs.push(await measureRun(field, engine, eventsOf(`round-${round}`, itemsOf(size), warmUp + count)));
      }
    }
    const points: GrowthPoint[] = [];
    for (const { size, engine, runs } of places) {
      points.push({
        size,
        runs,
        units: await unitsOfCancellation(field, engine, eventsOf('metered', itemsOf(size), 4)),
      });
    }
    return points;
  });
}

async function withEngines<Result>(
  field: Field,
  needed: number,
  work: (engines: readonly Engine[]) => Promise<Result>,
  started: readonly Engine[] = [],
): Promise<Result> {
  if (started.length === needed) return await work(started);
  return await withEngine(field, (engine) => withEngines(field, needed, work, [...started, engine]));
}

const warmUp = 50;
const count = 100;

/** Cancels of the order GROWTH, one unit of some lines at a time, in a process of its own. */
async function measureRun(field: Field, engine: Engine, events: readonly APIGatewayProxyEvent[]): Promise<GrowthRun> {
  const execution = { ...field.contenders.ours, environment: field.environment, endpoint: engine.endpoint };
  const { statuses, cpuMs, latenciesMs } = await invokeOften(execution, { events, warmUp, count, concurrency: 1 });
  expectAll(statuses, 200, 'growth');
  return { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99), cpuMs: cpuMs / count };
}

function eventsOf(name: string, items: number, length: number): APIGatewayProxyEvent[] {
  return Array.from({ length }, (_value, index) => eventOfItems('GROWTH', items, `${name}-${index}`));
}

function* ordersFrom(first: number, end: number): Generator<Order> {
  for (let index = first; index < end; index += 1) yield exampleOrder(`ORDER-${index}`);
}

function* recordsOf(order: Order, count: number): Generator<object> {
  const taken = { units: 1, amountMinor: 1000n, taxMinor: 0n };
  const item = {
    seq: 1,
    itemType: 'PHYSICAL',
    itemId: 'P1',
    quantity: 1,
    amountMinor: 1000n,
    taxMinor: undefined,
  } as const;
  for (let index = 0; index < count; index += 1) {
    const record = {
      cancellationKey: `K#EARLIER-${index}`,
      requestDigest: '',
      kind: 'REFUND',
      createdAtMs: 0,
      returnRequestId: `RETREQ${index}`,
      data: {
        orderNo: order.orderNo,
        totalProductAmount: 1000,
        totalProductTaxAmount: 0,
        totalDeliveryAmount: 0,
        totalDeliveryTaxAmount: 0,
        processedCount: 1,
        returnRequestId: `RETREQ${index}`,
        items: [{ seq: 1, itemId: 'P1', quantity: 1, amount: 1000 }],
      },
    } as const;
    const orderKey = orderKeyOf(order.storeId, order.orderNo);
    yield cancellationItem(orderKey, record, [{ ...item, lineIndex: 0, taken, canceled: taken }], undefined);
  }
}
