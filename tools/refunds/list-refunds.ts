import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Execution, ExecutionStatus } from '../../lambda/domain/execution.ts';
import { executionOf, type ExecutionRow, impossibleAttributesOfExecution } from '../../lambda/dynamodb/refund-items.ts';

export interface RefundFilter {
  readonly status: ExecutionStatus;
  /** Only those whose status is at least so old; undefined for any. Epoch milliseconds. */
  readonly notAfterMs: number | undefined;
  /** Only those of this store; undefined for all. */
  readonly storeId: string | undefined;
  /** How many are listed at most. */
  readonly limit: number;
}

export interface ListedRefund {
  readonly execution: Execution;
  /** What somebody wrote who has resolved it. */
  readonly note: string | undefined;
}

export interface ListingSummary {
  listed: number;
  /** Rows of the table that were read. */
  scanned: number;
  /** The keys of rows that cannot be: they are not listed. */
  readonly impossible: string[];
  /** Whether the table was read to its end. */
  isComplete: boolean;
}

/** Rows of one page, so that memory and waiting are bounded, whatever the filter leaves of them. */
const pageSize = 1000;

/** Reads the whole table, page by page, until the limit. */
export async function listRefunds(
  client: DynamoDBDocumentClient,
  table: string,
  { status, notAfterMs, storeId, limit }: RefundFilter,
  onRefund: (refund: ListedRefund) => void,
): Promise<ListingSummary> {
  const summary: ListingSummary = { listed: 0, scanned: 0, impossible: [], isComplete: false };
  const conditions = [
    '#status = :status',
    ...(notAfterMs === undefined ? [] : ['#at <= :notAfter']),
    ...(storeId === undefined ? [] : ['begins_with(orderKey, :store)']),
  ];
  const scan = {
    TableName: table,
    Limit: pageSize,
    FilterExpression: conditions.join(' AND '),
    ExpressionAttributeNames: { '#status': 'st', ...(notAfterMs === undefined ? {} : { '#at': 'at' }) },
    ExpressionAttributeValues: {
      ':status': status,
      ...(notAfterMs === undefined ? {} : { ':notAfter': notAfterMs }),
      ...(storeId === undefined ? {} : { ':store': `${storeId}/` }),
    },
  };
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...scan, ExclusiveStartKey }));
    summary.scanned += page.ScannedCount ?? 0;
    for (const row of (page.Items ?? []) as ExecutionRow[]) {
      if (summary.listed === limit) return summary;
      if (impossibleAttributesOfExecution(row).length > 0) {
        summary.impossible.push(`${row.orderKey} ${row.rid}`);
        continue;
      }
      summary.listed += 1;
      onRefund({ execution: executionOf(row), note: row.note });
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  summary.isComplete = true;
  return summary;
}
