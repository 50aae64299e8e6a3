import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Contended } from '../../lambda/dynamodb/failures.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { withoutWaiting } from '../support/engine/fleet.ts';
import { functionTimeoutMs } from '../support/engine/fleet.ts';
import type { DynamoDbOperation, NamedFault, WireFault } from '../support/engine/fault-proxy.ts';

let service: EngineService;
let orderNo: string;
let orders = 0;

// A client of its own for each test: the SDK's budget of retries is the client's.
beforeEach(async () => {
  service = await startEngineService(withoutWaiting);
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
    ['three lost requests, as many as the SDK sends of one write', times(3, 'DROP_REQUEST')],
    ['throttling of all that the SDK sends of one write', times(3, 'THROTTLED')],
    ['credentials that AWS refuses after a lost answer', ['DROP_ANSWER', 'CREDENTIALS_REFUSED']],
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

/** Less than a function has, so that a request is given up sooner. In its last second and a half it writes no more. */
const shortMs = 2500;
const nothingCanceled = 'Nothing was canceled';
const notKnown = 'not known whether';

describe('faults that do not heal end in 503, and the same request is safe to send again', () => {
  test.each<[string, NamedFault, string, timeoutMs?: number]>([
    ['lost requests', 'DROP_REQUEST', notKnown],
    ['server errors', 'SERVER_ERROR', notKnown],
    ['conflicts', 'CONFLICT', nothingCanceled],
    ['conflicts of the record', 'CONFLICT_AT_RECORD', nothingCanceled],
    ['conflicts of both', 'CONFLICT_AT_BOTH', nothingCanceled],
    ['throttling inside the transaction', 'THROTTLED_IN_TRANSACTION', nothingCanceled],
    ['throttling of the record', 'THROTTLED_AT_RECORD', nothingCanceled],
    ['throttling of both', 'THROTTLED_AT_BOTH', nothingCanceled],
    // While the SDK waits to send it again, the deadline would end the call: then nobody knows any more. So it is far
    // away, also on a busy machine: attempts end by their own time.
    ['throttling of the call', 'THROTTLED', nothingCanceled, 2 * functionTimeoutMs],
  ])('%s', async (_name, fault, message, timeoutMs = shortMs) => {
    service.proxy.disturb(({ operation }) => (operation === 'TransactWriteItems' ? fault : undefined));
    const refused = await service.cancel(request(), {}, timeoutMs);
    expect(refused).toMatchObject({ status: 503, envelope: { resultCode: 'EBP-C-0011', data: null } });
    expect(refused.envelope.message).toContain(message);
    expect(service.reports.at(-1)).toMatchObject({ isOutcomeUnknown: message === notKnown });
    expect(service.proxy.calls('TransactWriteItems')).toBeGreaterThan(1);
    expect(await canceledMinor()).toBe(0n);
    service.proxy.reset();

    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: false });
    expect(await canceledMinor()).toBe(1000n);
  });

  test('contention until the time for retries is over is reported as what it is', async () => {
    service.proxy.disturb(({ operation }) => (operation === 'TransactWriteItems' ? 'CONFLICT' : undefined));
    expect(await service.cancel(request())).toMatchObject({ status: 503 });
    const report = service.reports.at(-1);
    expect(report?.error).toBeInstanceOf(Contended);
    expect(report?.conflicts).toBe(service.proxy.calls('TransactWriteItems'));
    expect(report?.attempts).toBe(service.proxy.calls('BatchGetItem'));
  });

  test('a lost answer before conflicts leaves it open, though the SDK got an answer in the end', async () => {
    service.proxy.disturb(({ operation, earlier }) => {
      if (operation !== 'TransactWriteItems') return undefined;
      return earlier === 0 ? 'DROP_REQUEST' : 'CONFLICT';
    });
    const refused = await service.cancel(request(), {}, shortMs);
    expect(refused.envelope.message).toContain(notKnown);
    expect(service.proxy.calls('TransactGetItems')).toBe(1);
  });

  test('a write that hangs is not waited for beyond the deadline, and its outcome is reported as unknown', async () => {
    service.proxy.plan('TransactWriteItems', ...times(3, 'HANG'));
    const { status, envelope, remainingMs } = await service.cancel(request(), {}, 2000);
    expect(status).toBe(503);
    expect(envelope.message).toContain(notKnown);
    expect(remainingMs).toBeGreaterThan(0);
    expect(service.reports.at(-1)).toMatchObject({ isOutcomeUnknown: true });
  });

  test('credentials that AWS refuses from a lost answer on: the outcome is unknown, and not a failure', async () => {
    service.proxy.plan('TransactWriteItems', 'DROP_ANSWER', 'CREDENTIALS_REFUSED');
    service.proxy.plan('TransactGetItems', 'CREDENTIALS_REFUSED');
    service.proxy.plan('BatchGetItem', {
      onAnswer: async () => service.proxy.plan('BatchGetItem', 'CREDENTIALS_REFUSED'),
    });
    const refused = await service.cancel(request());
    expect(refused.status).toBe(503);
    expect(refused.envelope.message).toContain(notKnown);
    expect(service.reports.at(-1)?.isOutcomeUnknown).toBe(true);
    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: true });
  });

  test('reads that are not answered', async () => {
    service.proxy.plan('BatchGetItem', ...times(3, 'DROP_REQUEST'));
    const refused = await service.cancel(request());
    expect(refused.status).toBe(503);
    expect(refused.envelope.message).toContain(nothingCanceled);
    expect(service.proxy.calls('TransactWriteItems')).toBe(0);
  });

  test('a batch that stays unprocessed is not a missing order', async () => {
    service.proxy.disturb(({ operation }) => (operation === 'BatchGetItem' ? 'UNPROCESSED' : undefined));
    const refused = await service.cancel(request(), {}, shortMs);
    expect(refused.status).toBe(503);
    expect(refused.envelope.message).toContain(nothingCanceled);
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
    service.proxy.disturb(({ operation }) => (operation === 'TransactGetItems' ? 'LOOK_IN_CONFLICT' : undefined));
    const refused = await service.cancel(tooMuch(), {}, shortMs);
    expect(refused.status).toBe(503);
    expect(refused.envelope.message).toContain(nothingCanceled);
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

  test('by another cancellation that leaves enough: decided on at once, without another read', async () => {
    service.proxy.plan('TransactWriteItems', async () => {
      expect(await service.cancel(requestOf([itemOf({ amount: 500 })], { orderNo }))).toMatchObject({ status: 200 });
      service.proxy.reset();
    });
    expect(await service.cancel(request())).toMatchObject({ status: 200 });
    // The first write was counted before the other request came.
    expect(service.proxy.calls('BatchGetItem')).toBe(0);
    expect(service.proxy.calls('TransactWriteItems')).toBe(1);
    expect(service.reports.at(-1)).toMatchObject({ attempts: 2, conflicts: 0 });
    expect(await canceledMinor()).toBe(1500n);
  });

  test('with If-Match: the second of two who saw the same order is refused, with the present ETag', async () => {
    const headers = { 'If-Match': `"${orderNo}.1"` };
    service.proxy.plan('TransactWriteItems', async () => {
      const other = requestOf([itemOf({ amount: 500 })], { orderNo });
      expect(await service.cancel(other, headers)).toMatchObject({ status: 200, etag: `"${orderNo}.2"` });
    });
    const refused = await service.cancel(request(), headers);
    expect(refused).toMatchObject({ status: 412, etag: `"${orderNo}.2"` });
    expect(refused.envelope.errors).toMatchObject([{ header: 'If-Match', reason: 'ORDER_CHANGED' }]);
    expect(await canceledMinor()).toBe(500n);
  });

  test('by its own twin, with If-Match: replayed', async () => {
    const headers = { 'If-Match': `"${orderNo}.1"` };
    service.proxy.plan('TransactWriteItems', async () => service.cancel(request(), headers));
    expect(await service.cancel(request(), headers)).toMatchObject({
      status: 200,
      isReplay: true,
      etag: `"${orderNo}.2"`,
    });
  });

  test('by its own twin: replayed', async () => {
    service.proxy.plan('TransactWriteItems', async () => service.cancel(request()));
    expect(await service.cancel(request())).toMatchObject({ status: 200, isReplay: true });
    expect(await canceledMinor()).toBe(1000n);
  });

  test.each<NamedFault>(['CUT_ANSWER', 'STALLED_ANSWER'])(
    'by another cancellation, with none of the refusals arriving whole (%s): unknown, and not a failure',
    async (fault) => {
      const other = requestOf([itemOf({ amount: 500 })], { orderNo });
      service.proxy.plan('BatchGetItem', {
        async onAnswer() {
          expect(await service.cancel(other)).toMatchObject({ status: 200 });
          // All that is read from now on is lost as well, or the next attempt would be decided on it.
          service.proxy.disturb(({ operation }) => (operation === 'TransactGetItems' ? undefined : fault));
        },
      });
      const refused = await service.cancel(request(), {}, 4000);
      expect(refused).toMatchObject({ status: 503, envelope: { resultCode: 'EBP-C-0011' } });
      expect(refused.envelope.message).toContain(notKnown);
      expect(service.reports.at(-1)?.isOutcomeUnknown).toBe(true);
      service.proxy.reset();
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
