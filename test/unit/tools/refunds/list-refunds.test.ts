import { describe, expect, test } from '@jest/globals';
import type { ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { listRefunds } from '../../../../tools/refunds/list-refunds.ts';
import { stubClient } from '../../../support/stub-client.ts';

const rowOf = (rid: string): ExecutionRow => ({
  orderKey: 'S/N',
  rid,
  kind: 'REFUND',
  cur: 'KRW',
  a: 1000n,
  att: 1n,
  seq: 1n,
  st: 'FAILED',
  req: 1n,
  at: 1n,
});
const pageOf = (rids: readonly string[], last?: string) => ({
  Items: rids.map(rowOf),
  ScannedCount: 1000,
  ...(last === undefined ? {} : { LastEvaluatedKey: { orderKey: 'S/N', rid: last } }),
});

async function list(limit: number) {
  const { client, sent } = stubClient(pageOf(['A', 'B'], 'B'), pageOf([], 'C'), pageOf(['D', 'E']));
  const listed: string[] = [];
  const filter = { status: 'FAILED', notAfterMs: undefined, storeId: undefined, limit } as const;
  const summary = await listRefunds(client, 'executions', filter, ({ execution }) => {
    listed.push(execution.returnRequestId);
  });
  return { listed, summary, inputs: sent.map(({ input }) => input) };
}

describe('the list of refunds', () => {
  test('goes through the whole table in bounded pages, also where a page has none', async () => {
    const { listed, summary, inputs } = await list(10);
    expect(listed).toEqual(['A', 'B', 'D', 'E']);
    expect(summary).toEqual({ listed: 4, scanned: 3000, impossible: [], isComplete: true });
    expect(inputs).toMatchObject([
      { Limit: 1000 },
      { ExclusiveStartKey: { rid: 'B' } },
      { ExclusiveStartKey: { rid: 'C' } },
    ]);
  });

  test('ends at its limit, and says that there may be more', async () => {
    const { listed, summary, inputs } = await list(3);
    expect(listed).toEqual(['A', 'B', 'D']);
    expect(summary.isComplete).toBe(false);
    expect(inputs).toHaveLength(3);
    expect((await list(1)).inputs).toHaveLength(1);
  });
});
