import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDetailHandler, type DetailOutcome } from '../../lambda/detail/handler.ts';
import { InvariantViolated } from '../../lambda/domain/order.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { createHistoryRepository } from '../../lambda/dynamodb/history-repository.ts';
import {
  type CancellationRow,
  type LineRow,
  type OrderRow,
  orderKeyOf,
  orderRow,
} from '../../lambda/dynamodb/items.ts';
import { type ExecutionRow, executionRow, firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import type { RequestReport } from '../../lambda/signed-route/request-report.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf, signatureOf } from '../../tools/in-memory/requests.ts';
import { credentialItem } from '../../tools/operator/credentials.ts';
import { type EngineService, newStore, startEngineService, tables } from '../support/engine/engine-service.ts';

let service: EngineService;
let detail: Handler;
const detailReports: Array<RequestReport<DetailOutcome>> = [];
let orders = 0;

beforeAll(async () => {
  service = await startEngineService();
  detail = createDetailHandler({
    history: createHistoryRepository(service.client, tables),
    credentials: createCredentialRepository(service.client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: (report) => detailReports.push(report) },
  });
});
afterAll(async () => {
  await service.stop();
});

async function put(TableName: string, row: object, changes: object): Promise<void> {
  const Item = Object.fromEntries(Object.entries({ ...row, ...changes }).filter(([, value]) => value !== undefined));
  await service.client.send(new PutCommand({ TableName, Item }));
}

const [line] = orderRow(orderOf()).lines;
const withLine = (changes: object) => ({ lines: [{ ...line, ...changes } as LineRow] });

describe.each<[string, Partial<Record<keyof OrderRow, unknown>>]>([
  ['no refund method', { rm: undefined }],
  ['an unknown refund method', { rm: 'bank' }],
  ['no version', { v: undefined }],
  ['a version that is text', { v: 'one' }],
  ['the version 0', { v: 0 }],
  ['a version with decimals', { v: 1.5 }],
  ['an unknown status', { st: 'PAID' }],
  ['an unknown currency', { cur: 'XXX' }],
  ['no lines', { lines: [] }],
  ['a line that is none', { lines: [null] }],
  ['a line with more tax than amount', withLine({ t: 50_001 })],
  ['a line of no units', withLine({ q: 0 })],
])('an order with %s', (_what, changes) => {
  test('is an error in both calls that pages, and is left as it is', async () => {
    const orderNo = `IMPOSSIBLE-${(orders += 1)}`;
    const { storeId } = service.store;
    const row = orderRow(orderOf({ storeId, orderNo }));
    await put(tables.orders, row, changes);
    const Key = { orderKey: orderKeyOf({ storeId, orderNo }) };
    const readRow = async () =>
      (await service.client.send(new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true }))).Item;
    const before = await readRow();

    const item = itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount: 50_000 });
    const canceled = await service.cancel(requestOf([item], { orderNo }));
    expect(canceled).toMatchObject({ status: 500, envelope: { resultCode: 'EBP-Z-0010', errors: [] } });
    expect(service.reports.at(-1)?.error).toBeInstanceOf(InvariantViolated);

    const body = JSON.stringify({ orderNo });
    const shown = await detail(eventOf(body, headersOf(body, {}, service.store)), contextOf());
    expect(shown.statusCode).toBe(500);
    expect(shown.headers).not.toHaveProperty('Retry-After');
    expect(detailReports.at(-1)?.error).toBeInstanceOf(InvariantViolated);

    expect(await readRow()).toEqual(before);
    expect(await service.readRecords(orderNo)).toEqual([]);
  });
});

describe.each<[string, Partial<Record<keyof ExecutionRow, unknown>>]>([
  ['no attempt', { att: undefined }],
  ['the attempt 0', { att: 0 }],
  ['an unknown status', { st: 'PAID' }],
  ['a time that is text', { at: '2026-01-01' }],
  ['a reason that is none', { why: '' }],
])('an execution with %s', (_what, changes) => {
  test('is an error of the detail call that pages, and no cancellation is shown as if it had none', async () => {
    const orderNo = `IMPOSSIBLE-${(orders += 1)}`;
    const order = await service.putOrder(orderOf({ orderNo }));
    const item = itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount: 50_000 });
    await service.cancel(requestOf([item], { orderNo }));
    const [row] = (await service.readRecordRows(orderNo)) as unknown as CancellationRow[];
    if (row === undefined) throw new Error('Nothing was canceled.');
    await put(tables.executions, executionRow(firstExecutionOf(row)), changes);

    const body = JSON.stringify({ orderNo: order.orderNo });
    const shown = await detail(eventOf(body, headersOf(body, {}, service.store)), contextOf());
    expect(shown.statusCode).toBe(500);
    expect(shown.headers).not.toHaveProperty('Retry-After');
    expect(detailReports.at(-1)?.error).toBeInstanceOf(InvariantViolated);
  });
});

describe.each<[string, object]>([
  ['no hash key', { hashKey: undefined }],
  ['an empty hash key', { hashKey: '' }],
  ['no expiry', { expiresAt: undefined }],
  ['an expiry that is text', { expiresAt: '2099-01-01' }],
  ['no store', { storeId: undefined }],
])('a store key with %s', (_what, changes) => {
  test('authenticates nobody, whatever a request is signed with', async () => {
    const store = newStore();
    await put(tables.storeKeys, credentialItem(store, store, Date.now()), changes);
    const body = JSON.stringify(requestOf([itemOf()], { orderNo: 'NO-SUCH-ORDER' }));
    const signatures = [
      signatureOf(body, store.hashKey),
      signatureOf(body, ''),
      signatureOf(body, 'undefined'),
      '0'.repeat(64),
    ];
    for (const signature of signatures) {
      const headers = headersOf(body, { 'X-EBP-Signature': signature }, store);
      for (const handler of [service.handler, detail]) {
        expect((await handler(eventOf(body, headers), contextOf())).statusCode).toBe(401);
      }
    }
  });
});
