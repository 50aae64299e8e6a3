import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { paymentStatuses } from '../../lambda/domain/order.ts';
import { effectOf } from '../../lambda/domain/payment-transitions.ts';
import { orderRow } from '../../lambda/dynamodb/items.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { type RunningOrderTaker, runOrderTaker } from '../support/engine/order-taker.ts';
import { authorized, captured, capturedWithOrder, failed, lines, registered } from '../support/platform-events.ts';

let service: EngineService;
let taker: RunningOrderTaker;
let id: { readonly storeId: string; readonly orderNo: string };
let orders = 0;

beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});
beforeEach(() => {
  taker = runOrderTaker(service.client, tables);
  id = { storeId: service.store.storeId, orderNo: `EVENT-${(orders += 1)}` };
});

const order = async () => await service.readOrder(id.orderNo);
const status = async () => (await order())?.paymentStatus;
/** A request that cancels all of the order. */
const wholeOrder = () =>
  requestOf(
    lines.map(({ taxAmount: _tax, ...line }) => line),
    { orderNo: id.orderNo },
  );

describe('an order', () => {
  test('comes in, is authorized and captured, and can be canceled then', async () => {
    for (const event of [registered(id), authorized(id), captured(id)]) expect(await taker.send(event)).toEqual([]);
    expect(await order()).toMatchObject({ ...id, paymentStatus: 'CAPTURED', version: 3, refundMethod: 'ORIGINAL' });
    expect(await service.cancel(wholeOrder())).toMatchObject({ status: 200 });
    expect(await status()).toBe('CANCELED');
    expect(taker.counted).toEqual(['EventTaken', 'EventTaken', 'EventTaken']);
  });

  test('comes in by one event that captures it', async () => {
    await taker.send(capturedWithOrder(id));
    expect(await order()).toMatchObject({ paymentStatus: 'CAPTURED', version: 1, lines: [{ quantity: 2 }, {}] });
  });

  test('ends the same, however its events are doubled, shuffled and sent at once', async () => {
    const events = [registered(id), authorized(id), captured(id), capturedWithOrder(id)];
    const shuffled = [2, 1, 3, 0, 1, 3, 2, 0, 0, 2].map((index) => events[index] ?? {});
    const again = await taker.send(...shuffled);
    // What came before its order comes again.
    expect(await taker.send(...again.map((index) => shuffled[index] ?? {}))).toEqual([]);
    expect(await status()).toBe('CAPTURED');
    expect(taker.letters).toEqual([]);
    const taken = taker.counted.filter((name) => name === 'EventTaken').length;
    // Each change raises the version by one, and a double changes nothing.
    expect((await order())?.version).toBe(taken);
  });

  test('is waited for', async () => {
    expect(await taker.send(captured(id), authorized(id), failed(id))).toEqual([0, 1, 2]);
    expect(await order()).toBeUndefined();
    expect(taker.letters).toEqual([]);
  });

  test('is never replaced by another one under its number', async () => {
    await taker.send(registered(id));
    const other = [{ ...lines[0], amount: 999 }];
    await taker.send(registered(id, { items: other }), capturedWithOrder(id, { refundMethod: 'BANK_ACCOUNT' }));
    expect(new Set(taker.letters.map(({ reason }) => reason.split(' ')[0]))).toEqual(
      new Set(['/data/items', '/data/order/refundMethod']),
    );
    expect(await order()).toMatchObject({ version: 1, paymentStatus: 'REQUESTED' });
  });

  test('that has failed for good is not paid by a second card: both are among the dead letters', async () => {
    await taker.send(registered(id));
    await taker.send(authorized(id));
    await taker.send(failed(id));
    await taker.send(authorized(id), captured(id), capturedWithOrder(id));
    expect(await order()).toMatchObject({ paymentStatus: 'FAILED', version: 3 });
    expect(new Set(taker.letters.map(({ reason }) => reason))).toEqual(
      new Set(['/type contradicts the payment, which is FAILED']),
    );
    expect(taker.letters).toHaveLength(3);
  });

  test('is captured as a whole or not at all', async () => {
    await taker.send(registered(id));
    await taker.send(captured(id, { amount: 2499 }), captured(id, { currencyCode: 'USD', amount: 2500 }));
    expect(taker.letters.map(({ reason }) => reason).toSorted()).toEqual([
      '/data/amount is not the total of the order: only a whole order is captured',
      '/data/currencyCode is not the currency of the order',
    ]);
    expect(await status()).toBe('REQUESTED');
  });
});

const events = { AUTHORIZED: authorized, CAPTURED: captured, FAILED: failed } as const;

test.each(
  (['AUTHORIZED', 'CAPTURED', 'FAILED'] as const).flatMap((change) => paymentStatuses.map((was) => ({ change, was }))),
)('the write of an event to $change holds to its judgement where the payment is $was', async ({ change, was }) => {
  const line = lineOf({ quantity: 1, unitAmountMinor: 2500n, unitTaxMinor: 0n });
  const stored = { ...orderOf({ lines: [line], paymentStatus: was, version: 4 }), ...id };
  await service.client.send(new PutCommand({ TableName: tables.orders, Item: orderRow(stored) }));
  const again = await taker.send(events[change](id));
  const isTaken = effectOf(change, was) === 'TAKES_EFFECT';
  expect(await order()).toEqual(isTaken ? { ...stored, paymentStatus: change, version: 5 } : stored);
  // A late deposit waits for the execution of the void.
  const isWaiting = change === 'CAPTURED' && was === 'VOIDED';
  expect(again).toEqual(isWaiting ? [0] : []);
  expect(taker.letters).toHaveLength(effectOf(change, was) === 'CONTRADICTS' && !isWaiting ? 1 : 0);
});

test('of a capture and a void, truly at once, exactly one wins', async () => {
  const ends: unknown[] = [];
  for (let race = 0; race < 30; race += 1) {
    id = { ...id, orderNo: `RACE-${race}-${orders}` };
    await taker.send(registered(id));
    const [again, canceled] = await Promise.all([
      taker.send(captured(id)),
      // The void is meant for the order before its capture.
      service.cancel(wholeOrder(), { 'If-Match': `"${id.orderNo}.1"` }),
    ]);
    const { paymentStatus, version } = (await order()) ?? {};
    const kinds = (await service.readRecords(id.orderNo)).map(({ kind }) => kind);
    ends.push({ answer: canceled.status, paymentStatus, version, kinds, again });
  }
  const voided = { answer: 200, paymentStatus: 'VOIDED', version: 2, kinds: ['VOID'] };
  const capture = { answer: 412, paymentStatus: 'CAPTURED', version: 2, kinds: [], again: [] };
  // A capture that came second waits for what becomes of the void.
  const possible = [{ ...voided, again: [0] }, capture];
  expect(ends.filter((end) => !possible.some((one) => isDeepStrictEqual(one, end)))).toEqual([]);
  expect(taker.letters).toEqual([]);
});

test('a capture during cancellations raises the version once, and each cancellation counts', async () => {
  await taker.send(registered(id));
  const request = requestOf([itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount: 1 })], { orderNo: id.orderNo });
  const [, ...canceled] = await Promise.all([
    taker.send(captured(id)),
    ...['a', 'b', 'c', 'd'].map(async (key) => await service.cancel(request, { 'X-Idempotency-Key': key })),
  ]);
  const applied = canceled.filter((response) => response.status === 200).length;
  expect(await order()).toMatchObject({ version: 2 + applied });
  expect(await service.readRecords(id.orderNo)).toHaveLength(applied);
});
