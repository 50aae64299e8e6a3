import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import type { WireFault, DynamoDbOperation } from '../support/engine/fault-proxy.ts';

let service: EngineService;
let orderNo: string;
let orders = 0;

// A client of its own for each test: the SDK's budget of retries is the client's.
beforeEach(async () => {
  service = await startEngineService();
  orderNo = `ORD-${(orders += 1)}`;
  await service.putOrder(orderOf({ orderNo }));
});
afterEach(async () => {
  await service.stop();
});

const request = () => requestOf([itemOf({ amount: 1000 })], { orderNo });
const tooMuch = () => requestOf([itemOf({ amount: 2500 })], { orderNo });
const canceledMinor = async () => (await service.readOrder(orderNo))?.lines[2]?.canceled.amountMinor;
const times = (count: number, fault: WireFault) => Array.from({ length: count }, () => fault);

describe('faults that heal are not seen by the merchant', () => {
  test.each<[string, WireFault[]]>([
    ['a lost request', ['DROP_REQUEST']],
    ['a lost answer after the commit', ['DROP_ANSWER']],
    ['two lost answers', ['DROP_ANSWER', 'DROP_ANSWER']],
    ['an answer that was cut', ['CUT_ANSWER']],
    ['an answer that stops in the middle', ['STALLED_ANSWER']],
    ['a request that arrives when it was given up', ['LATE_REQUEST']],
    ['a conflict of the order', ['CONFLICT', 'CONFLICT']],
    ['a conflict of the record, and of both', ['CONFLICT_AT_RECORD', 'CONFLICT_AT_BOTH']],
    ['throttling of the order inside the transaction', times(4, 'THROTTLED_IN_TRANSACTION')],
    ['throttling of the record, and of both', ['THROTTLED_AT_RECORD', 'THROTTLED_AT_BOTH']],
    ['throttling of the call', times(2, 'THROTTLED')],
    ['an answer that does not come', ['HANG']],
    ['a transaction in progress', ['IN_PROGRESS']],
    ['a server error', ['SERVER_ERROR', 'SERVER_ERROR']],
    ['a server error after the commit', ['SERVER_ERROR_AFTER_EFFECT', 'SERVER_ERROR']],
    ['a conflict after a lost answer', ['DROP_ANSWER', 'CONFLICT']],
  ])('%s on the write: a success as usual, and applied once', async (_name, faults) => {
    service.proxy.plan('TransactWriteItems', ...faults);
    const response = await service.cancel(request());
    expect(response).toMatchObject({ status: 200, isReplay: false });
    await service.proxy.settled();
    expect(await canceledMinor()).toBe(1000n);
    expect(await service.readRecords(orderNo)).toHaveLength(1);
  });

  test.each<[string, WireFault[]]>([
    ['a lost request', ['DROP_REQUEST']],
    ['a lost answer', ['DROP_ANSWER']],
    ['an answer that was cut', ['CUT_ANSWER']],
    ['an answer that stops in the middle', ['STALLED_ANSWER']],
    ['an unprocessed batch', ['UNPROCESSED', 'UNPROCESSED']],
    ['throttling', ['THROTTLED']],
  ])('%s on the read: a success as usual, and never a missing order', async (_name, faults) => {
    service.proxy.plan('BatchGetItem', ...faults);
    expect(await service.cancel(request())).toMatchObject({ status: 200 });
  });

  test.each<[string, WireFault]>([
    ['every answer to the write lost', 'DROP_ANSWER'],
    ['every answer to the write a server error', 'SERVER_ERROR_AFTER_EFFECT'],
  ])('%s: the record shows that it was applied', async (_name, fault) => {
    service.proxy.plan('TransactWriteItems', ...times(3, fault));
    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: false });
    expect(await canceledMinor()).toBe(1000n);
    expect(service.reports.at(-1)?.isOutcomeUnknown).toBe(false);
  });
});

describe('faults that do not heal end in 503, and the same request is safe to send again', () => {
  // From how many sends to how many: the SDK's are fixed; ours are bounded, in lambda/dynamodb/backoff.ts.
  test.each<[string, WireFault, number, number]>([
    ['lost requests', 'DROP_REQUEST', 3, 3],
    ['server errors', 'SERVER_ERROR', 3, 3],
    ['conflicts', 'CONFLICT', 2, 99],
    ['conflicts of the record', 'CONFLICT_AT_RECORD', 2, 99],
    ['conflicts of both', 'CONFLICT_AT_BOTH', 2, 99],
    ['throttling inside the transaction', 'THROTTLED_IN_TRANSACTION', 2, 99],
    ['throttling of the record', 'THROTTLED_AT_RECORD', 2, 99],
    ['throttling of both', 'THROTTLED_AT_BOTH', 2, 99],
    ['throttling of the call', 'THROTTLED', 3, 3],
  ])('%s', async (_name, fault, least, most) => {
    service.proxy.plan('TransactWriteItems', ...times(100, fault));
    const refused = await service.cancel(request());
    expect(refused).toMatchObject({ status: 503, envelope: { resultCode: 'EBP-C-0011', data: null } });
    expect(service.proxy.calls('TransactWriteItems')).toBeGreaterThanOrEqual(least);
    expect(service.proxy.calls('TransactWriteItems')).toBeLessThanOrEqual(most);
    expect(await canceledMinor()).toBe(0n);
    service.proxy.plan('TransactWriteItems');

    expect(await service.cancel(request())).toMatchObject({ status: 200 });
    expect(await canceledMinor()).toBe(1000n);
  });

  test('a write that hangs is not waited for beyond the deadline, and its outcome is reported as unknown', async () => {
    service.proxy.plan('TransactWriteItems', ...times(3, 'HANG'));
    expect(await service.cancel(request(), {}, 2000)).toMatchObject({ status: 503 });
    expect(service.reports.at(-1)).toMatchObject({ isOutcomeUnknown: true, attempts: 1 });
  });

  test('credentials that AWS refuses after a lost answer: the outcome is unknown, and not a failure', async () => {
    service.proxy.plan('TransactWriteItems', 'DROP_ANSWER', 'CREDENTIALS_REFUSED');
    service.proxy.plan('TransactGetItems', 'CREDENTIALS_REFUSED');
    expect(await service.cancel(request())).toMatchObject({ status: 503 });
    expect(service.reports.at(-1)?.isOutcomeUnknown).toBe(true);
    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: true });
  });

  test('reads that are not answered', async () => {
    service.proxy.plan('BatchGetItem', ...times(3, 'DROP_REQUEST'));
    expect(await service.cancel(request())).toMatchObject({ status: 503 });
    expect(service.proxy.calls('TransactWriteItems')).toBe(0);
  });

  test('a batch that stays unprocessed is not a missing order', async () => {
    service.proxy.plan('BatchGetItem', ...times(100, 'UNPROCESSED'));
    expect(await service.cancel(request())).toMatchObject({ status: 503 });
  });
});

