import { hasCancellations } from '../../lambda/domain/order.ts';
import { impossibleAttributesOfOrder } from '../../lambda/dynamodb/impossible-rows.ts';
import { type OrderRow, orderOf } from '../../lambda/dynamodb/items.ts';
import { readOrder, readRecordRows } from '../orders/stored-order.ts';
import { addRow, checkOrder, emptySummary, impossibleText, type RecordSummary } from './check-order.ts';
import { isMalformation } from './malformation.ts';
import type { Findings } from './progress.ts';
import { walkStoreKeys } from './store-keys.ts';
import { maxBatch, touchedAmong } from './touched-orders.ts';
import { type Audit, reportViolation, walk } from './walk.ts';

/** The orders of a page that each segment checks at the same time. */
const ordersAtOnce = 8;

/**
 * Checks that the records and the lines of every order agree, and that every row is one that the service can have
 * written (contract, section 8). Walks the tables in parallel segments, with one page of each segment in memory.
 *
 * Of orders and records, the first walk goes from records to their orders, and finds records whose order shows no
 * cancellation. The second walk goes from orders with cancellations to their records. No order is missed between the
 * two: an order that shows a cancellation in the first walk still does in the second. The tables may be in use, so what
 * looks wrong is read again, consistently.
 */
export async function audit(run: Audit): Promise<void> {
  await walkStoreKeys(run);
  await walkCancellations(run);
  await walkOrders(run);
}

async function walkOrders(run: Audit): Promise<void> {
  // Read consistently: an order that the first walk saw canceled must not look untouched here.
  const scan = { TableName: run.tables.orders, ConsistentRead: true };
  await walk(run, run.progress.orders, scan, async (rows, page) => {
    await inParallel(rows as unknown as OrderRow[], async (row) => {
      page.counts.orders += 1;
      const impossible = impossibleAttributesOfOrder(row);
      if (impossible.length > 0) return reportViolation(run, row.orderKey, page, impossibleText(impossible));
      const order = orderOf(row);
      const isTouched = hasCancellations(order);
      page.counts.canceledOrders += Number(isTouched);
      await unlessMalformed(run, row.orderKey, page, async () => {
        // An untouched order should have no records. If it has some, the first walk has found them.
        const records = isTouched ? await summarize(run, row.orderKey, order.currencyCode, false) : emptySummary();
        page.counts.records += records.count;
        if (checkOrder(order, records).length > 0) await checkAgain(run, row.orderKey, page);
      });
    });
  });
}

async function walkCancellations(run: Audit): Promise<void> {
  const scan = { TableName: run.tables.cancellations, ProjectionExpression: 'orderKey' };
  await walk(run, run.progress.cancellations, scan, async (rows, page) => {
    const orderKeys = [...new Set(rows.map((row) => String(row['orderKey'])))];
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

async function summarize(
  { client, tables }: Audit,
  orderKey: string,
  currencyCode: string,
  isConsistent: boolean,
): Promise<RecordSummary> {
  const summary = emptySummary();
  const rows = readRecordRows(client, tables, orderKey, { isConsistent });
  for await (const row of rows) addRow(summary, row, currencyCode);
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

/** A row in another shape than the service writes is a violation too, and does not end the audit. */
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
