import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import { earlierCancellationRow, eventOfItems, orderOfLines } from '../../support/cancellations.ts';
import type { Engine } from './engine.ts';

/** What grows, and what is canceled at each of its sizes. */
export interface Scale {
  readonly title: string;
  readonly sizes: readonly number[];
  /** Cancellations of a run before the counted ones. */
  readonly warmUp: number;
  /** Counted cancellations of a run. */
  readonly count: number;
  /** Whether one engine per size serves all runs, where filling takes minutes; otherwise every run gets a fresh one. */
  readonly isKept: boolean;
  /** Puts exactly one size into an empty engine. */
  prepare(engine: Engine, size: number, cancellationsTable: string): Promise<void>;
  /** @param index of the cancellation on its engine: from 0, those of the warm-up included, never the same again */
  eventOf(size: number, index: number): APIGatewayProxyEvent;
}

export type Dimension = 'lines' | 'history' | 'orders' | 'items';

const fast = { warmUp: 300, count: 200 };
/** Where a single cancellation takes up to 50 ms; the same for the small sizes, so that all are as warm. */
const slow = { warmUp: 60, count: 40 };

export const scales: Readonly<Record<Dimension, Scale>> = {
  lines: {
    title: 'lines of the order',
    sizes: [1, 10, 100, 500],
    ...slow,
    isKept: false,
    prepare: (engine, size) => engine.putOrders([orderOfLines('GROWTH', size)]),
    eventOf: (_size, index) => eventOfItems('GROWTH', 1, `KEY-${index}`),
  },
  history: {
    title: 'earlier cancellations of the order',
    sizes: [0, 100, 10_000],
    ...fast,
    isKept: false,
    async prepare(engine, size, cancellationsTable) {
      const orders = Array.from({ length: ordersWithHistory }, (_value, index) => orderOfLines(`GROWTH-${index}`, 1));
      await engine.put(cancellationsTable, historiesOf(orders, size));
      await engine.putOrders([...orders.map((order) => canceledOrder(order, size)), orderOfLines('WARM-UP', 1)]);
    },
    // The warm-up would make a history of its own.
    eventOf: (_size, index) =>
      eventOfItems(index < fast.warmUp ? 'WARM-UP' : `GROWTH-${index % ordersWithHistory}`, 1, `KEY-${index}`),
  },
  orders: {
    title: 'orders in the table',
    sizes: [1000, 10_000, 100_000, 1_000_000],
    ...fast,
    isKept: true,
    prepare: (engine, size) => engine.putOrders(ordersOf(size)),
    eventOf: (size, index) => eventOfItems(`ORDER-${(index * stride) % size}`, 1, `KEY-${index}`),
  },
  items: {
    title: 'items of the request',
    sizes: [1, 10, 50, 100],
    ...slow,
    isKept: false,
    prepare: (engine) => engine.putOrders([orderOfLines('GROWTH', 100)]),
    eventOf: (size, index) => eventOfItems('GROWTH', size, `KEY-${index}`),
  },
};

/** Each cancellation lengthens a history by one, so a run divides its own among several: each grows by 50. */
const ordersWithHistory = 4;

/** A prime that divides no size, so that an order's turn comes again only after all others. */
const stride = 7919;

function* ordersOf(size: number): Generator<Order> {
  for (let index = 0; index < size; index += 1) yield orderOfLines(`ORDER-${index}`, 1);
}

function canceledOrder(order: Order, units: number): Order {
  const lines = order.lines.map((line) => {
    const [amountMinor, taxMinor] = [BigInt(units) * line.unitAmountMinor, BigInt(units) * line.unitTaxMinor];
    return { ...line, canceled: { units, amountMinor, taxMinor } };
  });
  return { ...order, lines };
}

function* historiesOf(orders: readonly Order[], size: number): Generator<CancellationRow> {
  for (const order of orders) {
    const [line] = order.lines;
    if (line === undefined) continue;
    for (let index = 0; index < size; index += 1) yield earlierCancellationRow(order, line, `EARLIER-${index}`);
  }
}
