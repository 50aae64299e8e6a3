import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { hasCancellations } from '../../lambda/domain/order.ts';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import { type OrderItem, orderOf } from '../../lambda/dynamodb/items.ts';
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
  /** Ends the audit after the pages under way, when it is aborted. */
  readonly signal: AbortSignal;
  /** What it waits with, and by, where DynamoDB asks it to slow down. */
  readonly runtime: Pick<Runtime, 'sleep' | 'random'>;
}

/** Orders of a page that are looked into at once, by each segment. */
const ordersAtOnce = 8;

/**
 * Walks both tables in parallel segments, a page of each in memory at a time, and proves of every order that its
 * records and its lines agree. Records lead to their orders, which finds those whose order knows of no cancellation;
 * then orders that know of one lead to their records. In this order nothing falls between the two walks: an order that
 * knows of a cancellation in the first still does in the second. The tables may be in use: what looks wrong is read
 * again, consistently.
 */
export async function audit(run: Audit): Promise<void> {
  await Promise.all(run.progress.cancellations.map((segment, index) => walkCancellations(run, segment, index)));
  await Promise.all(run.progress.orders.map((segment, index) => walkOrders(run, segment, index)));
}

async function walkOrders(run: Audit, segment: SegmentProgress, index: number): Promise<void> {
  const { orders: segments } = run.progress;
  // Consistently: an order that the first walk saw canceled must not look untouched here.
  const scan = { TableName: run.tables.orders, ConsistentRead: true };
  await walk(run, scan, segment, index, segments.length, async (items, page) => {
    await inParallel(items as unknown as OrderItem[], async (item) => {
      page.counts.orders += 1;
      await guarded(run, item.orderKey, page, async () => {
        const order = orderOf(item);
        const isTouched = hasCancellations(order);
        // An order that nothing was canceled of has no records to look for here; the other walk starts from those.
        const records = isTouched ? await summarize(run, item.orderKey, order.currencyCode, false) : emptySummary();
        page.counts.canceledOrders += Number(isTouched);
        page.counts.records += records.count;
        if (checkOrder(order, records).length > 0) await lookAgain(run, item.orderKey, page);
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
      const known = await touchedAmong(run.client, run.tables.orders, batch, run.runtime);
      await inParallel(
        batch.filter((orderKey) => !known.has(orderKey)),
        async (orderKey) => await guarded(run, orderKey, page, async () => await lookAgain(run, orderKey, page)),
      );
    }
  });
}

/** Scans a segment from where it stands to its end, a page at a time. */
async function walk(
  run: Audit,
  scan: ScanCommandInput,
  segment: SegmentProgress,
  index: number,
  totalSegments: number,
  look: (items: Record<string, unknown>[], page: Findings) => Promise<void>,
): Promise<void> {
  while (!segment.isDone && !run.signal.aborted) {
    const { Items = [], LastEvaluatedKey } = await run.client.send(
      new ScanCommand({ ...scan, Segment: index, TotalSegments: totalSegments, ExclusiveStartKey: segment.cursor }),
    );
    const page = noFindings();
    await look(Items, page);
    // Page by page, together with the cursor: what is resumed is neither counted nor told twice, nor left out.
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

/** How often an order that is changing is read anew, before it is told that it could not be checked. */
const maxLooks = 5;

/** Reads an order and its records consistently, until both are of one moment, and tells what is wrong with them. */
async function lookAgain(run: Audit, orderKey: string, page: Findings): Promise<void> {
  const tell = (violation: string) => tellViolation(run, orderKey, page, violation);
  for (let look = 1; look <= maxLooks; look += 1) {
    const before = await readOrder(run.client, run.tables, orderKey);
    if (before === undefined) return tell('there are records of an order that does not exist');
    const records = await summarize(run, orderKey, before.currencyCode, true);
    const after = await readOrder(run.client, run.tables, orderKey);
    if (after?.version === before.version) return checkOrder(before, records).forEach(tell);
  }
  tell(`could not be checked: it changed during each of ${maxLooks} looks`);
}

function tellViolation(run: Audit, orderKey: string, { counts, violations }: Findings, violation: string): void {
  const line = `VIOLATION ${orderKey}: ${violation}`;
  counts.violations += 1;
  violations.push(line);
  run.onViolation(line);
}

/** An item that is not what the service writes is a violation too, and not the end of the audit. */
async function guarded(run: Audit, orderKey: string, page: Findings, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!isMalformation(error)) throw error;
    tellViolation(run, orderKey, page, `the order or one of its records cannot be read (${error.name})`);
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
