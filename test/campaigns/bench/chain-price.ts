import { markdownTable } from '../../../tools/generate/markdown-table.ts';
import { type UnitPrice, unitPrices } from '../../../tools/generate/costs/unit-prices.ts';
import { assumptions } from './price.ts';
import { type BatchKind, eventOfOrder, eventsOfRefund } from './chain-batches.ts';
import { answersAfterMs, type BatchFigures, type BatchSize, batchSizes } from './chain.ts';
import { median } from './statistics.ts';

/** Of all four functions: lib/publisher.ts, lib/result-taker.ts, lib/order-taker.ts, lib/webhook-sender.ts. */
export const memoryMb = 512;

/** Milliseconds that an invocation is billed for: it waits for AWS, and has a part of a core. */
export function billedMs({ kind, cpuMs }: BatchFigures): number {
  const { bus, table, merchant } = answersAfterMs;
  // Of a batch, all events wait side by side. A cancellation waits for the bus and then for the table, an order for two
  // answers of the table, and a webhook for the endpoint's row and then for the merchant.
  const waitedMs = {
    orders: 2 * table,
    cancellations: bus + table,
    executions: bus,
    reports: table,
    webhooks: table + merchant,
  }[kind];
  return waitedMs + median(cpuMs) * (assumptions.wholeVcpuMb / memoryMb);
}

interface Price {
  readonly component: string;
  readonly unitPrice: UnitPrice;
  readonly units: string;
  /** USD per million. */
  readonly usd: number;
}

/** What a million of something takes besides invocations and logs, which are measured. */
interface Million {
  readonly of: string;
  /** The batches that it comes in. */
  readonly kinds: readonly BatchKind[];
  /** The events that it puts on the bus. */
  readonly events: readonly object[];
  /** How many of its messages go through a queue. */
  readonly queued: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Bytes that leave AWS. */
  readonly sentBytes: number;
}

/** Rows are below 1 KB. */
export const millions = [
  // The order is looked for, and put.
  { of: 'orders', kinds: ['orders'], events: [eventOfOrder], queued: 1, readUnits: 1, writeUnits: 1, sentBytes: 0 },
  {
    of: 'refunds',
    kinds: ['cancellations', 'reports', 'executions'],
    events: eventsOfRefund,
    queued: 1,
    readUnits: 0,
    // An execution is put once and changed once.
    writeUnits: 2,
    sentBytes: 0,
  },
  // Of a store of its own each. The event is paid for by what it is about, and a rule delivers it for nothing.
  { of: 'webhooks', kinds: ['webhooks'], events: [], queued: 1, readUnits: 1, writeUnits: 0, sentBytes: 1500 },
] as const satisfies Million[];

/** What a million cost where everything succeeds at once, when so many events come in each invocation. */
export function pricesOf(million: Million, figures: readonly BatchFigures[], size: BatchSize): Price[] {
  const { kinds, queued, readUnits, writeUnits, sentBytes } = million;
  const ofSize = figures.filter((one) => one.size === size && kinds.includes(one.kind));
  const invocations = ofSize.length / size;
  const duration = ofSize.reduce((sum, one) => sum + billedMs(one), 0) / size;
  const kilobytes = million.events.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / 1000;
  const logged = ofSize.reduce((sum, { logBytes }) => sum + logBytes, 0) / 1000;
  // EventBridge sends each message by itself; Lambda receives and deletes batches.
  const messages = queued * (1 + 2 / size);
  const { events, archived, messages: queue, reads, writes, sent, logs } = unitPrices;
  const { invocations: requests, duration: seconds } = unitPrices;
  return [
    priceOf('EventBridge', events, million.events.length, 'events'),
    // A kB of each of a million is a GB.
    priceOf('its archive, 30 days', archived, kilobytes, 'kB'),
    priceOf('SQS', queue, messages, 'requests'),
    priceOf('DynamoDB reads', reads, readUnits, 'units'),
    priceOf('DynamoDB writes', writes, writeUnits, 'units'),
    priceOf('Lambda requests', requests, invocations, 'requests'),
    priceOf(`Lambda duration, ${memoryMb} MB, arm64`, seconds, duration, 'ms', (memoryMb / 1024) * 1e3),
    priceOf('data out', sent, sentBytes / 1000, 'kB'),
    priceOf('CloudWatch Logs', logs, logged, 'kB'),
  ].filter(({ usd }) => usd > 0);
}

/** @param factor from units of one to what a million of them are priced by */
function priceOf(component: string, unitPrice: UnitPrice, units: number, unit: string, factor = 1): Price {
  return { component, unitPrice, units: `${Number(units.toFixed(1))} ${unit}`, usd: units * factor * unitPrice.usd };
}

/** What invocations take, how much that lets through, and what it costs. */
export function chainTables(figures: readonly BatchFigures[]): string {
  const rows = figures.map((one) => [
    `${one.size} of ${one.kind}`,
    median(one.cpuMs).toFixed(2),
    median(one.elapsedMs).toFixed(1),
    billedMs(one).toFixed(1),
    ((one.size * 1000) / billedMs(one)).toFixed(0),
  ]);
  const head = ['an invocation with', 'CPU, ms', 'here, ms', `with ${memoryMb} MB of Lambda, ms`, 'events a second'];
  const prices = millions.map((million) => priceTable(million, figures));
  return [markdownTable(head, rows), ...prices, notes].join('\n\n');
}

const total = (prices: readonly Price[]) => usd(prices.reduce((sum, one) => sum + one.usd, 0));
const usd = (value: number) => value.toFixed(2);

function priceTable(million: Million, figures: readonly BatchFigures[]): string {
  const [alone = [], together = []] = batchSizes.map((size) => pricesOf(million, figures, size));
  const rows = together.map(({ component, unitPrice, units, usd: ofTen }, index) => [
    component,
    `${unitPrice.usd} per ${unitPrice.per}`,
    units,
    usd(ofTen),
    alone[index]?.units ?? '',
    usd(alone[index]?.usd ?? NaN),
  ]);
  return markdownTable(
    [`per million ${million.of}`, 'unit price, USD', 'in batches of ten', 'USD', 'one by one', 'USD'],
    [...rows, ['**together**', '', '', total(together), '', total(alone)]],
  );
}

const notes = [
  `Assumed: ${answersAfterMs.bus} ms until the bus has an event, ${answersAfterMs.table} ms until a table answers, ${answersAfterMs.merchant} ms until a merchant does, and a vCPU as`,
  `fast as a core of the machine above, of which ${memoryMb} MB get ${memoryMb}/${assumptions.wholeVcpuMb}. CPU and bytes of logs are measured.`,
  'An order comes in by one captured event. One that is registered, authorized and captured is three events, each with a',
  'read and a write. A refund is requested, and reported once: as a success. Each other report is another event of the bus,',
  'and what came of it one more. A webhook is one delivery of one event; with TLS and headers it is some 1.5 kB. What',
  'another account sends is charged to that account. Lambda reads streams for nothing.',
].join('\n');
