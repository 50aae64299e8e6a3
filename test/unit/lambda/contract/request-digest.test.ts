import { describe, expect, test } from '@jest/globals';
import { requestDigestOf } from '../../../../lambda/contract/request-digest.ts';
import type { CancellationRequest } from '../../../../lambda/domain/cancellation.ts';
import { exampleRequest, exampleText, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';

const digestOf = (text: string) => requestDigestOf(JSON.parse(text) as CancellationRequest);
const reversed = (object: object) => Object.fromEntries(Object.entries(object).toReversed());
const request = exampleRequest('full-order');
const digest = requestDigestOf(request);

test('a digest is a SHA-256 in hex and its canonical form never changes: records keep it for ever', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digest).toBe('6f00aa683efba2509c30c511697d1c6ac43e2055901c3ac00b25c3fee1bf9592');
});

describe('the same cancellation has the same digest, however it is written', () => {
  const text = exampleText('full-order', 'request');

  test.each([
    ['106000.0', '106000'],
    ['106000.0', '1.06e5'],
    ['50000.0', '5E4'],
    ['3000.0', '3000.000'],
    [' 0.0', ' 0'],
    [' 0.0', ' -0'],
    ['"1234567890"', '1234567890'],
    ['"John Doe"', '"\\u004aohn Doe"'],
  ])('%s or %s', (written, otherwise) => {
    expect(text).toContain(written);
    expect(digestOf(text.replaceAll(written, otherwise))).toBe(digest);
  });

  test('white space or none', () => {
    expect(digestOf(JSON.stringify(JSON.parse(text)))).toBe(digest);
  });

  test('its fields in another order', () => {
    const { orderNo, totalCancelAmount, refundAccount, items } = request;
    const reordered = {
      items: items.map((item) => reversed(item)),
      refundAccount: reversed(refundAccount ?? {}),
      totalCancelAmount,
      orderNo,
    };
    expect(digestOf(JSON.stringify(reordered))).toBe(digest);
  });

  test('its items in another order', () => {
    expect(requestDigestOf({ ...request, items: request.items.toReversed() })).toBe(digest);
  });

  test('with ten and more items, which sort as numbers', () => {
    const items = Array.from({ length: 12 }, (_, index) => itemOf({ seq: index + 1 }));
    expect(requestDigestOf(requestOf(items.toReversed()))).toBe(requestDigestOf(requestOf(items)));
  });

  // A retry that spells these differently must not pay twice. What they say is compared with the record instead.
  test.each<[string, CancellationRequest]>([
    ['any tax', requestOf([itemOf({ taxAmount: 0 })])],
    ['another tax', requestOf([itemOf({ taxAmount: 5 })])],
    ['an empty refund account', requestOf([itemOf()], { refundAccount: {} })],
    ['any refund account', requestOf([itemOf()], { refundAccount: { accountNumber: '1', bankCode: '2' } })],
  ])('%s or none', (_what, spelt) => {
    expect(requestDigestOf(spelt)).toBe(requestDigestOf(requestOf([itemOf()])));
  });
});

describe('another cancellation has another digest', () => {
  const base = requestOf([itemOf(), itemOf({ seq: 2, itemId: 'P002' })]);
  const [one = itemOf(), two = itemOf()] = base.items;

  test.each<[string, CancellationRequest]>([
    ['order', { ...base, orderNo: 'ORD20251224002' }],
    ['total', { ...base, totalCancelAmount: 6000.01 }],
    ['number of items', { ...base, items: [one] }],
    ['seq', { ...base, items: [{ ...one, seq: 4 }, two] }],
    ['item type', { ...base, items: [{ ...one, itemType: 'DELIVERY' }, two] }],
    ['item id', { ...base, items: [{ ...one, itemId: 'P004' }, two] }],
    ['quantity', { ...base, items: [{ ...one, quantity: 2 }, two] }],
    ['amount', { ...base, items: [{ ...one, amount: 2999 }, two] }],
  ])('by another %s', (_field, other) => {
    expect(requestDigestOf(other)).not.toBe(requestDigestOf(base));
  });
});
