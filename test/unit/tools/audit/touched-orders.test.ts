import { describe, expect, test } from '@jest/globals';
import { orderRow } from '../../../../lambda/dynamodb/items.ts';
import { touchedAmong } from '../../../../tools/audit/touched-orders.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { stubClient } from '../../../support/stub-client.ts';

const untouched = orderRow(orderOf({ orderNo: 'A' }));
const touched = orderRow(
  orderOf({ orderNo: 'B', lines: [lineOf({ canceled: { units: 0, amountMinor: 1n, taxMinor: 0n } })] }),
);
const keys = [untouched.orderKey, touched.orderKey];

/** DynamoDB's answer to a batch: these items, and these keys unprocessed. */
const answer = (items: readonly object[], unread: readonly string[] = []) => ({
  Responses: { orders: items },
  UnprocessedKeys: unread.length === 0 ? {} : { orders: { Keys: unread.map((orderKey) => ({ orderKey })) } },
});

async function run(...answers: object[]) {
  const { client, sent } = stubClient(...answers);
  const pausesMs: number[] = [];
  const runtime = { random: () => 0.5, sleep: async (ms: number) => void pausesMs.push(ms) };
  const found = touchedAmong(client, 'orders', keys, runtime);
  return { outcome: (await Promise.allSettled([found]))[0], sent, pausesMs };
}

describe('orders that know of a cancellation', () => {
  test('are found among those that do not, in one call without a pause', async () => {
    const { outcome, sent, pausesMs } = await run(answer([untouched, touched]));
    expect(outcome).toEqual({ status: 'fulfilled', value: new Set([touched.orderKey]) });
    expect(sent).toHaveLength(1);
    expect(pausesMs).toEqual([]);
  });

  test('are not those that do not exist', async () => {
    const { outcome } = await run(answer([untouched]));
    expect(outcome).toEqual({ status: 'fulfilled', value: new Set() });
  });

  test.each([{ lines: null }, { v: undefined }, { rm: 'bank' }])(
    'are joined by those that cannot be, which the walk over the orders names: %j',
    async (changes) => {
      const { outcome } = await run(answer([{ ...untouched, ...changes }]));
      expect(outcome).toEqual({ status: 'fulfilled', value: new Set([untouched.orderKey]) });
    },
  );

  test('are asked for again, without what was read, after a pause that grows while nothing is read', async () => {
    const unread = [touched.orderKey];
    const { outcome, sent, pausesMs } = await run(
      answer([], keys),
      answer([], keys),
      answer([untouched], unread),
      answer([], unread),
      answer([touched]),
    );
    expect(outcome).toEqual({ status: 'fulfilled', value: new Set([touched.orderKey]) });
    expect(pausesMs).toEqual([100, 200, 50, 100]);
    expect(sent.at(-1)?.input).toEqual({ RequestItems: { orders: { Keys: [{ orderKey: touched.orderKey }] } } });
  });

  test('are given up in one line, after pauses of less than a minute together', async () => {
    const { outcome, sent, pausesMs } = await run(...Array.from({ length: 20 }, () => answer([], keys)));
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { message: 'DynamoDB left 2 rows of orders unread 8 times in a row.' },
    });
    expect(sent).toHaveLength(8);
    expect(pausesMs.reduce((total, ms) => total + ms, 0)).toBeLessThan(30_000);
  });
});
