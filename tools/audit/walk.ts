import { type DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import type { TableNames } from '../../lib/stages.ts';
import type { RefundRules } from './check-refunds.ts';
import { isMalformation } from './malformation.ts';
import { addFindings, type Findings, noFindings, type Progress, type SegmentProgress } from './progress.ts';

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
  /** Undefined where nothing asks for refunds: then only orders, records and store keys are checked. */
  readonly refunds: RefundRules | undefined;
}

export type Row = Record<string, unknown>;

/**
 * Rows of one page. A page of 1 MB has thousands of small orders, of which each takes many times its size once it is read:
 * eight such pages at once filled a heap of 128 MB with little else. Much smaller ones cost a local engine more than they
 * save, because it walks its whole table for each page. Progress is saved after each page.
 */
const pageRows = 1000;

/** Scans a table in parallel segments, each from its cursor to its end, page by page. */
export async function walk(
  run: Audit,
  segments: readonly SegmentProgress[],
  scan: ScanCommandInput,
  check: (rows: Row[], page: Findings) => void | Promise<void>,
): Promise<void> {
  await Promise.all(
    segments.map(async (segment, index) => {
      const part = { ...scan, Limit: pageRows, Segment: index, TotalSegments: segments.length };
      while (!segment.isDone && !run.signal.aborted) {
        const { Items = [], LastEvaluatedKey } = await run.client.send(
          new ScanCommand({ ...part, ExclusiveStartKey: segment.cursor }),
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
    }),
  );
}

/** @param row what the violation is of: an order by its key, or a store key by its hash */
export function reportViolation(run: Audit, row: string, { counts, violations }: Findings, violation: string): void {
  const line = `VIOLATION ${row}: ${violation}`;
  counts.violations += 1;
  violations.push(line);
  run.onViolation(line);
}

/** A row in another shape than the service writes is a violation too, and does not end the audit. */
export async function unlessMalformed(
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
