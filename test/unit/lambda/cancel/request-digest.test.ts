import { describe, expect, test } from '@jest/globals';
import { requestDigestOf } from '../../../../lambda/cancel/request-digest.ts';
import type { CancellationRequest } from '../../../../lambda/domain/cancellation.ts';
import { exampleRequest, exampleText, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';

const digestOf = (text: string) => requestDigestOf(JSON.parse(text) as CancellationRequest);
const reversed = (object: object) => Object.fromEntries(Object.entries(object).toReversed());
const request = exampleRequest('full-order');
const digest = requestDigestOf(request);

test('a digest is a SHA-256 in hex and its canonical form never changes: records keep it for ever', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digest).toBe('14d661bdaed83566c290863a5c6cf22638ed5ba0c97e87dae2218a378800ca4d');
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

  test('a taxAmount of 0 or none', () => {
    expect(requestDigestOf(requestOf([itemOf({ taxAmount: 0 })]))).toBe(requestDigestOf(requestOf([itemOf()])));
  });

  test('an empty refund account or none', () => {
    expect(requestDigestOf(requestOf([itemOf()], { refundAccount: {} }))).toBe(requestDigestOf(requestOf([itemOf()])));
  });
});

describe('another cancellation has another digest', () => {
  const account = { accountNumber: '1', bankCode: '2', accountHolderName: '3' };
  const base = requestOf([itemOf(), itemOf({ seq: 2, itemId: 'P002' })], { refundAccount: account });
  const [one = itemOf(), two = itemOf()] = base.items;

  test.each<[string, CancellationRequest]>([
    ['order', { ...base, orderNo: 'ORD20251224002' }],
    ['total', { ...base, totalCancelAmount: 6000.01 }],
    ['account number', { ...base, refundAccount: { ...account, accountNumber: '01' } }],
    ['bank', { ...base, refundAccount: { ...account, bankCode: '3' } }],
    ['holder', { ...base, refundAccount: { ...account, accountHolderName: '4' } }],
    ['field of the account', { ...base, refundAccount: { bankCode: '1', accountNumber: '2', accountHolderName: '3' } }],
    ['number of items', { ...base, items: [one] }],
    ['seq', { ...base, items: [{ ...one, seq: 4 }, two] }],
    ['item type', { ...base, items: [{ ...one, itemType: 'DELIVERY' }, two] }],
    ['item id', { ...base, items: [{ ...one, itemId: 'P004' }, two] }],
    ['quantity', { ...base, items: [{ ...one, quantity: 2 }, two] }],
    ['amount', { ...base, items: [{ ...one, amount: 2999 }, two] }],
    ['tax', { ...base, items: [{ ...one, taxAmount: 1 }, two] }],
  ])('by another %s', (_field, other) => {
    expect(requestDigestOf(other)).not.toBe(requestDigestOf(base));
  });

  test('by an account without one of its fields', () => {
    const digests = (['accountNumber', 'bankCode', 'accountHolderName'] as const).map((name) => {
      const { [name]: _omitted, ...refundAccount } = account;
      return requestDigestOf({ ...base, refundAccount });
    });
    expect(new Set([...digests, requestDigestOf(base)]).size).toBe(4);
  });
});
