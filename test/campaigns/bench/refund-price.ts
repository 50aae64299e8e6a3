import { markdownTable } from '../../../tools/generate/markdown-table.ts';
import { type UnitPrice, unitPrices } from '../../../tools/generate/costs/unit-prices.ts';
import { assumptions } from './price.ts';
import { eventsOfRefund } from './refund-batches.ts';
import { answersAfterMs, type BatchFigures, type BatchSize, batchSizes } from './refunds.ts';
import { median } from './statistics.ts';

/** Of both functions: lib/publisher.ts, lib/result-taker.ts. */
export const memoryMb = 512;
/** An execution is put once and changed once, each a row below 1 KB. */
const writesOfRefund = 2;

/** Milliseconds that an invocation is billed for: it waits for AWS, and has a part of a core. */
export function billedMs({ kind, cpuMs }: BatchFigures): number {
  const { bus, table } = answersAfterMs;
  // Of a batch, all events wait side by side. A cancellation waits for the bus and then for the table.
  const waitedMs = { cancellations: bus + table, executions: bus, reports: table }[kind];
  return waitedMs + median(cpuMs) * (assumptions.wholeVcpuMb / memoryMb);
}

interface PriceOfRefund {
  readonly component: string;
  readonly unitPrice: UnitPrice;
  readonly units: string;
  /** USD per million refunds. */
  readonly usd: number;
}

/** What a million refunds cost that succeed at the first report, when so many events come in each invocation. */
export function pricesOfRefunds(figures: readonly BatchFigures[], size: BatchSize): PriceOfRefund[] {
  const ofSize = figures.filter((one) => one.size === size);
  const invocations = ofSize.length / size;
  const duration = ofSize.reduce((sum, one) => sum + billedMs(one), 0) / size;
  const kilobytes = eventsOfRefund.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / 1000;
  const logged = ofSize.reduce((sum, { logBytes }) => sum + logBytes, 0) / 1000;
  // EventBridge sends each message by itself; Lambda receives and deletes batches.
  const messages = 1 + 2 / size;
  const { events, archived, messages: queue, writes, invocations: requests, duration: seconds, logs } = unitPrices;
  return [
    priceOf('EventBridge', events, eventsOfRefund.length, 'events'),
    // A kB of each of a million is a GB.
    priceOf('its archive, 30 days', archived, kilobytes, 'kB'),
    priceOf('SQS', queue, messages, 'requests'),
    priceOf('DynamoDB writes', writes, writesOfRefund, 'units'),
    priceOf('Lambda requests', requests, invocations, 'requests'),
    priceOf(`Lambda duration, ${memoryMb} MB, arm64`, seconds, duration, 'ms', (memoryMb / 1024) * 1e3),
    priceOf('CloudWatch Logs', logs, logged, 'kB'),
  ];
}

/** @param factor from units of one refund to what a million of them are priced by */
function priceOf(component: string, unitPrice: UnitPrice, units: number, unit: string, factor = 1): PriceOfRefund {
  return { component, unitPrice, units: `${Number(units.toFixed(1))} ${unit}`, usd: units * factor * unitPrice.usd };
}

/** What invocations take, how much that lets through, and what it costs. */
export function refundTables(figures: readonly BatchFigures[]): string {
  const rows = figures.map((one) => [
    `${one.size} of ${one.kind}`,
    median(one.cpuMs).toFixed(2),
    median(one.elapsedMs).toFixed(1),
    billedMs(one).toFixed(1),
    ((one.size * 1000) / billedMs(one)).toFixed(0),
  ]);
  const head = ['an invocation with', 'CPU, ms', 'here, ms', `with ${memoryMb} MB of Lambda, ms`, 'events a second'];
  return [markdownTable(head, rows), priceTable(figures), notes].join('\n\n');
}

const total = (prices: readonly PriceOfRefund[]) => usd(prices.reduce((sum, one) => sum + one.usd, 0));
const usd = (value: number) => value.toFixed(2);

function priceTable(figures: readonly BatchFigures[]): string {
  const [alone = [], together = []] = batchSizes.map((size) => pricesOfRefunds(figures, size));
  const rows = together.map(({ component, unitPrice, units, usd: ofTen }, index) => [
    component,
    `${unitPrice.usd} per ${unitPrice.per}`,
    units,
    usd(ofTen),
    alone[index]?.units ?? '',
    usd(alone[index]?.usd ?? NaN),
  ]);
  return markdownTable(
    ['per million refunds', 'unit price, USD', 'in batches of ten', 'USD', 'one by one', 'USD'],
    [...rows, ['**together**', '', '', total(together), '', total(alone)]],
  );
}

const notes = [
  `Assumed: ${answersAfterMs.bus} ms until the bus has an event, ${answersAfterMs.table} ms until a table has a row, and a vCPU as`,
  `fast as a core of the machine above, of which ${memoryMb} MB get ${memoryMb}/${assumptions.wholeVcpuMb}. CPU and bytes of logs are measured.`,
  'A refund is requested, and reported once: as a success. Each other report is another event of the bus, and what came',
  'of it one more. What an executor of another account sends is charged to that account. Lambda reads streams for nothing.',
].join('\n');
