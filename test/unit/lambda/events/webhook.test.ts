import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { refundEventOf } from '../../../../lambda/events/refund-event.ts';
import { readWebhook, webhookFields } from '../../../../lambda/events/webhook.ts';
import { anyExecution } from '../../../support/executions.ts';
import { executionWith } from '../../../support/refunds.ts';

const event = refundEventOf(executionWith({ hasAccount: true }));
const read = (detail: unknown) => {
  const webhook = readWebhook(detail);
  if ('problem' in webhook) throw new Error(webhook.problem);
  return webhook;
};

describe('the webhook of an event', () => {
  test('is its type, its time and its data, for the store of the event', () => {
    const {
      data: { accountRef, ...data },
      type,
      time,
    } = event;
    expect(accountRef).toBeDefined();
    const { body, ...webhook } = read(event);
    expect(webhook).toEqual({ id: event.id, type, storeId: 'STORE-1' });
    expect(body).toBe(JSON.stringify({ type, timestamp: time, data }));
  });

  test('is the same bytes each time, whatever else the event carries', () => {
    fc.assert(
      fc.property(anyExecution, (execution) => {
        const one = refundEventOf(execution);
        const again = { ...JSON.parse(JSON.stringify(one)), more: 1, data: { ...one.data, bankAccount: '110-234' } };
        expect(read(again)).toEqual(read(one));
      }),
    );
  });

  test('has every field of its event but the reference to an account', () => {
    fc.assert(
      fc.property(anyExecution, (execution) => {
        const { data } = refundEventOf(execution);
        const sent = JSON.parse(read(refundEventOf(execution)).body) as { readonly data: object };
        const { accountRef: _account, ...others } = data;
        expect(sent.data).toEqual(others);
        expect(Object.keys(others).filter((name) => !(webhookFields as readonly string[]).includes(name))).toEqual([]);
      }),
    );
  });
});

describe('an event that nothing can be sent of', () => {
  test.each<[string, unknown, string]>([
    ['is none', undefined, '/ must be object'],
    ['is a list', [], '/ must be object'],
    ['has no id', { ...event, id: undefined }, '/id must be'],
    ['has an id that no header can have', { ...event, id: 'a\r\nb: c' }, '/id must be'],
    ['is of another type', { ...event, type: 'order.registered.v1' }, '/type must be one of'],
    ['has no time', { ...event, time: 5 }, '/time must be'],
    ['has no data', { ...event, data: null }, '/data must be object'],
    ['is of no store', { ...event, data: { ...event.data, storeId: '' } }, '/data/storeId must be'],
    ['has an object in a field', { ...event, data: { ...event.data, settlement: {} } }, '/data/settlement must be'],
  ])('%s', (_what, detail, problem) => {
    expect(readWebhook(detail)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
