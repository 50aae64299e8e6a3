import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createCancelHandler } from '../../lambda/cancel/handler.ts';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { createOrderRepository } from '../../lambda/dynamodb/order-repository.ts';
import type { TableNames } from '../../lib/stages.ts';
import { audit } from '../../tools/audit/audit.ts';
import { newProgress, type Progress } from '../../tools/audit/progress.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf, store } from '../../tools/in-memory/requests.ts';
import { createLocalClient } from '../../tools/local/client.ts';
import { createTables } from '../../tools/local/tables.ts';
import { putCredential } from '../../tools/operator/credentials.ts';
import { putOrders } from '../../tools/orders/put-orders.ts';
import { type RefundId, resolveRefund, retryRefund } from '../../tools/refunds/change-refund.ts';
import { republish } from '../../tools/refunds/republish.ts';
import { engineEndpoint } from '../support/engine/engine-service.ts';
import { definitionsOf, newTableNames } from '../support/engine/own-tables.ts';
import { bankAccount, keepingBus, reportTo } from '../support/engine/refunds.ts';
import { createWatchedClient } from '../support/engine/watched-client.ts';

const client = createLocalClient(engineEndpoint);
const watched = createWatchedClient();
afterAll(() => {
  client.destroy();
  watched.client.destroy();
});

const dayMs = 24 * 60 * 60 * 1000;
/** An hour from now: whatever should have left has left. */
const laterMs = Date.now() + 60 * 60 * 1000;
const refundAccountDays = 365;

