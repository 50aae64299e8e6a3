import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ElsewhereItem } from '../../lambda/domain/refunded-elsewhere.ts';
import { firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { resolveRefund, retryRefund } from '../../tools/refunds/change-refund.ts';
import { republish } from '../../tools/refunds/republish.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { type RunningOrderTaker, runOrderTaker } from '../support/engine/order-taker.ts';
import { executionIn, keepingBus, recordRowOf, report } from '../support/engine/refunds.ts';
import { capturedWithOrder, refundedElsewhere, registered } from '../support/platform-events.ts';

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
beforeEach(async () => {
  taker = runOrderTaker(service.client, tables);
  id = { storeId: service.store.storeId, orderNo: `ELSEWHERE-${(orders += 1)}` };
  await taker.send(capturedWithOrder(id, { refundMethod: 'BANK_ACCOUNT' }));
});

const elsewhere = (eventId: string, ...items: ElsewhereItem[]) => refundedElsewhere(id, eventId, items);
const unit = { seq: 1, quantity: 1, amount: 1000 };
const bank = { accountNumber: '110-234-567890', bankCode: 'KB', accountHolderName: 'Hong Gildong' };
const cancelOne = async (key: string, amount = 1000) =>
  await service.cancel(
    requestOf([itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount })], {
      orderNo: id.orderNo,
      refundAccount: bank,
    }),
    { 'X-Idempotency-Key': key },
  );
const order = async () => await service.readOrder(id.orderNo);

describe('money that went back elsewhere', () => {
  test('is canceled once, however often and at once its event comes', async () => {
    const event = elsewhere('chargeback-1', unit);
    expect(await taker.send(event, event, event, event, event)).toEqual([]);
    expect(await taker.send(event)).toEqual([]);
    expect(taker.letters).toEqual([]);
    expect(taker.counted.filter((name) => name === 'EventTaken')).toHaveLength(2);
    expect(await order()).toMatchObject({
      paymentStatus: 'PARTIALLY_CANCELED',
      version: 2,
      lines: [{ canceled: { units: 1, amountMinor: 1000n, taxMinor: 100n } }, {}],
    });
    expect(await service.readRecords(id.orderNo)).toMatchObject([
      { cancellationKey: 'P#chargeback-1', kind: 'REFUND' },
    ]);
  });

  test('is a dead letter under an id that said something else', async () => {
    await taker.send(elsewhere('r-1', unit));
    await taker.send(
      elsewhere('r-1', { ...unit, amount: 999 }),
      elsewhere('r-1', unit, { seq: 2, quantity: 1, amount: 1 }),
    );
    expect(taker.letters.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 2 }, () => '/data/items are not those that came before under the same id'),
    );
    expect(await order()).toHaveProperty('version', 2);
  });

  test('cannot be canceled again by the merchant', async () => {
    await taker.send(elsewhere('r-1', { ...unit, quantity: 2 }));
    const { status, envelope } = await cancelOne('a');
    expect(status).toBe(400);
    expect(envelope.errors?.map(({ reason }) => reason)).toContain('QUANTITY_EXCEEDS_REMAINING');
  });

  test('is never cut: more than is left is a dead letter, with the field and the rule', async () => {
    expect(await cancelOne('a')).toHaveProperty('status', 200);
    const before = await order();
    await taker.send(elsewhere('r-1', { ...unit, quantity: 2 }));
    await taker.send(elsewhere('r-2', { seq: 2, quantity: 1, amount: 500 }, { seq: 7, quantity: 1, amount: 1 }));
    expect(taker.letters.map(({ eventId, reason }) => ({ eventId, reason }))).toEqual([
      { eventId: 'r-1', reason: '/data/items/0/quantity breaks the rule QUANTITY_EXCEEDS_REMAINING: accepted is 1' },
      { eventId: 'r-2', reason: '/data/items/1/seq breaks the rule UNKNOWN_ITEM: accepted is 1, 2' },
    ]);
    expect(await order()).toEqual(before);
  });

  test('and cancellations of a merchant at the same time never come to more than was paid', async () => {
    const [, ...canceled] = await Promise.all([
      taker.send(...['r-1', 'r-2', 'r-3'].map((eventId) => elsewhere(eventId, unit))),
      ...['a', 'b', 'c'].map(async (key) => await cancelOne(key)),
    ]);
    const byMerchant = canceled.filter(({ status }) => status === 200).length;
    const byPlatform = taker.counted.filter((name) => name === 'EventTaken').length - 1;
    expect(byMerchant + byPlatform).toBe(2);
    expect(taker.letters).toHaveLength(3 - byPlatform);
    expect((await order())?.lines[0]?.canceled.amountMinor).toBe(2000n);
    expect(await service.readRecords(id.orderNo)).toHaveLength(2);
  });

  test('before the capture is waited for, and so is it before the order', async () => {
    id = { ...id, orderNo: `${id.orderNo}-EARLY` };
    expect(await taker.send(elsewhere('r-1', unit))).toEqual([0]);
    await taker.send(registered(id, { refundMethod: 'BANK_ACCOUNT' }));
    expect(await taker.send(elsewhere('r-1', unit))).toEqual([0]);
    await taker.send(capturedWithOrder(id, { refundMethod: 'BANK_ACCOUNT' }));
    expect(await taker.send(elsewhere('r-1', unit))).toEqual([]);
    expect(await order()).toHaveProperty('paymentStatus', 'PARTIALLY_CANCELED');
  });

  test('brings the history of an order along, in any sequence', async () => {
    const history = [
      elsewhere('old-1', unit),
      elsewhere('old-2', { seq: 2, quantity: 1, amount: 200 }),
      elsewhere('old-3', { seq: 2, quantity: 1, amount: 300 }, unit),
    ];
    await taker.send(...history.toReversed(), ...history);
    expect(await order()).toMatchObject({ paymentStatus: 'CANCELED' });
    const { length } = await service.readRecords(id.orderNo);
    expect({ length, letters: taker.letters }).toEqual({ length: 3, letters: [] });
  });
});

