import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutionStatus } from '../../lambda/domain/execution.ts';
import { retryExecution } from '../../lambda/dynamodb/execution-commands.ts';
import { type RefundId, resolveRefund, retryRefund } from '../../tools/refunds/change-refund.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { accountIn, bankAccount, executionIn, refundThatIs, report } from '../support/engine/refunds.ts';

let service: EngineService;
beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});

const dayMs = 24 * 60 * 60 * 1000;
const nowMs = Date.now() + 5 * dayMs;
const sameAccount = { account: undefined, refundAccountDays: 10 };
const onBank = { refundMethod: 'BANK_ACCOUNT' } as const;

const failed = async (order = {}) =>
  await refundThatIs(
    service,
    { status: 'FAILED', sequence: 3, failureReason: 'CLOSED', pspReference: 'p-1', settlement: 'REFUNDED' },
    order,
  );
const retry = async (refund: RefundId, options = sameAccount as Parameters<typeof retryRefund>[3], atMs = nowMs) =>
  await retryRefund(service.client, tables, refund, options, atMs);
const resolve = async (refund: RefundId, isPendingMeant = false) =>
  await resolveRefund(service.client, tables, refund, { note: 'paid at the counter', isPendingMeant }, nowMs);

describe('a refund that failed', () => {
  test('is requested again as another attempt, without what was said of the one before', async () => {
    const refund = await failed();
    expect(await retry(refund)).toBe(2);
    expect(await executionIn(service, refund)).toEqual({
      ...refund,
      kind: 'REFUND',
      currencyCode: 'KRW',
      amountMinor: 1000n,
      attempt: 2,
      sequence: 0,
      status: 'REQUESTED',
      requestedAtMs: nowMs,
      updatedAtMs: nowMs,
      hasAccount: false,
    });
  });

  test('is retried by one of two commands at once, and the other says what it is now', async () => {
    const refund = await failed(onBank);
    const ended = await Promise.allSettled([retry(refund), retry(refund), retry(refund)]);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ended) {
      if (end.status === 'fulfilled') continue;
      expect(String(end.reason)).toMatch(/was not retried: it (was changed meanwhile, and )?is (being|REQUESTED)/);
    }
    expect(await executionIn(service, refund)).toMatchObject({ attempt: 2, status: 'REQUESTED' });
    expect(await accountIn(service, refund, 3)).toBeUndefined();
  });

  test('is not retried once somebody has read it, but a success came before the write; nor is its account written', async () => {
    const refund = await failed(onBank);
    const read = await executionIn(service, refund);
    if (read === undefined) throw new Error('It has no execution.');
    expect(await report(service, refund, { sequence: 4, status: 'SUCCEEDED' })).toBe('TAKEN');
    const account = {
      orderKey: `${refund.storeId}/${refund.orderNo}`,
      refundKey: `${refund.returnRequestId}#2`,
      until: 1n,
    };
    expect(await retryExecution(service.client, tables, read, account, nowMs)).toBe('CHANGED');
    expect(await executionIn(service, refund)).toMatchObject({ attempt: 1, status: 'SUCCEEDED' });
    expect(await accountIn(service, refund, 2)).toBeUndefined();
  });

  test.each<ExecutionStatus>(['REQUESTED', 'PENDING', 'SUCCEEDED', 'RESOLVED'])(
    'is the only one: not %s',
    async (status) => {
      const refund = await refundThatIs(service, { status, sequence: 1 });
      await expect(retry(refund)).rejects.toThrow(
        `${refund.returnRequestId} was not retried: it is ${status}, and only a refund that FAILED can be retried.`,
      );
      expect(await executionIn(service, refund)).toMatchObject({ attempt: 1, status, sequence: 1 });
    },
  );

  test('takes reports of the new attempt from 1 on, and none of the old one', async () => {
    const refund = await failed();
    await retry(refund);
    expect(await report(service, refund, { sequence: 9, status: 'FAILED' })).toBe('STALE');
    expect(await report(service, refund, { attempt: 2, sequence: 1, status: 'SUCCEEDED' })).toBe('TAKEN');
  });
});

