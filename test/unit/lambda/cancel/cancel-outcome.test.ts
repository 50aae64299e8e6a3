import { describe, expect, test } from '@jest/globals';
import { outcomeOfOwnRecord, outcomeOfRecord } from '../../../../lambda/cancel/cancel-outcome.ts';
import type { RequestHeaders } from '../../../../lambda/contract/headers.ts';
import type { CancellationRequest } from '../../../../lambda/domain/cancellation.ts';
import type { CancellationRecord } from '../../../../lambda/dynamodb/items.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { commandFor, idOf, recordOf } from '../../../support/commands.ts';

const dayMs = 86_400_000;
const account = { accountNumber: '110-123-456789', bankCode: '004', accountHolderName: 'Kim' };
/** Of a taxed line and of one without tax. */
const request = requestOf([itemOf({ seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 5000 }), itemOf()], {
  refundAccount: account,
});
const [taxed = itemOf(), untaxed = itemOf()] = request.items;
const order = orderOf({ refundMethod: 'BANK_ACCOUNT', version: 4 });
const key = (header: 'X-Idempotency-Key' | 'Idempotency-Key') => ({ idempotencyKey: { header, value: 'k' } });
const withKey = key('X-Idempotency-Key');

interface Repeat {
  /** Of both requests. */
  readonly headers?: Partial<RequestHeaders>;
  /** The second request, where it is another one. */
  readonly body?: CancellationRequest;
  readonly second?: Partial<RequestHeaders>;
  readonly afterMs?: number;
  readonly record?: Partial<CancellationRecord>;
}

/** The outcome of a request that comes after another one with the same cancellation key. */
function repeat({ headers = {}, body = request, second = {}, afterMs = 0, record: overrides = {} }: Repeat) {
  const first = commandFor(request, headers, idOf(1));
  const record = recordOf(first, { accountTag: first.accountTag(), ...overrides }, order);
  const outcome = outcomeOfRecord(
    record,
    order,
    commandFor(body, { ...headers, ...second }, idOf(2)),
    startOfTest + afterMs,
  );
  return { outcome, record };
}

/** The refusal with its places, each as `REASON place`. */
function refusalOf({ outcome }: ReturnType<typeof repeat>): readonly unknown[] {
  if (outcome.ok) return ['a success'];
  return [outcome.refusal, ...outcome.violations.map(({ reason, at }) => `${reason} ${Object.values(at)[0]}`)];
}

test('a record of this very request is its success, and no replay', () => {
  const command = commandFor(request);
  const record = recordOf(command, {}, order);
  const canceled = {
    ok: true,
    data: JSON.parse(record.dataJson) as object,
    kind: 'REFUND',
    isReplay: false,
    etag: '"ORD20251224001.5"',
  };
  expect(outcomeOfOwnRecord(record)).toEqual(canceled);
  // Whatever its time, and whatever the order says by now.
  const later = orderOf({ version: 9, currencyCode: 'USD' });
  expect(outcomeOfRecord(record, later, command, startOfTest + 2 * dayMs)).toEqual(canceled);
});

test('the ETag of a replay is that of the state which the first one made', () => {
  const { outcome, record } = repeat({ record: { orderVersion: 2 } });
  expect(outcome).toEqual({
    ok: true,
    data: JSON.parse(record.dataJson),
    kind: 'REFUND',
    isReplay: true,
    etag: '"ORD20251224001.2"',
  });
});

