import { readRecordRows } from '../orders/stored-order.ts';
import { maxBatch } from './batch-get.ts';
import type { Findings } from './progress.ts';
import { touchedAmong } from './touched-orders.ts';
import { type Audit, reportViolation, walk } from './walk.ts';

/**
 * Finds executions of orders that show no cancellation, or do not exist. The executions of all others are checked with
 * their orders.
 */
export async function walkExecutions(run: Audit): Promise<void> {
  const scan = { TableName: run.tables.executions, ProjectionExpression: 'orderKey, rid' };
  await walk(run, run.progress.executions, scan, async (rows, page) => {
    page.counts.executions += rows.length;
    const ids = Map.groupBy(
      rows.map((row) => ({ orderKey: String(row['orderKey']), rid: String(row['rid']) })),
      ({ orderKey }) => orderKey,
    );
    const orderKeys = [...ids.keys()];
    for (let start = 0; start < orderKeys.length; start += maxBatch) {
      const batch = orderKeys.slice(start, start + maxBatch);
      const touched = await touchedAmong(run.client, run.tables.orders, batch, run.runtime);
      for (const orderKey of batch.filter((key) => !touched.has(key))) {
        const unrecorded = new Set(ids.get(orderKey)?.map(({ rid }) => rid));
        await reportUnrecorded(run, orderKey, unrecorded, page);
      }
    }
  });
}

/** If there are records, the order contradicts them, which the walk over the records has found. */
async function reportUnrecorded(run: Audit, orderKey: string, unrecorded: Set<string>, page: Findings): Promise<void> {
  for await (const { rid } of readRecordRows(run.client, run.tables, orderKey, { isConsistent: true })) {
    unrecorded.delete(rid);
  }
  for (const rid of unrecorded) reportViolation(run, orderKey, page, `${rid}: has an execution, but no record`);
}
