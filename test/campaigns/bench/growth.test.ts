import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import { growthChart } from './documents.ts';
import { pointOf } from './growth.ts';
import { type Dimension, scales } from './growth-scales.ts';
import { reportOf } from './report.ts';
import { describeMachine } from './results.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';

const dimensions = Object.keys(scales) as Dimension[];
const cancellationsTable = 'cancellations';

/** What a scale puts for a size. */
async function prepared(dimension: Dimension, size: number) {
  const records: CancellationRow[] = [];
  const orders: Order[] = [];
  const engine = {
    endpoint: '',
    async put(table: string, items: Iterable<object>) {
      expect(table).toBe(cancellationsTable);
      records.push(...(items as Iterable<CancellationRow>));
    },
    async putOrders(put: Iterable<Order>) {
      orders.push(...put);
    },
  };
  await scales[dimension].prepare(engine, size, cancellationsTable);
  return { records, orders };
}

function requestsOf(dimension: Dimension, size: number, first: number, length: number) {
  const events = Array.from({ length }, (_value, index) => scales[dimension].eventOf(size, first + index));
  return events.map(({ body, headers }) => ({
    ...(JSON.parse(body ?? '') as CancellationRequest),
    key: headers['X-Idempotency-Key'],
  }));
}

describe.each(dimensions)('along %s', (dimension) => {
  const { sizes, warmUp, count } = scales[dimension];
  const size = sizes[1] ?? NaN;
  const requests = requestsOf(dimension, size, 0, warmUp + count);

  test('every cancellation has a key of its own', () => {
    expect(new Set(requests.map(({ key }) => key)).size).toBe(warmUp + count);
  });

  test('every canceled order is there', async () => {
    const known = new Set((await prepared(dimension, size)).orders.map(({ orderNo }) => orderNo));
    expect(requests.filter(({ orderNo }) => !known.has(orderNo))).toEqual([]);
  });
});

test('orders have the lines of their size', async () => {
  expect((await prepared('lines', 500)).orders.map(({ lines }) => lines.length)).toEqual([500]);
});

test('requests have the items of their size', () => {
  expect(requestsOf('items', 50, 0, 1).map(({ items }) => items?.length)).toEqual([50]);
});

describe('histories', () => {
  test.each([0, 100])('of %d are exactly as long for every order of which cancellations are counted', async (size) => {
    const { records, orders } = await prepared('history', size);
    const { warmUp, count } = scales.history;
    const counted = new Set(requestsOf('history', size, warmUp, count).map(({ orderNo }) => orderNo));
    const lengths = [...counted].map(
      (orderNo) => records.filter(({ orderKey }) => orderKey === `STORE-1/${orderNo}`).length,
    );
    expect(lengths).toEqual([...counted].map(() => size));
    const canceled = orders.filter(({ orderNo }) => counted.has(orderNo)).map(({ lines }) => lines[0]?.canceled.units);
    expect(canceled).toEqual(lengths);
  });

  test('are not lengthened by the warm-up, and by a quarter of the counted cancellations at most', () => {
    const { warmUp, count } = scales.history;
    const warming = new Set(requestsOf('history', 0, 0, warmUp).map(({ orderNo }) => orderNo));
    const counted = requestsOf('history', 0, warmUp, count).map(({ orderNo }) => orderNo);
    expect(counted.filter((orderNo) => warming.has(orderNo))).toEqual([]);
    const times = [...new Set(counted)].map((orderNo) => counted.filter((each) => each === orderNo).length);
    expect(Math.max(...times)).toBe(count / 4);
  });
});

describe('a table of orders', () => {
  test('has exactly as many as its size', async () => {
    const { orders } = await prepared('orders', 1000);
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(1000);
    expect(orders).toHaveLength(1000);
  });

  test.each(scales.orders.sizes)('of %d is canceled of all over, no order twice before all had a turn', (size) => {
    const length = 1000;
    const places = requestsOf('orders', size, 12_500, length).map(({ orderNo }) => Number(orderNo.split('-')[1]));
    expect(new Set(places).size).toBe(length);
    expect(new Set(places.map((place) => Math.floor((place * 10) / size)))).toEqual(
      new Set(Array.from({ length: 10 }, (_value, tenth) => tenth)),
    );
  });
});

const units = { requests: 3, transactions: 1, reads: 2, writes: 10 };

test('the latencies of a point are those of all its runs, its CPU is by run and cancellation', () => {
  const runs = [
    { latenciesMs: [1, 2, 3, 4], cpuMs: 8 },
    { latenciesMs: [5, 6, 7, 8], cpuMs: 12 },
  ];
  const point = pointOf(100, runs, units);
  expect(point.p50Ms).toBe(4.5);
  expect(point.p99Ms).toBeCloseTo(7.93, 2);
  expect(point.runs).toEqual([
    { p50Ms: 2.5, cpuMs: 2 },
    { p50Ms: 6.5, cpuMs: 3 },
  ]);
});

describe('the results', () => {
  const run = { latenciesMs: [5, 5], cpuMs: 6 };
  const growth = { warmUp: 60, count: 40, points: [pointOf(1, [run, run], units), pointOf(100, [run, run], units)] };
  const result = { lines: growth, history: growth, orders: growth, items: growth };

  test('say below each table how many cancellations it rests on', () => {
    const results = { machine: describeMachine(), rounds: 2, labels: {}, growth: result };
    const block = reportOf(results).get('growth') ?? '';
    expect(block).toContain('| 100                |     5.0 |     5.0 |    3.00 |          2 |          10 |');
    expect(block.match(/^2 rounds of 40 cancellations each, after 60\.$/gm)).toHaveLength(4);
  });

  test('are drawn as latency, CPU and capacity units of every scale', () => {
    const chart = growthChart(result);
    for (const name of ['latency, p50', 'CPU', 'read', 'write', 'ms', 'units']) {
      expect([name, chart.split(`>${name}</text>`).length - 1]).toEqual([name, 4]);
    }
    const axis = [...chart.matchAll(/M48 (\d+)V(\d+)/g)].at(-1) ?? [];
    const [top = NaN, bottom = NaN] = axis.slice(1).map(Number);
    const shares = [...chart.matchAll(/points="48,([\d.]+)/g)]
      .slice(-2)
      .map(([, y]) => (bottom - Number(y)) / (bottom - top));
    expect(shares).toEqual([expect.closeTo(0.2, 2), expect.closeTo(1, 2)]);
    expect(dimensions.filter((dimension) => !chart.includes(`>${scales[dimension].title}</text>`))).toEqual([]);
  });
});