describe('credentials that AWS refuses', () => {
  test.each<DynamoDbOperation>(['GetItem', 'BatchGetItem', 'TransactWriteItems'])(
    'at %s: an internal error, nothing is applied, and the same request is safe to send again',
    async (operation) => {
      service.proxy.plan(operation, 'CREDENTIALS_REFUSED');
      expect(await service.cancel(request())).toMatchObject({ status: 500, envelope: { resultCode: 'EBP-Z-0010' } });
      expect(service.proxy.calls(operation)).toBe(1);
      expect(await service.readRecords(orderNo)).toEqual([]);
      expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: false });
    },
  );
});

describe('a refusal by the rules', () => {
  test('waits for a transaction that is at work on its record: the order is decided on anew', async () => {
    await service.cancel(request());
    service.proxy.plan('TransactGetItems', 'LOOK_IN_CONFLICT', 'LOOK_THROTTLED');
    expect(await service.cancel(tooMuch())).toMatchObject({ status: 400, envelope: { resultCode: 'EBP-C-0004' } });
    expect(service.reports.at(-1)?.attempts).toBe(3);
    expect(await service.readRecords(orderNo)).toHaveLength(1);
  });

  test('is not given when its record stays busy', async () => {
    await service.cancel(request());
    service.proxy.plan('TransactGetItems', ...times(100, 'LOOK_IN_CONFLICT'));
    expect(await service.cancel(tooMuch())).toMatchObject({ status: 503 });
  });
});

describe('a change between the read and the write', () => {
  test('by another cancellation: decided on anew', async () => {
    const other = requestOf([itemOf({ amount: 2500 })], { orderNo });
    service.proxy.plan('TransactWriteItems', async () => {
      expect(await service.cancel(other)).toMatchObject({ status: 200 });
    });
    const refused = await service.cancel(request());
    expect(refused.envelope.errors).toMatchObject([{ field: '/items/0/amount', reason: 'AMOUNT_EXCEEDS_REMAINING' }]);
    expect(await canceledMinor()).toBe(2500n);
  });

  test('by its own twin: replayed', async () => {
    service.proxy.plan('TransactWriteItems', async () => service.cancel(request()));
    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: true });
    expect(await canceledMinor()).toBe(1000n);
  });

  test.each<WireFault>(['CUT_ANSWER', 'STALLED_ANSWER'])(
    'by another cancellation, with none of the refusals arriving whole (%s): unknown, and not a failure',
    async (fault) => {
      const other = requestOf([itemOf({ amount: 500 })], { orderNo });
      service.proxy.plan('BatchGetItem', {
        async onAnswer() {
          expect(await service.cancel(other)).toMatchObject({ status: 200 });
          service.proxy.plan('TransactWriteItems', ...times(3, fault));
        },
      });
      expect(await service.cancel(request())).toMatchObject({ status: 503, envelope: { resultCode: 'EBP-C-0011' } });
      expect(service.reports.at(-1)?.isOutcomeUnknown).toBe(true);
      expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: false });
    },
  );

  test('by a capture: what was a void becomes a refund', async () => {
    await service.putOrder(orderOf({ orderNo: `${orderNo}-A`, paymentStatus: 'AUTHORIZED' }));
    service.proxy.plan('TransactWriteItems', () =>
      service.client.send(
        new UpdateCommand({
          TableName: tables.orders,
          Key: { orderKey: orderKeyOf({ storeId: service.store.storeId, orderNo: `${orderNo}-A` }) },
          UpdateExpression: 'SET #st = :captured, #v = #v + :one',
          ExpressionAttributeNames: { '#st': 'st', '#v': 'v' },
          ExpressionAttributeValues: { ':captured': 'CAPTURED', ':one': 1 },
        }),
      ),
    );
    const items = [
      itemOf({ seq: 1, itemId: 'P001', quantity: 2, amount: 50_000 }),
      itemOf({ seq: 2, itemId: 'P002' }),
      itemOf(),
    ];
    expect(await service.cancel(requestOf(items, { orderNo: `${orderNo}-A` }))).toMatchObject({ status: 200 });
    expect(await service.readOrder(`${orderNo}-A`)).toMatchObject({ paymentStatus: 'CANCELED', version: 3 });
    expect(await service.readRecords(`${orderNo}-A`)).toMatchObject([{ kind: 'REFUND' }]);
  });
});
