import { describe, expect, test } from '@jest/globals';
import { Chance } from '../../../../tools/conformance/chance.ts';
import type { PspNotice } from '../../../../tools/conformance/executor.ts';
import { FakePsp, keyLifeMs } from '../../../../tools/conformance/fake-psp.ts';
import type { Behavior } from '../../../../tools/conformance/draw-history.ts';
import { minuteMs, VirtualClock } from '../../../../tools/conformance/virtual-clock.ts';

const call = { idempotencyKey: 'k', reference: 'R-1', payment: 'S/O', currencyCode: 'KRW', amount: 1000 };

function pspWith(behaviors: Behavior[] = [], comparesCalls = true) {
  const clock = new VirtualClock(0);
  const notices: PspNotice[] = [];
  const psp = new FakePsp({
    clock,
    chance: new Chance(1),
    payments: new Map([
      ['S/O', { currencyCode: 'KRW', capturedAtMs: 0 }],
      ['S/V', { currencyCode: 'KRW', capturedAtMs: undefined }],
    ]),
    comparesCalls,
    nextBehavior: () => behaviors.shift() ?? 'SUCCEEDS',
    needsAccount: (reference) => reference.startsWith('BANK'),
    onNotice: (notice) => notices.push(notice),
    note: () => undefined,
  });
  /** Lets all happen that is planned, up to a time. */
  const until = async (ms: number) => {
    clock.after(ms - clock.nowMs, () => undefined);
    while (clock.nowMs < ms && clock.next()) await new Promise<void>((resolve) => process.nextTick(resolve));
  };
  const refund = async (change: Partial<typeof call> & { account?: never } = {}) => {
    const answer = psp.receive('REFUND', { ...call, ...change }, 10);
    answer.catch(() => undefined);
    await until(clock.nowMs + 20);
    return await answer;
  };
  return { psp, notices, clock, until, refund };
}

describe('the PSP of the conformance test', () => {
  test('pays once under a key, as long as it knows it, and again after that', async () => {
    const { psp, refund, until } = pspWith();
    const first = await refund();
    expect(first).toMatchObject({ operation: 'REFUND', status: 'SUCCEEDED' });
    expect(await refund()).toEqual(first);
    await until(keyLifeMs - 1);
    expect(await refund()).toEqual(first);
    expect(psp.movements).toHaveLength(1);
    await until(keyLifeMs + 20);
    await refund();
    expect(psp.movements).toHaveLength(2);
  });

  test('is at work on one call under a key at a time', async () => {
    const { psp, until } = pspWith();
    const first = psp.receive('REFUND', call, minuteMs);
    await expect(psp.receive('REFUND', call, 10)).rejects.toThrow('still works on');
    await until(2 * minuteMs);
    await expect(first).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });

  test('refuses another call under a key, or answers it as the first one', async () => {
    const strict = pspWith();
    await strict.refund();
    await expect(strict.refund({ reference: 'R-2' })).rejects.toThrow('another call');
    const careless = pspWith([], false);
    const first = await careless.refund();
    expect(await careless.refund({ reference: 'R-2' })).toEqual(first);
    expect(careless.psp.movements).toHaveLength(1);
  });

  test('shows a refund only after ten minutes, and none that it has refused', async () => {
    const { psp, refund, until } = pspWith(['SUCCEEDS', 'REFUSES']);
    await refund();
    expect(await refund({ idempotencyKey: 'k2', reference: 'R-2' })).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    expect(psp.find('R-1')).toBeUndefined();
    await until(11 * minuteMs);
    expect(psp.find('R-1')).toMatchObject({ status: 'SUCCEEDED' });
    expect(psp.find('R-2')).toBeUndefined();
    expect(psp.refused).toEqual(new Set(['R-2']));
  });

  test('says by a notice that money came back', async () => {
    const { psp, notices, refund, until } = pspWith(['COMES_BACK']);
    await refund();
    await until(30 * 24 * 60 * minuteMs);
    expect(psp.movements).toMatchObject([{ status: 'FAILED', failedAtMs: expect.any(Number) }]);
    const last = notices.find(({ status }) => status === 'FAILED');
    expect(last).toMatchObject({ reference: 'R-1', code: 'RETURNED_BY_BANK' });
  });

  test.each([
    ['an amount of 0', { amount: 0 }, 'AMOUNT_NOT_POSITIVE'],
    ['a payment that it does not know', { payment: 'S/X' }, 'UNKNOWN_PAYMENT'],
    ['another currency', { currencyCode: 'USD' }, 'OTHER_CURRENCY'],
    ['money that was not taken', { payment: 'S/V' }, 'NOT_CAPTURED'],
    ['a refund to an account without one', { reference: 'BANK-1' }, 'ACCOUNT_MISSING'],
  ])('refuses %s', async (_name, change, code) => {
    const { psp, refund } = pspWith();
    expect(await refund(change)).toEqual({ operation: 'REFUND', status: 'FAILED', code });
    expect(psp.movements).toEqual([]);
  });
});
