import { hasCancellations } from '../../lambda/domain/order.ts';
import { impossibleAttributesOfOrder } from '../../lambda/dynamodb/impossible-rows.ts';
import { type OrderRow, orderOf } from '../../lambda/dynamodb/items.ts';
import { readOrder } from '../orders/stored-order.ts';
import { maxBatch } from './batch-get.ts';
import { checkOrder, impossibleText } from './check-order.ts';
import { walkExecutions } from './executions.ts';
import { addListing } from './listing.ts';
import type { Findings } from './progress.ts';
import { emptyHistory, readHistory } from './read-history.ts';
import { walkRefundAccounts } from './refund-account-keys.ts';
import { walkStoreKeys } from './store-keys.ts';
import { touchedAmong } from './touched-orders.ts';
import { type Audit, reportViolation, unlessMalformed, walk } from './walk.ts';

/** The orders of a page that each segment checks at the same time. */
const ordersAtOnce = 8;

/**
 * Checks that the records and the lines of every order agree, and that every row is one that the service can have
 * written (contract, section 8). Walks the tables in parallel segments, with one page of each segment in memory.
 *
 * Of orders and records, the first walk goes from records to their orders, and finds records whose order shows no
 * cancellation. The second walk goes from orders with cancellations to their records. No order is missed between the
 * two: an order that shows a cancellation in the first walk still does in the second. The same holds for executions,
 * which are walked before the orders as well. The tables may be in use, so what looks wrong is read again, consistently.
 */
export async function audit(run: Audit): Promise<void> {
  await walkStoreKeys(run);
  await walkCancellations(run);
  if (run.refunds !== undefined) {
    await walkExecutions(run, run.refunds);
    await walkRefundAccounts(run);
  }
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
        const history = isTouched
          ? await readHistory(run, order, { isConsistent: false, withRefunds: true })
          : emptyHistory();
        page.counts.records += history.records.count;
        page.counts.oldRecords += history.refunds.oldRecords;
        addListing(page.refunds.failed, history.refunds.failed);
        addListing(page.refunds.waiting, history.refunds.waiting);
        const isSound = checkOrder(order, history.records).length + history.refunds.violations.length === 0;
        if (!isSound) await checkAgain(run, row.orderKey, page, true);
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
          await unlessMalformed(run, orderKey, page, async () => await checkAgain(run, orderKey, page, false)),
      );
    }
  });
}

/** How often an order that keeps changing is read again before it is reported as not checked. */
const maxReads = 5;

/**
 * Reads an order and its records consistently, until both are of the same moment, and reports what is wrong with them.
 * @param withRefunds whether its refunds are checked, too: where the order shows no cancellation, others look after them
 */
async function checkAgain(run: Audit, orderKey: string, page: Findings, withRefunds: boolean): Promise<void> {
  const report = (violation: string) => reportViolation(run, orderKey, page, violation);
  for (let attempt = 1; attempt <= maxReads; attempt += 1) {
    const before = await readOrder(run.client, run.tables, orderKey);
    if (before === undefined) return report('there are records of an order that does not exist');
    const { records, refunds } = await readHistory(run, before, { isConsistent: true, withRefunds });
    const after = await readOrder(run.client, run.tables, orderKey);
    if (after?.version === before.version)
      return [...checkOrder(before, records), ...refunds.violations].forEach(report);
  }
  report(`could not be checked: it changed during each of ${maxReads} reads`);
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: ordersAtOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