describe('the same request', () => {
  test.each<[string, Repeat]>([
    ['with a key, at any time', { headers: withKey, afterMs: 400 * dayMs }],
    ['with the key in the other header', { headers: withKey, second: key('Idempotency-Key') }],
    ['without a key, within a day', { afterMs: dayMs }],
    ['for a state that has passed', { second: { ifMatch: '"ORD20251224001.4"' } }],
    ['with the tax 0 of a line without tax', { body: { ...request, items: [taxed, { ...untaxed, taxAmount: 0 }] } }],
    [
      'without hyphens in its account',
      { body: { ...request, refundAccount: { ...account, accountNumber: 110123456789 } } },
    ],
    [
      'with another account, where no account was needed',
      { body: { ...request, refundAccount: {} }, record: { accountTag: undefined } },
    ],
    [
      'without an account, where none was needed',
      { body: requestOf(request.items), record: { accountTag: undefined } },
    ],
  ])('is replayed %s', (_how, again) => {
    expect(repeat(again).outcome).toMatchObject({ ok: true, isReplay: true });
  });

  test('is refused in another currency, with a key or without', () => {
    for (const headers of [{}, withKey]) {
      const refused = repeat({ headers, second: { currencyCode: 'USD' } });
      expect(refusalOf(refused)).toEqual(['RULES_BROKEN', 'CURRENCY_MISMATCH X-Currency-Code']);
      expect(refused.outcome).toMatchObject({ violations: [{ shown: 'KRW' }] });
    }
  });

  test('without a key is refused after a day, naming the first one', () => {
    const refused = repeat({ afterMs: dayMs + 1 });
    expect(refusalOf(refused)).toEqual(['DUPLICATE', 'DUPLICATE_CANCELLATION X-Idempotency-Key']);
    expect(refused.outcome).toMatchObject({ violations: [{ shown: `RETREQ${idOf(1)}` }] });
    expect(refused.outcome).not.toMatchObject({ violations: [{ ruleCase: 'DIFFERS' }] });
  });
});

describe('a request that differs in its tax or account', () => {
  const otherTax = { ...request, items: [{ ...taxed, taxAmount: 4000 }, untaxed] };
  const { taxAmount: _tax, ...withoutTax } = taxed;
  const differing: ReadonlyArray<readonly [string, CancellationRequest, readonly string[]]> = [
    ['its tax', otherTax, ['/items/0/taxAmount']],
    ['its tax, which it leaves out', { ...request, items: [withoutTax, untaxed] }, ['/items/0/taxAmount']],
    ['its tax, at its own place', { ...otherTax, items: otherTax.items.toReversed() }, ['/items/1/taxAmount']],
    ['its account', { ...request, refundAccount: { ...account, accountNumber: '1' } }, ['/refundAccount']],
    ['its account, which it leaves out', requestOf(request.items), ['/refundAccount']],
    [
      'its tax and its account',
      { ...otherTax, refundAccount: { ...account, bankCode: '005' } },
      ['/items/0/taxAmount', '/refundAccount'],
    ],
  ];

  test.each(differing)('%s, with a key, reuses the key', (_what, body) => {
    expect(refusalOf(repeat({ headers: withKey, body }))).toEqual([
      'KEY_REUSED',
      'IDEMPOTENCY_KEY_REUSED X-Idempotency-Key',
    ]);
  });

  test.each(differing)('%s, without a key, is a duplicate that says what differs', (_what, body, places) => {
    const refused = repeat({ body });
    expect(refusalOf(refused)).toEqual(['DUPLICATE', ...places.map((place) => `DUPLICATE_CANCELLATION ${place}`)]);
    const violation = expect.objectContaining({ ruleCase: 'DIFFERS', shown: `RETREQ${idOf(1)}` });
    expect(refused.outcome).toMatchObject({ violations: places.map(() => violation) });
    expect(JSON.stringify(refused.outcome)).not.toContain('123');
  });

  test('comes before another currency', () => {
    expect(refusalOf(repeat({ body: otherTax, second: { currencyCode: 'USD' } }))[0]).toBe('DUPLICATE');
  });
});

test('another request with the key reuses it, and is named by the header that it came in', () => {
  const body = requestOf([itemOf({ amount: 1 })]);
  expect(refusalOf(repeat({ headers: key('Idempotency-Key'), body, second: { currencyCode: 'USD' } }))).toEqual([
    'KEY_REUSED',
    'IDEMPOTENCY_KEY_REUSED Idempotency-Key',
  ]);
});

test('the tax of a line counts by the line, not by what was sent', () => {
  const untaxedOrder = orderOf({
    lines: [lineOf({ seq: 1, itemId: 'P001', unitTaxMinor: 0n }), ...order.lines.slice(1)],
  });
  const command = commandFor(requestOf([itemOf({ seq: 1, itemId: 'P001', amount: 50_000 })]), {}, idOf(1));
  const again = commandFor(requestOf([itemOf({ seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 0 })]), {}, idOf(2));
  const record = recordOf(command, {}, untaxedOrder);
  expect(outcomeOfRecord(record, untaxedOrder, again, startOfTest)).toMatchObject({ isReplay: true });
  expect(outcomeOfRecord(record, orderOf(), again, startOfTest)).toMatchObject({ refusal: 'DUPLICATE' });
});
