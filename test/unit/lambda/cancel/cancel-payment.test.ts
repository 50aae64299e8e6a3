import { describe, expect, test } from '@jest/globals';
import { Contended } from '../../../../lambda/dynamodb/failures.ts';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { commandFor, idOf, recordOf } from '../../../support/commands.ts';
import {
  busy,
  changedTo,
  committed,
  conflict,
  found,
  loaded,
  orderAfter,
  type Played,
  play,
} from '../../../support/scripted-payment.ts';

const account = { accountNumber: '110-1', bankCode: '004', accountHolderName: 'Kim' };
const request = requestOf([itemOf({ amount: 1000 })]);
const successOf = { ok: true, isReplay: false, data: { returnRequestId: `RETREQ${idOf(1)}` } };

/** Every token that was sent. */
const tokensOf = ({ writes }: Played) => writes.map(({ clientRequestToken }) => clientRequestToken);

async function expectContended(played: Played): Promise<void> {
  await expect(played.settled).rejects.toThrow(Contended);
  expect(played.stats.isOutcomeUnknown).toBe(false);
}

describe('without another request', () => {
  test('a cancellation is one read and one write', async () => {
    const { settled, steps, stats } = play();
    expect(await settled).toMatchObject({ ...successOf, etag: '"ORD20251224001.2"' });
    expect(steps).toEqual(['load', 'commit of version 1']);
    expect(stats).toEqual({ attempts: 1, conflicts: 0, isOutcomeUnknown: false });
  });

  test('the record says which version of the order it made', async () => {
    const { settled, writes } = play({ loads: [loaded(orderOf({ version: 41 }))] });
    expect(await settled).toMatchObject({ etag: '"ORD20251224001.42"' });
    expect(writes[0]?.record).toMatchObject({ orderVersion: 42, returnRequestId: `RETREQ${idOf(1)}` });
  });

  test('an order that does not exist is neither written nor looked up', async () => {
    const { settled, steps } = play({ loads: [{ ...loaded(), order: undefined }] });
    expect(await settled).toMatchObject({ refusal: 'ORDER_NOT_FOUND', violations: [{ at: { field: '/orderNo' } }] });
    expect(steps).toEqual(['load']);
  });

  test('a record is the answer, whatever the order says', async () => {
    const earlier = commandFor(request, {}, idOf(9));
    const { settled, steps } = play({ loads: [loaded(orderOf({ paymentStatus: 'FAILED' }), recordOf(earlier))] });
    expect(await settled).toMatchObject({ isReplay: true, data: { returnRequestId: `RETREQ${idOf(9)}` } });
    expect(steps).toEqual(['load']);
  });
});

describe('the refund account', () => {
  const command = commandFor({ ...request, refundAccount: account });
  const tag = command.accountTag();

  test.each<[string, Partial<ReturnType<typeof orderOf>>, string | undefined, object | undefined]>([
    ['of a refund to a bank account is kept, with its tag', { refundMethod: 'BANK_ACCOUNT' }, tag, account],
    ['of a refund to the original payment is not kept', { refundMethod: 'ORIGINAL' }, undefined, undefined],
  ])('%s', async (_what, overrides, accountTag, refundAccount) => {
    const { settled, writes } = play({ command, loads: [loaded(orderOf(overrides))] });
    expect(await settled).toMatchObject(successOf);
    expect(writes[0]?.record.accountTag).toBe(accountTag);
    expect(writes[0]?.refundAccount).toEqual(refundAccount);
  });

  test('of a void is kept for a late deposit, and any other one is the same', async () => {
    const lines = [lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: 1000n, unitTaxMinor: 0n })];
    const order = orderOf({ paymentStatus: 'REQUESTED', refundMethod: 'BANK_ACCOUNT', lines });
    const { settled, writes } = play({ command, loads: [loaded(order)] });
    expect(await settled).toMatchObject({ ...successOf, kind: 'VOID' });
    expect(writes[0]?.record.accountTag).toBeUndefined();
    expect(writes[0]?.refundAccount).toEqual(account);
  });
});