/** The refund of one unit. */
const recorded = async () => {
  await taker.send(elsewhere('r-1', unit));
  const [record] = await service.readRecords(id.orderNo);
  return { ...id, returnRequestId: record?.returnRequestId ?? '' };
};
const republished = async (bus: ReturnType<typeof keepingBus>) =>
  await Array.fromAsync(republish(service.client, tables, bus, id, { returnRequestId: undefined }));

describe('what becomes of it', () => {
  test('is a success from the beginning: an event that asks nobody', async () => {
    const first = firstExecutionOf(await recordRowOf(service, await recorded()));
    expect(first).toMatchObject({
      status: 'SUCCEEDED',
      attempt: 1,
      sequence: 1,
      origin: 'PLATFORM',
      amountMinor: 1000n,
    });
    expect(refundEventOf(first)).toMatchObject({
      type: 'payment.refund_succeeded.v1',
      data: { origin: 'PLATFORM', amount: 1000 },
    });
  });

  test('leaves once more from the tables if it never left, and is nothing to ask for then', async () => {
    const refund = await recorded();
    const bus = keepingBus();
    expect(await republished(bus)).toMatchObject([{ eventId: `${refund.returnRequestId}-1-1` }]);
    expect(bus.taken.map((event) => (JSON.parse(event) as { type: string }).type)).toEqual([
      'payment.refund_succeeded.v1',
    ]);
    expect(await executionIn(service, refund)).toMatchObject({ status: 'SUCCEEDED', origin: 'PLATFORM' });
    expect(await republished(bus)).toMatchObject([{ eventId: undefined, obstacle: expect.stringMatching(/platform/) }]);
  });

  test('is changed by no report and by no operator', async () => {
    const refund = await recorded();
    await republished(keepingBus());
    const before = await executionIn(service, refund);
    expect(await report(service, refund, { sequence: 2, status: 'FAILED' })).toBe('REFUSED');
    expect(await report(service, refund, { sequence: 1, status: 'SUCCEEDED', attempt: 2 })).toBe('REFUSED');
    const retry = { account: undefined, refundAccountDays: 1 };
    await expect(retryRefund(service.client, tables, refund, retry, 0)).rejects.toThrow(/the platform has refunded it/);
    const resolve = { note: 'n', isPendingMeant: true };
    await expect(resolveRefund(service.client, tables, refund, resolve, 0)).rejects.toThrow(
      /the platform has refunded it/,
    );
    expect(await executionIn(service, refund)).toEqual(before);
  });
});
