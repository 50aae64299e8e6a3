import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Execution } from '../../lambda/domain/execution.ts';
import { executionRow, firstExecutionOf, refundAccountKeyOf } from '../../lambda/dynamodb/refund-items.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import { requestOf } from '../../tools/in-memory/requests.ts';
import { type RefundId, retryRefund } from '../../tools/refunds/change-refund.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { accountDays, type RunningOrderTaker, runOrderTaker } from '../support/engine/order-taker.ts';
import { accountIn, bankAccount, executionIn, recordRowOf } from '../support/engine/refunds.ts';
import { captured, capturedWithOrder, lines, registered } from '../support/platform-events.ts';

let service: EngineService;
let taker: RunningOrderTaker;
let orders = 0;

beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});
beforeEach(() => {
  taker = runOrderTaker(service.client, tables);
});

/** An order that was registered and voided. */
async function voided(refundMethod: 'ORIGINAL' | 'BANK_ACCOUNT', refundAccount?: object): Promise<RefundId> {
  const id = { storeId: service.store.storeId, orderNo: `DEPOSIT-${(orders += 1)}` };
  await taker.send(registered(id, { refundMethod }));
  const items = lines.map(({ taxAmount: _tax, ...line }) => line);
  const request = { ...requestOf(items, { orderNo: id.orderNo }), ...(refundAccount && { refundAccount }) };
  const { status, envelope } = await service.cancel(request);
  if (status !== 200) throw new Error(`The void ended with ${status}.`);
  return { ...id, returnRequestId: (envelope.data as { returnRequestId: string }).returnRequestId };
}

/** The same, and this became of the void. */
async function voidThatIs(state: Partial<Execution>, ...of: Parameters<typeof voided>): Promise<RefundId> {
  const refund = await voided(...of);
  const execution = { ...firstExecutionOf(await recordRowOf(service, refund)), ...state };
  await service.client.send(new PutCommand({ TableName: tables.executions, Item: executionRow(execution) }));
  return refund;
}

const released = { status: 'SUCCEEDED', sequence: 1, settlement: 'VOIDED', pspReference: 'psp-1' } as const;
const deposit = async ({ storeId, orderNo }: RefundId) => await taker.send(captured({ storeId, orderNo }));
const nextAttempt = { kind: 'REFUND', attempt: 2, amountMinor: 2500n } as const;

describe('a deposit after a void', () => {
  test.each<Partial<Execution>>([
    released,
    { status: 'SUCCEEDED', sequence: 1 },
    { status: 'FAILED', sequence: 2, failureReason: 'DECLINED' },
    { status: 'RESOLVED', sequence: 3 },
  ])('that is $status is paid back in full as the next attempt, once', async (state) => {
    const refund = await voidThatIs(state, 'ORIGINAL');
    expect(await deposit(refund)).toEqual([]);
    const execution = await executionIn(service, refund);
    const { requestedAtMs = 0 } = execution ?? {};
    expect(execution).toEqual({
      ...refund,
      ...nextAttempt,
      currencyCode: 'KRW',
      sequence: 0,
      status: 'REQUESTED',
      requestedAtMs,
      updatedAtMs: requestedAtMs,
      hasAccount: false,
    });
    expect(execution && refundEventOf(execution)).toMatchObject({
      id: `${refund.returnRequestId}-2-0`,
      type: 'payment.refund_requested.v1',
    });
    expect(await deposit(refund)).toEqual([]);
    expect(await executionIn(service, refund)).toEqual(execution);
    expect(taker.counted.filter((name) => name === 'CaptureAfterVoid')).toHaveLength(1);
    expect(await service.readOrder(refund.orderNo)).toMatchObject({ paymentStatus: 'VOIDED', version: 2 });
  });

  test('is paid back once, however often it comes at once', async () => {
    const refund = await voidThatIs(released, 'ORIGINAL');
    const { storeId, orderNo } = refund;
    const events = Array.from({ length: 8 }, (_value, index) =>
      index % 2 === 0 ? captured({ storeId, orderNo }) : capturedWithOrder({ storeId, orderNo }),
    );
    expect(await taker.send(...events)).toEqual([]);
    expect(await executionIn(service, refund)).toMatchObject({ ...nextAttempt, status: 'REQUESTED' });
    expect(taker.counted.filter((name) => name === 'CaptureAfterVoid')).toHaveLength(1);
  });

  test('waits until the executor has said what became of the void', async () => {
    const refund = await voided('ORIGINAL');
    expect(await deposit(refund)).toEqual([0]);
    for (const state of [{}, { status: 'PENDING', sequence: 1 }] as const) {
      const under = await voidThatIs(state, 'ORIGINAL');
      expect(await deposit(under)).toEqual([0]);
      expect(await executionIn(service, under)).toMatchObject({ kind: 'VOID', attempt: 1 });
    }
  });

  test('that the void itself has refunded comes to nothing', async () => {
    const refund = await voidThatIs({ ...released, settlement: 'REFUNDED' }, 'ORIGINAL');
    expect(await deposit(refund)).toEqual([]);
    expect(await executionIn(service, refund)).toMatchObject({ kind: 'VOID', attempt: 1 });
    expect(taker.counted).not.toContain('CaptureAfterVoid');
  });

  test('of less than the order is a dead letter', async () => {
    const { storeId, orderNo } = await voidThatIs(released, 'ORIGINAL');
    await taker.send(captured({ storeId, orderNo }, { amount: 1 }));
    expect(taker.letters).toHaveLength(1);
  });
});

