import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import type { Execution } from '../../../../lambda/domain/execution.ts';
import { eventTypes } from '../../../../lambda/events/event-names.ts';
import { refundEventSchemas } from '../../../../lambda/events/refund-event.schema.ts';
import { type RefundEvent, refundEventOf, requestEventOf } from '../../../../lambda/events/refund-event.ts';
import { anyExecution, anyRequestedExecution } from '../../../support/executions.ts';

const ajv = new Ajv({ allErrors: true });
const validators = new Map(eventTypes.map((type) => [type, ajv.compile(refundEventSchemas[type])]));
/** The same, without room for fields that are not named. */
const closed = new Map(eventTypes.map((type) => [type, ajv.compile(withoutMore(refundEventSchemas[type]))]));

const fits = (event: RefundEvent) => {
  const validate = validators.get(event.type);
  return validate?.(event) === true ? [] : (validate?.errors ?? 'no schema');
};

const requested: Execution = {
  storeId: 'STORE-1',
  orderNo: 'ORD-1',
  returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF',
  kind: 'VOID',
  currencyCode: 'USD',
  amountMinor: 1050n,
  attempt: 1,
  sequence: 0,
  status: 'REQUESTED',
  requestedAtMs: Date.UTC(2026, 0, 1),
  updatedAtMs: Date.UTC(2026, 0, 1),
  hasAccount: true,
};

describe('the schema of an event', () => {
  test('accepts whatever becomes of an execution, and names each field of it', () => {
    fc.assert(
      fc.property(anyExecution, (execution) => {
        const event = refundEventOf(execution);
        expect(fits(event)).toEqual([]);
        expect(closed.get(event.type)?.(event)).toBe(true);
      }),
    );
  });

  test('accepts the request of each attempt, whatever came after it', () => {
    fc.assert(
      fc.property(anyRequestedExecution, (execution) => {
        const event = requestEventOf(execution);
        expect(fits(event)).toEqual([]);
        expect(closed.get(event.type)?.(event)).toBe(true);
      }),
    );
  });

  test('accepts no event as one of another type', () => {
    fc.assert(
      fc.property(anyExecution, fc.constantFrom(...eventTypes), (execution, type) => {
        const event = refundEventOf(execution);
        expect(validators.get(type)?.(event)).toBe(type === event.type);
      }),
    );
  });

  test('accepts fields that it does not name: an event may get more', () => {
    const event = refundEventOf(requested);
    expect(fits({ ...event, traceparent: 'x', data: { ...event.data, channelId: 'ONLINE' } } as never)).toEqual([]);
  });

  const event = refundEventOf(requested);
  const dataWith = (data: object) => ({ ...event, data: { ...event.data, ...data } });
  const succeeded = refundEventOf({ ...requested, status: 'SUCCEEDED', sequence: 1, settlement: 'REFUNDED' });
  test.each([
    ['no attributes of CloudEvents', event.data],
    ['no data', { ...event, data: undefined }],
    ['another source', { ...event, source: 'refund-executor' }],
    ['an id of something else', { ...event, id: '1' }],
    ['the id of a report', { ...event, id: event.id.replace(/0$/, '1') }],
    ['a local time', { ...event, time: '2026-01-01T09:00:00.000+09:00' }],
    ['a subject without a store', { ...event, subject: 'ORD-1' }],
    ['a request with a number above 0', dataWith({ sequence: 1 })],
    ['attempt 0', dataWith({ attempt: 0 })],
    ['the kind of the other request', dataWith({ kind: 'REFUND' })],
    ['a status that is none', dataWith({ status: 'DONE' })],
    ['an amount as text', dataWith({ amount: '10.50' })],
    ['a negative amount', dataWith({ amount: -1 })],
    ['a currency that is none', dataWith({ currencyCode: 'XXX' })],
    ['no currency', dataWith({ currencyCode: undefined })],
    ['the account instead of its row', dataWith({ accountRef: { accountNumber: '1234567890', bankCode: '001' } })],
    ['the account of no attempt', dataWith({ accountRef: { ...event.data.accountRef, refundKey: 'RETREQ1' } })],
    ['a void that was released as a refund', { ...succeeded, data: { ...succeeded.data, settlement: 'VOIDED' } }],
    ['a refund as a void', { ...succeeded, type: 'payment.voided.v1' }],
  ])('refuses %s', (_name, wrong) => {
    expect(fits({ ...wrong, type: (wrong as RefundEvent).type ?? event.type } as RefundEvent)).not.toEqual([]);
  });

  test('has a sentence at each field', () => {
    expect(eventTypes.flatMap((type) => withoutSentence(refundEventSchemas[type]))).toEqual([]);
  });
});

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

function withoutMore(schema: Schema): object {
  const { properties, ...others } = schema;
  if (properties === undefined || schema.type !== 'object') return schema;
  const fields = Object.entries(properties).map(([name, field]) => [name, withoutMore(field)]);
  return { ...others, additionalProperties: false, properties: Object.fromEntries(fields) };
}

function withoutSentence({ properties = {} }: Schema): string[] {
  return Object.entries(properties).flatMap(([name, field]) => [
    ...(field.description === undefined && name !== 'data' ? [name] : []),
    ...withoutSentence(field),
  ]);
}
