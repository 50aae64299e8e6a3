import { describe, expect, test } from '@jest/globals';
import {
  frozenCancellation,
  frozenFailures,
  frozenOrder,
  putFrozenRows,
} from '../../../../lambda/pre-traffic/frozen-order.ts';
import { smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import type { Send, SmokeResponse } from '../../../../lambda/pre-traffic/smoke-test.ts';
import {
  type CancellationRow,
  cancellationRecordOf,
  type OrderRow,
  orderOf,
} from '../../../../lambda/dynamodb/items.ts';
import { addRow, checkOrder, emptySummary } from '../../../../tools/audit/check-order.ts';
import { memoryService } from '../../../../tools/in-memory/memory-service.ts';
import { contextOf, eventOf } from '../../../../tools/in-memory/requests.ts';
import { stubClient } from '../../../support/stub-client.ts';

const order = frozenOrder as OrderRow;
const cancellation = frozenCancellation as CancellationRow;
const hashKey = 'a-hash-key';

/** A service whose tables have these rows. */
function serviceWith(orderRow: OrderRow, cancellationRow: CancellationRow) {
  const service = memoryService([orderOf(orderRow)], { ...smokeStore, hashKey });
  const { orderKey, cancellationKey } = cancellationRow;
  service.records.set(`${orderKey} ${cancellationKey}`, cancellationRecordOf(cancellationRow));
  const send: Send = async ({ headers, body }) => {
    const { statusCode, headers: sent, body: text } = await service.handler(eventOf(body, headers), contextOf());
    return { status: statusCode, isReplay: sent?.['Idempotent-Replayed'] === 'true', body: text };
  };
  return { service, send };
}

describe('the rows of an old version', () => {
  test('are put into the tables of orders and of cancellations, with keys that the hook may put', async () => {
    const { client, sent } = stubClient({}, {});
    await putFrozenRows(client, { orders: 'orders', cancellations: 'cancellations' });
    expect(sent.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'PutCommand', input: { TableName: 'orders', Item: frozenOrder } },
      { name: 'PutCommand', input: { TableName: 'cancellations', Item: frozenCancellation } },
    ]);
    for (const { orderKey } of [frozenOrder, frozenCancellation]) {
      expect(orderKey.startsWith(`${smokeStore.storeId}/`)).toBe(true);
    }
  });

  test('agree with each other, so that no audit reports them', () => {
    const records = emptySummary();
    addRow(records, cancellation, 'KRW');
    expect(checkOrder(orderOf(order), records)).toEqual([]);
  });
});

describe('a version that reads them', () => {
  test('has no failures, and nothing is canceled', async () => {
    const { service, send } = serviceWith(order, cancellation);
    expect(await frozenFailures(send, hashKey)).toEqual([]);
    expect(service.reports.map(({ status }) => status)).toEqual([200, 400]);
    expect(service.writes).toEqual([]);
  });
});

describe('a version that reads them wrongly', () => {
  const replay = "a replay of an old version's record: responded with";
  const refusal = "a cancellation beyond an old version's order: responded with";

  test('is reported when it makes another digest of the same request', async () => {
    const { send } = serviceWith(order, { ...cancellation, digest: 'f'.repeat(64) });
    expect(await frozenFailures(send, hashKey)).toEqual([`${replay} 422`]);
  });

  test('is reported when it looks for the record under another key, or overlooks what is canceled', async () => {
    const lines = order.lines.map(({ c: _canceled, ...line }) => line);
    const untouched: OrderRow = { ...order, st: 'CAPTURED', lines };
    const { send } = serviceWith(untouched, { ...cancellation, cancellationKey: 'another' });
    // The retry is then taken for a new cancellation, and the second request meets what that one has left.
    expect(await frozenFailures(send, hashKey)).toEqual([`${replay} 200`]);
  });

  test.each<[string, Partial<SmokeResponse>, number, string[]]>([
    ['replays other data', { body: '{"resultCode":"0","data":{}}' }, 1, [`${replay} 200`]],
    ['replays without the header', { isReplay: false }, 1, [`${replay} 200`]],
    ['cancels more than there is', { status: 200, body: '{"resultCode":"0","data":{}}' }, 2, [`${refusal} 200`]],
    ['refuses for another reason', { body: '{"errors":[{"reason":"ORDER_NOT_CANCELABLE"}]}' }, 2, [`${refusal} 400`]],
    ['responds without envelope', { status: 502, body: '<html>' }, 2, [`${refusal} 502`]],
  ])('is reported when it %s', async (_what, change, nth, failures) => {
    const { send } = serviceWith(order, cancellation);
    let count = 0;
    const changed: Send = async (request) => {
      const response = await send(request);
      count += 1;
      return count === nth ? { ...response, ...change } : response;
    };
    expect(await frozenFailures(changed, hashKey)).toEqual(failures);
  });
});
