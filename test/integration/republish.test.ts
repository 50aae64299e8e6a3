import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutionStatus } from '../../lambda/domain/execution.ts';
import { firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import { BusRefused, type EventBus } from '../../lambda/events/event-bus.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import { type RefundId, retryRefund } from '../../tools/refunds/change-refund.ts';
import { republish } from '../../tools/refunds/republish.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import {
  bankAccount,
  executionIn,
  keepingBus,
  recordedRefund,
  recordRowOf,
  refundThatIs,
} from '../support/engine/refunds.ts';

let service: EngineService;
beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});

/** Of the whole order, unless it is named. */
const run = async (bus: EventBus, order: Pick<RefundId, 'storeId' | 'orderNo'>, returnRequestId?: string) =>
  await Array.fromAsync(republish(service.client, tables, bus, order, { returnRequestId }));

describe('republish', () => {
  test('publishes what the publisher would, and only then puts the execution', async () => {
    const refund = await recordedRefund(service, { refundMethod: 'BANK_ACCOUNT' });
    const refusing: EventBus = {
      async put() {
        expect(await executionIn(service, refund)).toBeUndefined();
        throw new BusRefused('The bus refused an event: no reason given.');
      },
    };
    await expect(run(refusing, refund)).rejects.toThrow(BusRefused);
    expect(await executionIn(service, refund)).toBeUndefined();

    const bus = keepingBus();
    const first = firstExecutionOf(await recordRowOf(service, refund));
    const { returnRequestId } = refund;
    expect(await run(bus, refund)).toEqual([{ returnRequestId, eventId: `${returnRequestId}-1-0` }]);
    expect(bus.taken).toEqual([JSON.stringify(refundEventOf(first))]);
    expect(bus.taken[0]).toContain(`"accountRef":{"orderKey":"${refund.storeId}/${refund.orderNo}"`);
    expect(bus.taken[0]).not.toContain(bankAccount.accountNumber);
    expect(await executionIn(service, refund)).toEqual(first);
  });

  test('publishes the same bytes whatever was reported meanwhile', async () => {
    const refund = await refundThatIs(service);
    const pending = await refundThatIs(service, {
      status: 'PENDING',
      sequence: 4,
      updatedAtMs: 9e12,
      pspReference: 'p',
    });
    for (const one of [refund, pending]) {
      const bus = keepingBus();
      await run(bus, one);
      await run(bus, one, one.returnRequestId);
      const request = JSON.stringify(refundEventOf(firstExecutionOf(await recordRowOf(service, one))));
      expect(bus.taken).toEqual([request, request]);
    }
  });

  test('publishes the request of the present attempt', async () => {
    const refund = await refundThatIs(service, { status: 'FAILED', sequence: 1, failureReason: 'CLOSED' });
    await retryRefund(service.client, tables, refund, { account: undefined, refundAccountDays: 1 }, 1_800_000_000_000);
    const bus = keepingBus();
    await run(bus, refund);
    expect(JSON.parse(bus.taken[0] ?? '')).toMatchObject({
      id: `${refund.returnRequestId}-2-0`,
      time: '2027-01-15T08:00:00.000Z',
      data: { attempt: 2, sequence: 0, status: 'REQUESTED' },
    });
  });

  test.each<[ExecutionStatus, string]>([
    ['SUCCEEDED', 'it is SUCCEEDED already'],
    ['RESOLVED', 'it is RESOLVED already'],
    ['FAILED', 'it is FAILED, and retry-refund asks for another attempt'],
  ])('leaves out a refund that is %s, because its request could pay once more', async (status, obstacle) => {
    const refund = await refundThatIs(service, { status, sequence: 1 });
    const bus = keepingBus();
    const { returnRequestId } = refund;
    expect(await run(bus, refund)).toEqual([{ returnRequestId, obstacle }]);
    await expect(run(bus, refund, returnRequestId)).rejects.toThrow(
      `The request of ${returnRequestId} was not published: ${obstacle}.`,
    );
    expect(bus.taken).toEqual([]);
  });

  test('takes the currency of an old record from its order, and publishes it only where it is named', async () => {
    const refund = await recordedRefund(service);
    const { cur, ...old } = await recordRowOf(service, refund);
    await service.client.send(new PutCommand({ TableName: tables.cancellations, Item: old }));
    const bus = keepingBus();
    expect(await run(bus, refund)).toMatchObject([{ obstacle: expect.stringContaining('name it with --refund') }]);
    expect(bus.taken).toEqual([]);
    await run(bus, refund, refund.returnRequestId);
    expect(JSON.parse(bus.taken[0] ?? '')).toMatchObject({ data: { currencyCode: cur, amount: 1000 } });
  });

  test('says so where there is nothing to publish', async () => {
    const bus = keepingBus();
    const { storeId } = service.store;
    const { orderNo } = await recordedRefund(service);
    await expect(run(bus, { storeId, orderNo: 'NONE' })).rejects.toThrow(`The store ${storeId} has no order NONE.`);
    await expect(run(bus, { storeId, orderNo }, 'RETREQ1')).rejects.toThrow(
      `The order ${orderNo} of the store ${storeId} has no cancellation RETREQ1.`,
    );
    expect(bus.taken).toEqual([]);
  });

  test('publishes nothing of the store that deployments are tested with', async () => {
    await expect(run(keepingBus(), { storeId: 'SMOKE-TEST', orderNo: 'N' })).rejects.toThrow(
      'Nothing of the store SMOKE-TEST is ever published',
    );
  });
});