describe('the account of a retried refund', () => {
  const row = { n: bankAccount.accountNumber, b: bankAccount.bankCode, h: bankAccount.accountHolderName };
  const until = BigInt(Math.ceil((nowMs + 10 * dayMs) / 1000));

  test('is that of the attempt before, with a new end', async () => {
    const refund = await failed(onBank);
    const before = await accountIn(service, refund, 1);
    await retry(refund);
    expect(await accountIn(service, refund, 2)).toEqual({
      orderKey: `${refund.storeId}/${refund.orderNo}`,
      refundKey: `${refund.returnRequestId}#2`,
      ...row,
      until,
    });
    expect(await accountIn(service, refund, 1)).toEqual(before);
    expect(await executionIn(service, refund)).toMatchObject({ hasAccount: true });
  });

  test('is another one, where one is given', async () => {
    const refund = await failed(onBank);
    const other = { accountNumber: '999', bankCode: 'NH', accountHolderName: 'Kim' };
    await retry(refund, { account: other, refundAccountDays: 10 });
    expect(await accountIn(service, refund, 2)).toMatchObject({ n: '999', b: 'NH', h: 'Kim', until });
  });

  test('may be given to a refund that had none', async () => {
    const refund = await failed();
    await retry(refund, { account: bankAccount, refundAccountDays: 10 });
    expect(await accountIn(service, refund, 2)).toMatchObject(row);
    expect(await executionIn(service, refund)).toMatchObject({ hasAccount: true });
  });

  test('that was deleted, or has ended and is not deleted yet, has to be given anew', async () => {
    const refund = await failed(onBank);
    const ended = { ...((await accountIn(service, refund, 1)) as object), until: BigInt(Math.floor(nowMs / 1000)) };
    await service.client.send(new PutCommand({ TableName: tables.refundAccounts, Item: ended }));
    const message = /was not retried: the refund account of its attempt 1 has ended, .* with --account FILE\.json\.$/;
    await expect(retry(refund)).rejects.toThrow(message);
    const { orderKey, refundKey } = ended as unknown as { orderKey: string; refundKey: string };
    await service.client.send(new DeleteCommand({ TableName: tables.refundAccounts, Key: { orderKey, refundKey } }));
    await expect(retry(refund)).rejects.toThrow(message);
    expect(await executionIn(service, refund)).toMatchObject({ attempt: 1, status: 'FAILED' });

    expect(await retry(refund, { account: bankAccount, refundAccountDays: 10 })).toBe(2);
  });
});

describe('a refund that was paid by hand', () => {
  test('is RESOLVED with a note, and no report counts any more', async () => {
    const refund = await failed();
    await resolve(refund);
    expect(await executionIn(service, refund)).toMatchObject({
      status: 'RESOLVED',
      attempt: 1,
      sequence: 4,
      updatedAtMs: nowMs,
    });
    expect(await report(service, refund, { sequence: 5, status: 'FAILED' })).toBe('STALE');
    expect(await report(service, refund, { sequence: 6, status: 'SUCCEEDED' })).toBe('PAID_TWICE');
  });

  test.each<ExecutionStatus>(['REQUESTED', 'PENDING'])('is resolved from %s only on purpose', async (status) => {
    const refund = await refundThatIs(service, { status, sequence: 0 });
    await expect(resolve(refund)).rejects.toThrow(
      `was not resolved: it is ${status}, so the executor may still pay it: add --although-pending if it never will.`,
    );
    await resolve(refund, true);
    expect(await executionIn(service, refund)).toMatchObject({ status: 'RESOLVED', sequence: 1 });
  });

  test.each<ExecutionStatus>(['SUCCEEDED', 'RESOLVED'])('is not resolved where it is %s already', async (status) => {
    const refund = await refundThatIs(service, { status, sequence: 1 });
    await expect(resolve(refund, true)).rejects.toThrow(`was not resolved: it is ${status} already.`);
  });

  test('is resolved or retried, not both at once', async () => {
    const refund = await failed();
    const ended = await Promise.allSettled([retry(refund), resolve(refund)]);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('a refund that was never requested is named with the command that requests it', async () => {
  const refund = { storeId: service.store.storeId, orderNo: 'NONE', returnRequestId: 'RETREQ1' };
  const message = /has no refund RETREQ1 that was ever requested: show-order .* republish requests/;
  await expect(retry(refund)).rejects.toThrow(message);
  await expect(resolve(refund)).rejects.toThrow(message);
});
