import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createCancelHandler } from '../../lambda/cancel/handler.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import { orderRow, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { createOrderRepository } from '../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { audit } from '../../tools/audit/audit.ts';
import { identifyTables } from '../../tools/audit/identify-tables.ts';
import { newProgress, noFindings, type Progress } from '../../tools/audit/progress.ts';
import { createLocalClient } from '../../tools/local/client.ts';
import { createTables } from '../../tools/local/tables.ts';
import { putOrders } from '../../tools/orders/put-orders.ts';
import type { TableNames } from '../../lib/stages.ts';
import { credentialItem, putCredential } from '../../tools/operator/credentials.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf, store } from '../../tools/in-memory/requests.ts';
import { engineEndpoint } from '../support/engine/engine-service.ts';
import { definitionsOf, newTableNames } from '../support/engine/own-tables.ts';
import { createWatchedClient } from '../support/engine/watched-client.ts';

const client = createLocalClient(engineEndpoint);

afterAll(() => client.destroy());

async function cancelPart(tables: TableNames, orderNo: string): Promise<void> {
  const handler = createCancelHandler({
    orders: createOrderRepository(client, tables, 365),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
  const body = JSON.stringify(requestOf([itemOf({ amount: 1000 })], { orderNo }));
  const headers = headersOf(body, { 'X-Idempotency-Key': randomUUID() });
  expect((await handler(eventOf(body, headers), contextOf())).statusCode).toBe(200);
}

/** New tables with thirty orders, of which twenty were canceled in part, ten of them twice. */
async function auditedTables() {
  const tables = newTableNames();
  await createTables(client, definitionsOf(tables));
  await putCredential(client, tables.storeKeys, store, store, Date.now());
  const orderNos = Array.from({ length: 30 }, (_value, index) => `ORD-${index}`);
  await putOrders(
    client,
    tables.orders,
    orderNos.map((orderNo) => orderOf({ orderNo })),
  );
  for (const orderNo of [...orderNos.slice(0, 20), ...orderNos.slice(0, 10)]) {
    await cancelPart(tables, orderNo);
  }
  return tables;
}

async function run(
  tables: TableNames,
  progress: Progress = newProgress({ place: 'test', identity: '' }, 4),
  reader = client,
) {
  const violations: string[] = [];
  await audit({
    client: reader,
    tables,
    progress,
    onViolation: (line) => violations.push(line.replace('VIOLATION ', '')),
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    refunds: undefined,
  });
  return { violations, counts: progress.counts };
}

let sound: TableNames;
beforeAll(async () => {
  sound = await auditedTables();
});

test('tables that only the service has written are sound', async () => {
  expect(await run(sound)).toEqual({
    violations: [],
    counts: { ...noFindings().counts, orders: 30, canceledOrders: 20, records: 30, storeKeys: 1 },
  });
});

test('an interrupted audit goes on where it was, and comes to the same counts', async () => {
  const progress = newProgress({ place: 'test', identity: '' }, 4);
  const interrupted = new AbortController();
  const options = { client, tables: sound, onViolation: () => undefined, runtime: systemRuntime, refunds: undefined };
  await audit({ ...options, progress, onPage: () => interrupted.abort(), signal: interrupted.signal });
  expect(progress.orders.every(({ isDone }) => isDone)).toBe(false);

  const resumed = JSON.parse(JSON.stringify(progress)) as Progress;
  expect((await run(sound, resumed)).counts).toEqual({
    ...noFindings().counts,
    orders: 30,
    canceledOrders: 20,
    records: 30,
    storeKeys: 1,
  });
});

test('what was tampered with is reported, order by order', async () => {
  const tables = await auditedTables();
  const put = (Item: object, TableName = tables.orders) => client.send(new PutCommand({ TableName, Item }));
  // An effect that vanished, an effect without a record, an order that vanished.
  await put(orderRow(orderOf({ orderNo: 'ORD-1' })));
  const lines = orderOf().lines.map((line) => ({ ...line, canceled: { units: 1, amountMinor: 1n, taxMinor: 0n } }));
  await put(orderRow(orderOf({ orderNo: 'ORD-29', paymentStatus: 'PARTIALLY_CANCELED', lines })));
  await client.send(new DeleteCommand({ TableName: tables.orders, Key: { orderKey: `${store.storeId}/ORD-3` } }));

  const { violations } = await run(tables);
  const orders = violations.map((violation) => violation.split(':', 1)[0]);
  expect(new Set(orders)).toEqual(
    new Set(['ORD-1', 'ORD-29', 'ORD-3'].map((orderNo) => `${store.storeId}/${orderNo}`)),
  );
  expect(violations).toContain(`${store.storeId}/ORD-3: there are records of an order that does not exist`);
});

test('rows that cannot be are named with their attributes, each once, and do not end the audit', async () => {
  const tables = await auditedTables();
  const putOrder = async (orderNo: string, changes: object) => {
    const Item = { ...orderRow(orderOf({ orderNo })), ...changes };
    await client.send(new PutCommand({ TableName: tables.orders, Item }));
  };
  // Of ORD-19 there are records, of the others there are none.
  await putOrder('ORD-19', { lines: null });
  await putOrder('ORD-26', { rm: 'bank' });
  await putOrder('ORD-27', { st: 'PAID', cur: 'XXX' });
  await putOrder('ORD-28', { v: 1.5 });
  const [line] = orderRow(orderOf()).lines;
  await putOrder('ORD-29', { lines: [{ ...line, t: 50_001 }, null] });

  const { violations, counts } = await run(tables);
  expect(violations.toSorted()).toEqual([
    `${store.storeId}/ORD-19: impossible attributes: lines`,
    `${store.storeId}/ORD-26: impossible attributes: rm`,
    `${store.storeId}/ORD-27: impossible attributes: cur, st`,
    `${store.storeId}/ORD-28: impossible attributes: v`,
    `${store.storeId}/ORD-29: impossible attributes: lines[0].t, lines[1]`,
  ]);
  expect(counts).toMatchObject({ orders: 30, violations: 5 });
});

const recordRow = (orderNo: string, changes: object) => ({
  orderKey: orderKeyOf({ storeId: store.storeId, orderNo }),
  cancellationKey: 'K#broken',
  kind: 'REFUND',
  at: 1,
  rid: 'RETREQ0',
  v: 2,
  data: '{}',
  lines: [],
  ...changes,
});

test('a record that cannot be is named, whatever its order shows', async () => {
  const tables = await auditedTables();
  const records = [
    recordRow('ORD-4', { v: undefined }),
    recordRow('ORD-5', { data: '{' }),
    recordRow('ORD-25', { at: 'now' }),
  ];
  for (const Item of records) await client.send(new PutCommand({ TableName: tables.cancellations, Item }));

  const { violations } = await run(tables);
  expect(violations.toSorted()).toEqual([
    `${store.storeId}/ORD-25: RETREQ0: impossible attributes: at`,
    `${store.storeId}/ORD-4: RETREQ0: impossible attributes: v`,
    `${store.storeId}/ORD-5: the order or one of its records cannot be read (SyntaxError)`,
  ]);
});

const hashOf = (index: number) => String(index).repeat(64);

describe('store keys', () => {
  const watched = createWatchedClient();
  afterAll(() => watched.client.destroy());

  test('that cannot be are named by their hashes, and no hash key leaves the table', async () => {
    const tables = await auditedTables();
    const row = credentialItem(store, store, Date.now());
    const changed = [
      { hashKey: undefined },
      { hashKey: '' },
      { hashKey: 7 },
      { hashKey: null },
      { expiresAt: undefined },
      { expiresAt: 'never' },
      { issuedAt: 0, storeId: '' },
      { hashKey: undefined, expiresAt: undefined },
      {},
    ];
    for (const [index, changes] of changed.entries()) {
      const Item = { ...row, ...changes, accessKeyHash: hashOf(index) };
      await client.send(new PutCommand({ TableName: tables.storeKeys, Item }));
    }

    const { violations, counts } = await run(tables, undefined, watched.client);
    expect(violations.toSorted()).toEqual([
      `store key ${hashOf(0)}: impossible attributes: hashKey`,
      `store key ${hashOf(1)}: impossible attributes: hashKey`,
      `store key ${hashOf(2)}: impossible attributes: hashKey`,
      `store key ${hashOf(3)}: impossible attributes: hashKey`,
      `store key ${hashOf(4)}: impossible attributes: expiresAt`,
      `store key ${hashOf(5)}: impossible attributes: expiresAt`,
      `store key ${hashOf(6)}: impossible attributes: storeId, issuedAt`,
      `store key ${hashOf(7)}: impossible attributes: expiresAt`,
      `store key ${hashOf(7)}: impossible attributes: hashKey`,
    ]);
    expect(counts.storeKeys).toBe(10);
    const text = watched.received();
    expect(text).toContain(hashOf(8));
    expect(text).not.toContain(store.hashKey);
    expect(text).not.toContain('hashKey');
  });
});

test('a record without an effect is found, also when its order is canceled while the audit is interrupted', async () => {
  const tables = await auditedTables();
  const progress = newProgress({ place: 'test', identity: '' }, 2);
  const interrupted = new AbortController();
  const violations: string[] = [];
  const onViolation = (line: string) => void violations.push(line);
  const options = { client, tables, progress, onViolation, runtime: systemRuntime, refunds: undefined };
  const orphan = {
    orderKey: `${store.storeId}/ORD-25`,
    cancellationKey: 'K#orphan',
    digest: '',
    kind: 'REFUND',
    at: 1,
    rid: 'RETREQ0',
    v: 1,
    data: '{"totalProductAmount":0,"totalDeliveryAmount":0,"totalProductTaxAmount":0,"totalDeliveryTaxAmount":0}',
    lines: [{ s: 3, q: 1, a: 0, t: 0 }],
  };
  await client.send(new PutCommand({ TableName: tables.cancellations, Item: orphan }));
  await audit({
    ...options,
    onPage: () => progress.cancellations.every(({ isDone }) => isDone) && interrupted.abort(),
    signal: interrupted.signal,
  });
  await cancelPart(tables, 'ORD-25');
  await audit({ ...options, onPage: () => undefined, signal: new AbortController().signal });
  expect(violations).toContainEqual(expect.stringContaining(orphan.orderKey));
});

test('tables are distinguished from those that were created later under the same names', async () => {
  const tables = newTableNames();
  const definitions = definitionsOf(tables);
  await createTables(client, definitions);
  const before = await identifyTables(client, tables);
  expect(await identifyTables(client, tables)).toBe(before);

  await client.send(new DeleteTableCommand({ TableName: tables.cancellations }));
  await createTables(client, definitions);
  expect(await identifyTables(client, tables)).not.toBe(before);
});
