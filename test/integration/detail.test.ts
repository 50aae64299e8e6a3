import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import type { PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { createDetailHandler } from '../../lambda/detail/handler.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import { cancellationRow, type CancellationRow } from '../../lambda/dynamodb/items.ts';
import { executionRow, firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import { createDocumentClient } from '../../lambda/dynamodb/client.ts';
import { maxListedCancellations } from '../../lambda/contract/limits.ts';
import { createHistoryRepository } from '../../lambda/dynamodb/history-repository.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { type DetailResponse, respondedDetail, dataOf } from '../support/send.ts';

let service: EngineService;
let handler: Handler;
let stopDetail: () => void;
let orderNo: string;
let orders = 0;
/** Above those of the records that a test puts beside the order. */
const firstVersion = 2000;

beforeAll(async () => {
  service = await startEngineService();
  const client = createDocumentClient();
  stopDetail = () => client.destroy();
  handler = createDetailHandler({
    history: createHistoryRepository(client, tables),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
});
afterAll(async () => {
  stopDetail();
  await service.stop();
});
beforeEach(async () => {
  service.proxy.reset();
  orderNo = `ORD-DETAIL-${(orders += 1)}`;
  const line = lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: 1_000_000n, unitTaxMinor: 0n });
  await service.putOrder(orderOf({ orderNo, version: firstVersion, lines: [line] }));
});

const ask = async (body: object) => {
  const text = JSON.stringify(body);
  return respondedDetail(await handler(eventOf(text, headersOf(text, {}, service.store)), contextOf()));
};

const cancel = async (amount: number, idempotencyKey: string) => {
  const { envelope } = await service.cancelUntilFinal(requestOf([itemOf({ amount })], { orderNo }), {
    'X-Idempotency-Key': idempotencyKey,
  });
  if (envelope.data === null) throw new Error(`It was not canceled: ${envelope.message}`);
  return envelope.data;
};

/** Puts records of earlier cancellations beside the order, which took nothing of it. */
async function putRecords(data: CancellationData, records: number): Promise<void> {
  const rows = Array.from({ length: records }, (_value, index) => {
    const returnRequestId = `${data.returnRequestId.slice(0, -4)}${String(index).padStart(4, '0')}`;
    return cancellationRow(
      { storeId: service.store.storeId, orderNo, currencyCode: 'KRW' },
      {
        cancellationKey: `K#${index}`,
        requestDigest: '',
        kind: 'REFUND',
        createdAtMs: index,
        returnRequestId,
        orderVersion: index + 1,
        accountTag: undefined,
        dataJson: JSON.stringify({ ...data, returnRequestId }),
      },
      [],
      false,
    );
  });
  await putAll(tables.cancellations, rows);
}

async function putAll(TableName: string, rows: readonly object[]): Promise<void> {
  const puts = rows.map((Item) => ({ Put: { TableName, Item } }));
  for (let from = 0; from < puts.length; from += 100) {
    await service.client.send(new TransactWriteCommand({ TransactItems: puts.slice(from, from + 100) }));
  }
}

describe('the detail of an order on the engine', () => {
  test('is of one instant while eight cancel the order at once: 200 each time, in two round trips', async () => {
    const clerks = new Set(Array.from({ length: 8 }, (_value, clerk) => clerk));
    const canceled = [...clerks].map(async (clerk) => {
      for (let turn = 0; turn < 5; turn += 1) await cancel(1 + clerk, `clerk-${clerk}-${turn}`);
      clerks.delete(clerk);
    });
    const responses: DetailResponse[] = [];
    while (clerks.size > 0) responses.push(await ask({ orderNo, limit: 100 }));
    await Promise.all(canceled);
    responses.push(await ask({ orderNo, limit: 100 }));

    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(service.proxy.calls('Query')).toBe(2 * responses.length);
    for (const response of responses) {
      const { cancellations, items } = dataOf(response);
      const sum = (cancellations ?? []).reduce((total, { totalProductAmount }) => total + totalProductAmount, 0);
      expect(sum).toBe(items[0]?.totalCanceledAmount);
      expect(response.headers['ETag']).toBe(`"${orderNo}.${firstVersion + (cancellations?.length ?? 0)}"`);
    }
    expect(dataOf(responses.at(-1) ?? (await ask({ orderNo }))).cancellations).toHaveLength(40);
  });

  test('lists more than a hundred cancellations, each once, in the order in which they were applied', async () => {
    const returnRequestIds: string[] = [];
    // The keys are not in the sequence of time, so the table has another sequence.
    for (let index = 0; index < 105; index += 1) {
      const { returnRequestId } = await cancel(index + 1, `key-${(index * 37) % 105}`);
      returnRequestIds.push(returnRequestId);
    }
    const pages: PaymentDetail[] = [];
    for (let nextToken: string | undefined; pages.length === 0 || nextToken !== undefined; ) {
      const page = dataOf(await ask({ orderNo, limit: 50, ...(nextToken && { nextToken }) }));
      pages.push(page);
      ({ nextToken } = page);
    }
    const listed = pages.flatMap(({ cancellations }) => cancellations ?? []);
    expect(pages.map(({ cancellations }) => cancellations?.length)).toEqual([50, 50, 5]);
    expect(listed.map(({ returnRequestId }) => returnRequestId)).toEqual(returnRequestIds);
    const sum = listed.reduce((total, { totalProductAmount }) => total + totalProductAmount, 0);
    for (const { items } of pages) expect(items[0]?.totalCanceledAmount).toBe(sum);
  });

  test('does not go on from a token that was tampered with', async () => {
    await cancel(1, 'a');
    await cancel(2, 'b');
    const { nextToken = '' } = dataOf(await ask({ orderNo, limit: 1 }));
    const tampered = nextToken.slice(0, -1) + (nextToken.endsWith('A') ? 'B' : 'A');
    const { status, envelope } = await ask({ orderNo, nextToken: tampered });
    expect([status, envelope.errors?.[0]?.field]).toEqual([400, '/nextToken']);
    expect((await ask({ orderNo, nextToken })).status).toBe(200);
  });

  test('costs one read of the order and two queries, and has nothing of the refund account', async () => {
    const refundAccount = { accountNumber: '1234567890', bankCode: 'canary-1', accountHolderName: 'canary-2' };
    await service.cancel(requestOf([itemOf({ amount: 5 })], { orderNo, refundAccount }));
    await ask({ orderNo });
    service.proxy.reset();
    const { text } = await ask({ orderNo });
    const calls = (['GetItem', 'BatchGetItem', 'Query', 'TransactWriteItems'] as const).map(service.proxy.calls);
    expect(calls).toEqual([1, 0, 2, 0]);
    expect(text).not.toMatch(/1234567890|canary/);
  });

  test('of an order with too many cancellations has what remains, and null for the cancellations', async () => {
    const data = await cancel(1, 'first');
    await putRecords(data, maxListedCancellations - 1);
    const full = dataOf(await ask({ orderNo, limit: 100 }));
    expect([full.cancellations?.length, full.nextToken === undefined]).toEqual([100, false]);

    await cancel(2, 'one too many');
    const { cancellations, nextToken, items } = dataOf(await ask({ orderNo, limit: 100 }));
    expect([cancellations, nextToken, items[0]?.totalRemainingAmount]).toEqual([null, undefined, 999_997]);
  });

  test('has the execution of each cancellation that has one, up to a thousand of them', async () => {
    const data = await cancel(1, 'first');
    await putRecords(data, maxListedCancellations - 1);
    const rows = (await service.readRecordRows(orderNo)) as unknown as CancellationRow[];
    const handedOver = rows.filter(({ v }) => Number(v) % 2 === 1);
    const executions = handedOver.map((row) => ({ ...firstExecutionOf(row), attempt: Number(row.v) }));
    await putAll(tables.executions, executions.map(executionRow));
    service.proxy.reset();
    const { cancellations, nextToken } = dataOf(await ask({ orderNo, limit: 100 }));
    expect(cancellations?.map((one) => one.execution?.attempt)).toEqual(
      Array.from({ length: 100 }, (_value, index) => (index % 2 === 0 ? index + 1 : undefined)),
    );
    expect([nextToken === undefined, service.proxy.calls('Query')]).toEqual([false, 2]);
  });

  test('reads every page in which DynamoDB returns them', async () => {
    const data = await cancel(1, 'first');
    const items = Array.from({ length: 100 }, (_value, index) => ({
      seq: index + 1,
      itemId: 'P'.repeat(64),
      quantity: 1,
      amount: 1,
    }));
    // More than ten kilobytes each: a page of DynamoDB, which is a megabyte, does not hold them.
    await putRecords({ ...data, processedCount: 100, items }, 99);
    service.proxy.reset();
    const { cancellations } = dataOf(await ask({ orderNo, limit: 100 }));
    expect(cancellations).toHaveLength(100);
    expect(service.proxy.calls('Query')).toBeGreaterThan(2);
  });

  test("of another store's order is that of one that does not exist", async () => {
    const other = await startEngineService();
    try {
      await other.putOrder(orderOf({ orderNo: `${orderNo}-OTHER` }));
      expect((await ask({ orderNo: `${orderNo}-OTHER` })).status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
