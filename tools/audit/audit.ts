import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { hasCancellations } from '../../lambda/domain/order.ts';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import { type OrderRow, orderOf } from '../../lambda/dynamodb/items.ts';
import { readOrder, readRecords } from '../orders/stored-order.ts';
import type { TableNames } from '../../lib/stages.ts';
import { addRecord, checkOrder, emptySummary, type RecordSummary } from './check-order.ts';
import { isMalformation } from './malformation.ts';
import { addFindings, type Findings, noFindings, type Progress, type SegmentProgress } from './progress.ts';
import { maxBatch, touchedAmong } from './touched-orders.ts';

export interface Audit {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly progress: Progress;
  /** Called once for each violation. */
  readonly onViolation: (line: string) => void;
  /** Called after every page. */
  readonly onPage: () => void;
  /** When it is aborted, the audit ends after the current pages. */
  readonly signal: AbortSignal;
  /** For the pauses when DynamoDB asks to slow down. */
  readonly runtime: Pick<Runtime, 'sleep' | 'random'>;
}

/** The orders of a page that each segment checks at the same time. */
const ordersAtOnce = 8;

/**
 * Checks that the records and the lines of every order agree. Walks both tables in parallel segments, with one page of
 * each segment in memory.
 *
 * The first walk goes from records to their orders, and finds records whose order shows no cancellation. The second
 * walk goes from orders with cancellations to their records. No order is missed between the two: an order that shows a
 * cancellation in the first walk still does in the second. The tables may be in use, so what looks wrong is read again,
 * consistently.
 */
export async function audit(run: Audit): Promise<void> {
  await Promise.all(run.progress.cancellations.map((segment, index) => walkCancellations(run, segment, index)));
  await Promise.all(run.progress.orders.map((segment, index) => walkOrders(run, segment, index)));
}

async function walkOrders(run: Audit, segment: SegmentProgress, index: number): Promise<void> {
  const { orders: segments } = run.progress;
  // Read consistently: an order that the first walk saw canceled must not look untouched here.
  const scan = { TableName: run.tables.orders, ConsistentRead: true };
  await walk(run, scan, segment, index, segments.length, async (items, page) => {
    await inParallel(items as unknown as OrderRow[], async (item) => {
      page.counts.orders += 1;
      await unlessMalformed(run, item.orderKey, page, async () => {
        const order = orderOf(item);
        const isTouched = hasCancellations(order);
        // An untouched order should have no records. If it has some, the first walk has found them.
        const records = isTouched ? await summarize(run, item.orderKey, order.currencyCode, false) : emptySummary();
        page.counts.canceledOrders += Number(isTouched);
        page.counts.records += records.count;
        if (checkOrder(order, records).length > 0) await checkAgain(run, item.orderKey, page);
      });
    });
  });
}

async function walkCancellations(run: Audit, segment: SegmentProgress, index: number): Promise<void> {
  const { cancellations: segments } = run.progress;
  const keysOnly = { TableName: run.tables.cancellations, ProjectionExpression: 'orderKey' };
  await walk(run, keysOnly, segment, index, segments.length, async (items, page) => {
    const orderKeys = [...new Set(items.map((item) => String(item['orderKey'])))];
    for (let start = 0; start < orderKeys.length; start += maxBatch) {
      const batch = orderKeys.slice(start, start + maxBatch);
      const touched = await touchedAmong(run.client, run.tables.orders, batch, run.runtime);
      await inParallel(
        batch.filter((orderKey) => !touched.has(orderKey)),
        async (orderKey) =>
          await unlessMalformed(run, orderKey, page, async () => await checkAgain(run, orderKey, page)),
      );
    }
  });
}

/** Scans a segment from its cursor to its end, page by page. */
async function walk(
  run: Audit,
  scan: ScanCommandInput,
  segment: SegmentProgress,
  index: number,
  totalSegments: number,
  check: (items: Record<string, unknown>[], page: Findings) => Promise<void>,
): Promise<void> {
  while (!segment.isDone && !run.signal.aborted) {
    const { Items = [], LastEvaluatedKey } = await run.client.send(
      new ScanCommand({ ...scan, Segment: index, TotalSegments: totalSegments, ExclusiveStartKey: segment.cursor }),
    );
    const page = noFindings();
    await check(Items, page);
    // Findings are added together with the cursor: a resumed audit counts and reports nothing twice, and misses
    // nothing.
    addFindings(run.progress, page);
    if (LastEvaluatedKey === undefined) segment.isDone = true;
    else segment.cursor = LastEvaluatedKey;
    run.onPage();
  }
}

async function summarize(
  { client, tables }: Audit,
  orderKey: string,
  currencyCode: string,
  isConsistent: boolean,
): Promise<RecordSummary> {
  const summary = emptySummary();
  const records = readRecords(client, tables, orderKey, { isConsistent });
  for await (const record of records) addRecord(summary, record, currencyCode);
  return summary;
}

/** How often an order that keeps changing is read again before it is reported as not checked. */
const maxReads = 5;

/**
 * Reads an order and its records consistently, until both are of the same moment, and reports what is wrong with them.
 */
async function checkAgain(run: Audit, orderKey: string, page: Findings): Promise<void> {
  const report = (violation: string) => reportViolation(run, orderKey, page, violation);
  for (let attempt = 1; attempt <= maxReads; attempt += 1) {
    const before = await readOrder(run.client, run.tables, orderKey);
    if (before === undefined) return report('there are records of an order that does not exist');
    const records = await summarize(run, orderKey, before.currencyCode, true);
    const after = await readOrder(run.client, run.tables, orderKey);
    if (after?.version === before.version) return checkOrder(before, records).forEach(report);
  }
  report(`could not be checked: it changed during each of ${maxReads} reads`);
}

function reportViolation(run: Audit, orderKey: string, { counts, violations }: Findings, violation: string): void {
  const line = `VIOLATION ${orderKey}: ${violation}`;
  counts.violations += 1;
  violations.push(line);
  run.onViolation(line);
}

/** An item in another shape than the service writes is a violation too, and does not end the audit. */
async function unlessMalformed(
  run: Audit,
  orderKey: string,
  page: Findings,
  check: () => Promise<void>,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!isMalformation(error)) throw error;
    reportViolation(run, orderKey, page, `the order or one of its records cannot be read (${error.name})`);
  }
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: ordersAtOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