describe('a lost race', () => {
  test('is decided again at once on the order that came back: the first one only', async () => {
    const orders = [orderAfter(2), orderAfter(3), orderAfter(4)];
    const { settled, steps, stats } = play({
      loads: [loaded(), loaded(orderAfter(4))],
      commits: [...orders.map(changedTo), committed],
    });
    expect(await settled).toMatchObject({ ...successOf, etag: '"ORD20251224001.5"' });
    expect(steps).toEqual([
      'load',
      'commit of version 1',
      'commit of version 2',
      'pause 100',
      'load',
      'commit of version 4',
      'pause 400',
      'load',
      'commit of version 4',
    ]);
    expect(stats).toEqual({ attempts: 4, conflicts: 0, isOutcomeUnknown: false });
  });

  test('is decided on what the order has become: the data are those of the present order', async () => {
    const { settled, writes } = play({ commits: [changedTo(orderAfter(8)), committed] });
    expect(await settled).toMatchObject({ etag: '"ORD20251224001.9"' });
    expect(writes.map(({ order, record }) => [order.version, record.orderVersion])).toEqual([
      [1, 2],
      [8, 9],
    ]);
  });

  test('may have made the request impossible, where nothing was canceled: that needs no look', async () => {
    const { settled, steps } = play({ commits: [changedTo(orderOf({ version: 2, paymentStatus: 'FAILED' }))] });
    expect(await settled).toMatchObject({ refusal: 'RULES_BROKEN', violations: [{ reason: 'ORDER_NOT_CANCELABLE' }] });
    expect(steps).toEqual(['load', 'commit of version 1']);
  });

  test('against a twin is settled by its record, which the refusal looks for', async () => {
    const twin = recordOf(commandFor(request, {}, idOf(9)));
    const { settled, steps } = play({
      commits: [changedTo(orderAfter(2, { paymentStatus: 'CANCELED' }))],
      looks: [found(twin)],
    });
    expect(await settled).toMatchObject({ isReplay: true, data: { returnRequestId: `RETREQ${idOf(9)}` } });
    expect(steps).toEqual(['load', 'commit of version 1', 'look']);
  });

  test('in which the order was deleted is read again', async () => {
    const { settled, steps } = play({
      commits: [changedTo(undefined)],
      loads: [loaded(), { ...loaded(), order: undefined }],
    });
    expect(await settled).toMatchObject({ refusal: 'ORDER_NOT_FOUND' });
    expect(steps).toEqual(['load', 'commit of version 1', 'pause 25', 'load']);
  });

  test('each time is given up when the time is over, having changed nothing', async () => {
    const played = play({ commits: [changedTo(orderAfter(2))], commitMs: 10 });
    await expectContended(played);
    expect(played.stats.attempts).toBe(played.writes.length);
    expect(played.steps.filter((step) => step === 'load')).toHaveLength(played.writes.length - 1);
    expect(played.steps).not.toContain('look');
  });
});

describe.each<[string, CommitOutcome, number]>([
  ['a conflict', conflict, 1],
  ['throttling', busy, 0],
])('%s', (_what, outcome, conflicts) => {
  test('is answered by a pause, a read and another write', async () => {
    const { settled, steps, stats } = play({ loads: [loaded(), loaded(orderAfter(2))], commits: [outcome, committed] });
    expect(await settled).toMatchObject(successOf);
    expect(steps).toEqual(['load', 'commit of version 1', 'pause 25', 'load', 'commit of version 2']);
    expect(stats).toEqual({ attempts: 2, conflicts, isOutcomeUnknown: false });
  });

  test('does not use up the retry without a pause, nor does that come later', async () => {
    const { settled, steps } = play({ commits: [outcome, changedTo(orderAfter(2)), committed] });
    await settled;
    expect(steps.filter((step) => step.startsWith('pause'))).toHaveLength(2);
  });

  test('that lasts is given up when the time is over, having changed nothing', async () => {
    const played = play({ commits: [outcome], commitMs: 10 });
    await expectContended(played);
    expect(played.stats).toMatchObject({ attempts: played.writes.length, conflicts: conflicts * played.writes.length });
    expect(played.steps.at(-1)).toBe('commit of version 1');
  });

  test('is given up at once where there is no time for a pause', async () => {
    const played = play({ commits: [outcome], timeMs: 1020, commitMs: 1000 });
    await expectContended(played);
    expect(played.steps).toEqual(['load', 'commit of version 1']);
  });
});

describe('a read that is throttled', () => {
  test('is made again after a pause', async () => {
    const { settled, steps } = play({ loads: [busy, loaded()] });
    expect(await settled).toMatchObject(successOf);
    expect(steps).toEqual(['load', 'pause 25', 'load', 'commit of version 1']);
  });

  test('is given up in the end, and never taken for an order that does not exist', async () => {
    const played = play({ loads: [busy] });
    await expectContended(played);
    expect(played.writes).toEqual([]);
  });
});

test('every write has a token of its own within the 36 characters of DynamoDB, however many there are', async () => {
  const lost = play({ commits: [changedTo(orderAfter(2))], commitMs: 1 });
  const turnedAway = play({ commits: [conflict], commitMs: 1, command: commandFor(request, {}, idOf(2)) });
  await Promise.all([expectContended(lost), expectContended(turnedAway)]);
  const tokens = [...tokensOf(lost), ...tokensOf(turnedAway)];
  expect(tokens.length).toBeGreaterThan(100);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.filter((token) => token.length < 1 || token.length > 36)).toEqual([]);
});
