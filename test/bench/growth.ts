import { cancellationItem, orderKeyOf } from '../../lambda/store/items.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { eventOfItems, exampleOrder, orderOfLines } from './cancellations.ts';
import type { Field } from './contenders.ts';
import type { Units } from './dynamodb-proxy.ts';
import { type Engine, withEngine } from './engine.ts';
import { expectAll, invokeOften } from './function-process.ts';
import { median, quantile } from './statistics.ts';
import { unitsOfCancellation } from './units.ts';

/** What a cancellation takes where one size is as it is and all others are small. */
export interface GrowthPoint {
  readonly size: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the function's process per cancellation. */
  readonly cpuMs: number;
  readonly units: Units;
}

export const dimensions = {
  lines: 'lines of the order',
  history: 'earlier cancellations of the order',
  orders: 'orders in the table',
  items: 'items of the request',
} as const;
export type Dimension = keyof typeof dimensions;

export type GrowthResult = Readonly<Record<Dimension, readonly GrowthPoint[]>>;

export async function measureGrowth(field: Field, isQuick: boolean): Promise<GrowthResult> {
  return {
    lines: await measureEach('lines', [1, 10, 100, 500], (size) =>
      measureAlone(field, size, orderOfLines('GROWTH', size), 1),
    ),
    history: await measureEach('history', [0, 100, 10_000], (size) => measureWithHistory(field, size)),
    orders: await measureInTable(field, [1000, 10_000, 100_000, ...(isQuick ? [] : [1_000_000])]),
    items: await measureEach('items', [1, 10, 50, 100], (size) =>
      measureAlone(field, size, orderOfLines('GROWTH', 100), size),
    ),
  };
}

async function measureEach(
  dimension: Dimension,
  sizes: readonly number[],
  measure: (size: number) => Promise<GrowthPoint>,
): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const size of sizes) {
    console.error(`  ${size} ${dimensions[dimension]}`);
    points.push(await measure(size));
  }
  return points;
}

async function measureAlone(field: Field, size: number, order: Order, items: number): Promise<GrowthPoint> {
  return await withEngine(field, async (engine) => {
    await engine.putOrders([order]);
    return await measurePoint(field, engine, size, items);
  });
}

async function measureWithHistory(field: Field, size: number): Promise<GrowthPoint> {
  return await withEngine(field, async (engine) => {
    const order = orderOfLines('GROWTH', 1);
    await engine.put(field.environment['CANCELLATIONS_TABLE'] ?? '', recordsOf(order, size));
    const canceled = { units: size, amountMinor: BigInt(size) * 1000n, taxMinor: 0n };
    await engine.putOrders([
      size === 0 ? order : { ...order, lines: order.lines.map((line) => ({ ...line, canceled })) },
    ]);
    return await measurePoint(field, engine, size, 1);
  });
}

async function measureInTable(field: Field, sizes: readonly number[]): Promise<GrowthPoint[]> {
  return await withEngine(field, async (engine) => {
    await engine.putOrders([orderOfLines('GROWTH', 1)]);
    let filled = 1;
    return await measureEach('orders', sizes, async (size) => {
      await engine.putOrders(ordersFrom(filled, size));
      filled = size;
      return await measurePoint(field, engine, size, 1);
    });
  });
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

const runs = 3;
const warmUp = 50;
const count = 100;

/** Cancels of the order GROWTH, one unit of some lines at a time, in a few fresh processes one after another. */
async function measurePoint(field: Field, engine: Engine, size: number, items: number): Promise<GrowthPoint> {
  const eventsOf = (name: string, length: number) =>
    Array.from({ length }, (_value, index) => eventOfItems('GROWTH', items, `${size}-${name}-${index}`));
  const execution = { ...field.contenders.ours, environment: field.environment, endpoint: engine.endpoint };
  const measured: Array<Omit<GrowthPoint, 'size' | 'units'>> = [];
  for (let run = 0; run < runs; run += 1) {
    const events = eventsOf(`run-${run}`, warmUp + count);
    const { statuses, cpuMs, latenciesMs } = await invokeOften(execution, { events, warmUp, count, concurrency: 1 });
    expectAll(statuses, 200, `${size}`);
    measured.push({ p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99), cpuMs: cpuMs / count });
  }
  return {
    size,
    p50Ms: median(measured.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(measured.map(({ p99Ms }) => p99Ms)),
    cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
    units: await unitsOfCancellation(field, engine, eventsOf('metered', 4)),
  };
}