describe('a deposit of an order that is refunded to a bank account', () => {
  test('goes to the account of the void, which is kept from now on', async () => {
    const refund = await voidThatIs(released, 'BANK_ACCOUNT', bankAccount);
    const first = (await accountIn(service, refund, 1)) as { readonly until: bigint };
    await deposit(refund);
    const execution = await executionIn(service, refund);
    expect(execution).toMatchObject({ ...nextAttempt, status: 'REQUESTED', hasAccount: true });
    const untilMs = (execution?.requestedAtMs ?? 0) + accountDays * 24 * 60 * 60 * 1000;
    expect(await accountIn(service, refund, 2)).toEqual({
      ...first,
      refundKey: `${refund.returnRequestId}#2`,
      until: BigInt(Math.ceil(untilMs / 1000)),
    });
  });

  const missing = {
    ...nextAttempt,
    status: 'FAILED',
    sequence: 1,
    failureReason: 'ACCOUNT_MISSING',
    hasAccount: false,
  };

  test.each([
    ['no account', undefined],
    ['a part of one', { bankCode: 'KB' }],
  ])('has failed if the void had %s, until somebody gives one', async (_what, account) => {
    const refund = await voidThatIs(released, 'BANK_ACCOUNT', account);
    expect(await deposit(refund)).toEqual([]);
    expect(await executionIn(service, refund)).toMatchObject(missing);
    expect(taker.counted).toContain('CaptureAfterVoid');

    const options = { account: undefined, refundAccountDays: 1 };
    await expect(retryRefund(service.client, tables, refund, options, 9)).rejects.toThrow(/--account FILE\.json/);
    expect(await retryRefund(service.client, tables, refund, { ...options, account: bankAccount }, 9)).toBe(3);
    expect(await executionIn(service, refund)).toMatchObject({
      kind: 'REFUND',
      attempt: 3,
      status: 'REQUESTED',
      hasAccount: true,
    });
    // And a double of the deposit changes nothing of that.
    await deposit(refund);
    expect(await executionIn(service, refund)).toMatchObject({ attempt: 3 });
  });

  test('has failed if the account has ended', async () => {
    const refund = await voidThatIs(released, 'BANK_ACCOUNT', bankAccount);
    const Key = { ...refundAccountKeyOf(`${refund.storeId}/${refund.orderNo}`, refund.returnRequestId, 1) };
    await service.client.send(new DeleteCommand({ TableName: tables.refundAccounts, Key }));
    await deposit(refund);
    expect(await executionIn(service, refund)).toMatchObject(missing);
    expect(await accountIn(service, refund, 2)).toBeUndefined();
  });
});
