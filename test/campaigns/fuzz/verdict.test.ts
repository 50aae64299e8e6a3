import { describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { flawOfAlarm } from './fuzz-rows.ts';
import { flawOfObserved } from './judge.ts';
import { requestOf } from './reference-cases.ts';
import { Reference } from './reference.ts';
import type { FuzzRequest } from './request.ts';
import { fuzzService, type ObservedResponse } from './service.ts';
import { flawOfStored } from './stored.ts';

const item = { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 1, amount: 50_000 };
const body = { orderNo: 'CAPTURED', totalCancelAmount: 50_000, items: [item] };
const cancel = requestOf(body);
const otherTax = requestOf({ ...body, items: [{ ...item, taxAmount: 4999 }] });
const refusal = requestOf({ ...body, items: [{ ...item, amount: 60_000.5, taxAmount: 6000 }] });
const stale = requestOf(body, 'KRW', [['If-Match', '"CAPTURED.9"']]);

/** What comes of the last of some requests, and what the contract asks for. */
async function sent(...requests: FuzzRequest[]) {
  const [service, reference] = [fuzzService(), new Reference()];
  let last:
    | { request: FuzzRequest; observed: ObservedResponse; verdict: ReturnType<Reference['verdictOn']> }
    | undefined;
  for (const request of requests) {
    const verdict = reference.verdictOn(request, startOfTest);
    const observed = await service.send(request);
    verdict.apply?.((JSON.parse(observed.body) as { data: CancellationData }).data);
    last = { request, observed, verdict };
  }
  if (last === undefined) throw new Error('Nothing was sent.');
  return {
    ...last,
    flaw: (observed: ObservedResponse) => flawOfObserved(last.request, observed, last.verdict),
    service,
    reference,
  };
}

type Doctor = (observed: ObservedResponse) => ObservedResponse;
const withHeader =
  (name: string, value: string | undefined): Doctor =>
  (observed) => ({
    ...observed,
    headers: { ...observed.headers, [name]: value },
  });
const rewritten =
  (from: string | RegExp, to: string): Doctor =>
  (observed) => ({
    ...observed,
    body: observed.body.replaceAll(from, to),
  });
const withErrors =
  (change: (errors: object[]) => object[]): Doctor =>
  (observed) => {
    const envelope = JSON.parse(observed.body) as { errors: object[] };
    return { ...observed, body: JSON.stringify({ ...envelope, errors: change(envelope.errors) }) };
  };
const withoutReplayed: Doctor = ({ headers: { 'idempotent-replayed': _left, ...headers }, ...observed }) => {
  return { ...observed, headers };
};
const added = { field: '/items/0/quantity', reason: 'QUANTITY_EXCEEDS_REMAINING', message: 'No.' };

describe('it is found when', () => {
  const rows: ReadonlyArray<[string, FuzzRequest[], Doctor, string]> = [
    ['a success has no ETag', [cancel], withHeader('etag', undefined), 'ETag'],
    ['a success has the ETag of before', [cancel], withHeader('etag', '"CAPTURED.1"'), 'ETag'],
    ['a replay has another ETag', [cancel, cancel], withHeader('etag', '"CAPTURED.3"'), 'ETag'],
    ['a 412 has no ETag', [stale], withHeader('etag', undefined), 'ETag'],
    ['the tax of an amount is not taken', [cancel], rewritten('TaxAmount":5000', 'TaxAmount":0'), 'taxes'],
    ['a first answer is declared as a replay', [cancel], withHeader('idempotent-replayed', 'true'), 'same again'],
    ['a replay is not declared', [cancel, cancel], withoutReplayed, 'same again'],
    ['a replay has another id', [cancel, cancel], rewritten(/RETREQ0/g, 'RETREQ1'), 'same again'],
    [
      'a duplicate does not name the first one',
      [cancel, otherTax],
      rewritten(/RETREQ\d+/g, 'it'),
      'does not name RETREQ',
    ],
    ['a broken rule is left out', [refusal], withErrors((errors) => errors.slice(1)), 'does not name'],
    ['a rule is named that is kept', [refusal], withErrors((errors) => [...errors, added]), 'which is not so'],
  ];
  test.each(rows)('%s', async (_name, requests, doctor, flaw) => {
    const last = await sent(...requests);
    expect(last.flaw(last.observed)).toBeUndefined();
    expect(last.flaw(doctor(last.observed))).toContain(flaw);
  });

  test('what is stored is not what the contract takes', async () => {
    const { service, reference } = await sent(cancel);
    const orders = service.orders();
    expect(flawOfStored(orders, reference)).toBeUndefined();
    const careless = orders.map((order) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, canceled: { ...line.canceled, taxMinor: 0n } })),
    }));
    expect(flawOfStored(careless, reference)).toContain('by the contract');
    expect(
      flawOfStored(
        orders.map((order) => ({ ...order, version: 1 })),
        reference,
      ),
    ).toContain('by the contract');
  });

  test('nobody is paged for a row that cannot be', () => {
    const observed = { status: 500, headers: {}, body: '', printed: '{"InvariantViolated":0}' };
    expect(flawOfAlarm(observed)).toBe('Nobody is paged.');
    expect(flawOfAlarm({ ...observed, printed: '{"InvariantViolated":1}' })).toBeUndefined();
  });
});