async function cancelPart(tables: TableNames, orderNo: string): Promise<RefundId> {
  const handler = createCancelHandler({
    orders: createOrderRepository(client, tables, refundAccountDays),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
  const body = JSON.stringify(requestOf([itemOf({ amount: 1000 })], { orderNo, refundAccount: bankAccount }));
  const response = await handler(eventOf(body, headersOf(body, { 'X-Idempotency-Key': randomUUID() })), contextOf());
  const { data } = JSON.parse(response.body) as { readonly data: CancellationData };
  return { storeId: store.storeId, orderNo, returnRequestId: data.returnRequestId };
}

async function run(tables: TableNames, nowMs = laterMs, progress = newProgress({ place: 'test', identity: '' }, 2)) {
  const violations: string[] = [];
  await audit({
    client: watched.client,
    tables,
    progress,
    onViolation: (line) => violations.push(line.replace(`VIOLATION ${store.storeId}/`, '')),
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    refunds: { nowMs, refundAccountDays, stageOption: '' },
  });
  return { violations: violations.toSorted(), counts: progress.counts, refunds: progress.refunds };
}

/**
 * New tables with ten orders, each with a refund to a bank account that was requested, and three orders of which nothing
 * is canceled.
 */
async function requestedRefunds() {
  const tables = newTableNames();
  await createTables(client, definitionsOf(tables));
  await putCredential(client, tables.storeKeys, store, store, Date.now());
  const orderNos = Array.from({ length: 13 }, (_value, index) => `ORD-${index}`);
  await putOrders(
    client,
    tables.orders,
    orderNos.map((orderNo) => orderOf({ orderNo, refundMethod: 'BANK_ACCOUNT' })),
  );
  const refunds: RefundId[] = [];
  for (const orderNo of orderNos.slice(0, 10)) {
    const refund = await cancelPart(tables, orderNo);
    refunds.push(refund);
    await request(tables, refund);
  }
  const refundAt = (index: number) => refunds[index] as RefundId;
  return {
    tables,
    refundAt,
    accountKeyOf: (index: number, attempt = 1) => ({
      orderKey: `${store.storeId}/ORD-${index}`,
      refundKey: `${refundAt(index).returnRequestId}#${attempt}`,
    }),
    executionKeyOf: (index: number) => ({
      orderKey: `${store.storeId}/ORD-${index}`,
      rid: refundAt(index).returnRequestId,
    }),
  };
}

async function request(tables: TableNames, order: Pick<RefundId, 'storeId' | 'orderNo'>): Promise<void> {
  await Array.fromAsync(republish(client, tables, keepingBus(), order, { returnRequestId: undefined }));
}

let sound: Awaited<ReturnType<typeof requestedRefunds>>;
beforeAll(async () => {
  sound = await requestedRefunds();
  for (const index of [0, 1, 2]) {
    await reportTo(client, sound.tables.executions, sound.refundAt(index), { sequence: 1, status: 'FAILED' });
  }
});

test('executions and accounts that only the service and its operators have written are sound', async () => {
  const { tables, refundAt } = await requestedRefunds();
  const { executions } = tables;
  await reportTo(client, executions, refundAt(0), { sequence: 1, status: 'SUCCEEDED' });
  for (const index of [1, 2, 3]) await reportTo(client, executions, refundAt(index), { sequence: 1, status: 'FAILED' });
  await retryRefund(client, tables, refundAt(2), { account: undefined, refundAccountDays }, Date.now());
  await resolveRefund(client, tables, refundAt(3), { note: 'by hand', isPendingMeant: false }, Date.now());
  await cancelPart(tables, 'ORD-0');

  expect(await run(tables, Date.now())).toMatchObject({
    violations: [],
    counts: { orders: 13, canceledOrders: 10, records: 11, executions: 10, refundAccounts: 12, violations: 0 },
    refunds: { failed: { count: 1 }, waiting: { count: 0 }, ending: { count: 0 } },
  });
  // Nobody has asked for the refund of the second cancellation of ORD-0.
  const later = await run(tables, laterMs + 340 * dayMs);
  expect(later.violations).toEqual([expect.stringMatching(/^ORD-0: NEVER_LEFT: RETREQ.* npm run admin -- republish/)]);
  expect(later.refunds).toMatchObject({ failed: { count: 1 }, waiting: { count: 7 }, ending: { count: 8 } });

  await request(tables, refundAt(0));
  expect((await run(tables)).violations).toEqual([]);
});

/** Orders are checked side by side, so the sequence of what is listed differs. */
const listed = ({ failed }: Progress['refunds']) => ({ count: failed.count, first: failed.first.toSorted() });

test('an audit that is interrupted after every page comes to the same counts', async () => {
  const { tables } = sound;
  const whole = await run(tables);
  expect(whole.counts).toMatchObject({ executions: 10, refundAccounts: 10, violations: 0 });
  expect(whole.refunds.failed.count).toBe(3);
  let progress = newProgress({ place: 'test', identity: '' }, 2);
  for (let pages = 0; pages < 100; pages += 1) {
    const interrupted = new AbortController();
    await audit({
      client,
      tables,
      progress,
      onViolation: () => undefined,
      onPage: () => interrupted.abort(),
      signal: interrupted.signal,
      runtime: systemRuntime,
      refunds: { nowMs: laterMs, refundAccountDays, stageOption: '' },
    });
    if (!interrupted.signal.aborted) break;
    progress = JSON.parse(JSON.stringify(progress)) as Progress;
  }
  expect(progress.counts).toEqual(whole.counts);
  expect(listed(progress.refunds)).toEqual(listed(whole.refunds));
});

test('no refund account leaves its table', async () => {
  await run(sound.tables);
  const text = watched.received();
  expect(text).toContain(sound.accountKeyOf(5).refundKey);
  expect(text).not.toMatch(/567890|Gildong|'KB'/);
});

test('what was tampered with is named, each once', async () => {
  const { tables, refundAt, accountKeyOf, executionKeyOf } = await requestedRefunds();
  const put = async (TableName: string, Item: object) => await client.send(new PutCommand({ TableName, Item }));
  const putExecution = async (Item: object) =>
    await put(tables.executions, { kind: 'REFUND', cur: 'KRW', att: 1, ...Item });
  const requested = { st: 'REQUESTED', seq: 0, a: 1000, req: 1, at: 1 };

  await client.send(new DeleteCommand({ TableName: tables.executions, Key: executionKeyOf(4) }));
  await client.send(new DeleteCommand({ TableName: tables.refundAccounts, Key: accountKeyOf(5) }));
  await put(tables.refundAccounts, { ...accountKeyOf(6, 2), n: '1', until: 9_999_999_999 });
  await putExecution({ ...executionKeyOf(7), ...requested, st: 'PAID', seq: 'one' });
  const first = await client.send(new GetCommand({ TableName: tables.executions, Key: executionKeyOf(9) }));
  await put(tables.executions, { ...first.Item, acc: false });
  // A refund that nobody has recorded: of an order with other cancellations, of one without, and of none at all.
  const paid = { ...requested, st: 'SUCCEEDED', seq: 1, a: 999_999 };
  await putExecution({ ...executionKeyOf(8), ...paid, rid: 'RETREQ-8' });
  await putExecution({ ...paid, orderKey: `${store.storeId}/ORD-10`, rid: 'RETREQ-10' });
  await putExecution({ ...paid, orderKey: `${store.storeId}/NONE`, rid: 'RETREQ-NONE' });
  await put(tables.refundAccounts, {
    orderKey: `${store.storeId}/ORD-11`,
    refundKey: 'RETREQ-11#1',
    until: 9_999_999_999,
  });
  await put(tables.refundAccounts, { orderKey: `${store.storeId}/ORD-12`, refundKey: 'RETREQ-12', until: 'never' });

  const rid = (index: number) => refundAt(index).returnRequestId;
  const { violations } = await run(tables);
  expect(violations).toEqual([
    'NONE: RETREQ-NONE: has an execution, but no record',
    'ORD-10: RETREQ-10: has an execution, but no record',
    'ORD-11: there is a refund account RETREQ-11#1 without its record',
    'ORD-12: the refund account RETREQ-12: impossible attributes: refundKey, until',
    expect.stringMatching(`^ORD-4: NEVER_LEFT: ${rid(4)} was recorded `),
    expect.stringMatching(`^ORD-5: ${rid(5)}: its account ${rid(5)}#1 is missing, and is kept until `),
    `ORD-6: there is a refund account ${rid(6)}#2, but ${rid(6)} is at attempt 1`,
    `ORD-7: ${rid(7)}: its execution has impossible attributes: st, seq`,
    'ORD-8: RETREQ-8: has an execution, but no record',
    'ORD-8: refunds of 999999 succeeded, but only 1000 is canceled',
    `ORD-9: ${rid(9)}: its execution has the account false, its record true`,
    `ORD-9: there is a refund account ${rid(9)}#1, but ${rid(9)} is at attempt 1, without an account`,
  ]);
});
