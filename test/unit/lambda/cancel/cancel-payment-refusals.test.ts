import { describe, expect, test } from '@jest/globals';
import { Contended, DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
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
  play,
  type Script,
} from '../../../support/scripted-payment.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const success = { ok: true, isReplay: false };

const ofState = (etag: string) => commandFor(request, { ifMatch: etag });
const changed = (present: string) => ({
  ok: false,
  refusal: 'ORDER_CHANGED',
  violations: [{ reason: 'ORDER_CHANGED', at: { header: 'If-Match' }, shown: present }],
  etag: present,
});

describe('If-Match', () => {
  test.each(['"ORD20251224001.1"', 'W/"ORD20251224001.1"', '*'])('%s is the state of the order', async (etag) => {
    expect(await play({ command: ofState(etag) }).settled).toMatchObject(success);
  });

  test.each(['"ORD20251224001.2"', '"ORD20251224001.10"', '"ORD-OTHER.1"'])(
    '%s is another state: the refusal has the present one, and no violation of a rule',
    async (ifMatch) => {
      const command = commandFor(requestOf([itemOf({ amount: 3001 })]), { ifMatch });
      const { settled, steps } = play({ command });
      expect(await settled).toEqual(changed('"ORD20251224001.1"'));
      expect(steps).toEqual(['load']);
    },
  );

  test('is compared again with the order that came back from a lost race', async () => {
    const { settled, writes, steps } = play({
      command: ofState('"ORD20251224001.1"'),
      commits: [changedTo(orderAfter(2)), committed],
      looks: [found()],
    });
    expect(await settled).toEqual(changed('"ORD20251224001.2"'));
    expect(writes).toHaveLength(1);
    expect(steps.at(-1)).toBe('look');
  });

  test('is compared again with what is read after a pause', async () => {
    const { settled, writes } = play({
      command: ofState('"ORD20251224001.1"'),
      loads: [loaded(), loaded(orderOf({ version: 5 }))],
      commits: [conflict, committed],
    });
    expect(await settled).toEqual(changed('"ORD20251224001.5"'));
    expect(writes).toHaveLength(1);
  });

  test('of any state goes on after a lost race', async () => {
    const { settled } = play({ command: ofState('*'), commits: [changedTo(orderAfter(2)), committed] });
    expect(await settled).toMatchObject({ ...success, etag: '"ORD20251224001.3"' });
  });

  test('comes after the record: what was applied is a replay, however the order is by now', async () => {
    const command = ofState('"ORD20251224001.1"');
    const earlier = recordOf(commandFor(request, {}, idOf(9)));
    expect(await play({ command, loads: [loaded(orderAfter(7), earlier)] }).settled).toMatchObject({
      isReplay: true,
      etag: '"ORD20251224001.2"',
    });
    const missed = play({ command, loads: [loaded(orderAfter(7))], looks: [found(earlier)] });
    expect(await missed.settled).toMatchObject({ isReplay: true });
  });
});

describe('a refusal on an order that anything was canceled of', () => {
  const tooMuch = commandFor(requestOf([itemOf({ amount: 3001 })]));
  const another = commandFor(request, { ifMatch: '"ORD20251224001.1"' });
  const refusals: ReadonlyArray<readonly [string, Script, string]> = [
    ['by the rules', { command: tooMuch }, 'RULES_BROKEN'],
    ['by If-Match', { command: another }, 'ORDER_CHANGED'],
  ];

  test.each(refusals)('%s, is given after a look at the record', async (_by, script, refusal) => {
    const { settled, steps } = play({ ...script, loads: [loaded(orderAfter(2))], looks: [found()] });
    expect(await settled).toMatchObject({ refusal });
    expect(steps).toEqual(['load', 'look']);
  });

  test.each(refusals)('%s, is not given while a transaction is at work on the record', async (_by, script, refusal) => {
    const { settled, steps } = play({ ...script, loads: [loaded(orderAfter(2))], looks: [busy, busy, found()] });
    expect(await settled).toMatchObject({ refusal });
    expect(steps).toEqual(['load', 'look', 'pause 25', 'load', 'look', 'pause 100', 'load', 'look']);
  });

  test.each(refusals)('%s, is not given where the record cannot be looked at', async (_by, script) => {
    const base = { ...script, loads: [loaded(orderAfter(2))] };
    await expect(play({ ...base, looks: [busy] }).settled).rejects.toThrow(Contended);
    const failure = new DatabaseUnavailable('A read was not answered.');
    await expect(play({ ...base, looks: [failure] }).settled).rejects.toBe(failure);
  });
});
