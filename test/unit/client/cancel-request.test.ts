import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { requestErrors } from '../../../client/src/cancel-request.ts';
import { type CancelRequest, InvalidRequestError, totalOf } from '../../../client/src/payment-cancel-client.ts';
import { exampleRequest, itemOf, requestOf } from '../../fixtures/requests.ts';

const errorsOf = (request: unknown) =>
  requestErrors(request as CancelRequest).map(({ reason, field }) => `${reason} ${field}`);

describe('the total of items', () => {
  test.each([
    [[itemOf({ quantity: 2, amount: 50_000 }), itemOf(), itemOf()], 106_000],
    [[itemOf({ quantity: 3, amount: 19.99 }), itemOf({ quantity: 1, amount: 4.5 })], 64.47],
    [[itemOf({ amount: 0.1 }), itemOf({ amount: 0.2 })], 0.3],
    [[itemOf({ quantity: 3, amount: 1.005 })], 3.015],
    [[itemOf({ amount: 0 })], 0],
    [[itemOf({ amount: 0.0001 })], 0.0001],
    [[itemOf({ amount: 999_999_999_999_999 })], 999_999_999_999_999],
    [[], 0],
  ])('of %j is %d', (items, total) => {
    expect(totalOf(items)).toBe(total);
  });

  test('is exact: as whole cents add up', () => {
    const item = fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      cents: fc.integer({ min: 0, max: 10 ** 9 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 100 }), (items) => {
        const cents = items.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
        expect(totalOf(items.map(({ quantity, cents }) => ({ quantity, amount: cents / 100 })))).toBe(cents / 100);
      }),
    );
  });

  test.each([
    ['a float that does not add up', [{ quantity: 1, amount: 0.1 + 0.2 }], '/items/0/amount'],
    ['a fifth decimal', [{ quantity: 1, amount: 0.00005 }], '/items/0/amount'],
    ['a sixteenth digit', [{ quantity: 1, amount: 123_456_789_012.3456 }], '/items/0/amount'],
    ['an amount below 0', [{ quantity: 1, amount: -1 }], '/items/0/amount'],
    ['no number', [{ quantity: 1, amount: Number.NaN }], '/items/0/amount'],
    ['a second item of half a unit', [itemOf(), { quantity: 0.5, amount: 1 }], '/items/1/quantity'],
    ['a text', [{ quantity: 1, amount: '1' }], '/items/0/amount'],
    ['more digits than are exact', [{ quantity: 3, amount: 999_999_999_999_999 }], '/items'],
  ])('is refused for %s, with the place', (_what, items, field) => {
    const total = () => totalOf(items as CancelRequest['items']);
    expect(total).toThrow(InvalidRequestError);
    expect(total).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });
});

describe('a request', () => {
  test.each(['full-order', 'item-level', 'partial-amount'] as const)("may be the specification's %s", (example) => {
    expect(requestErrors(exampleRequest(example))).toEqual([]);
  });

  test('with the bare sum of the amounts is told that they are per unit', () => {
    const request = { ...exampleRequest('full-order'), totalCancelAmount: 56_000 };
    expect(requestErrors(request)).toEqual([
      {
        field: '/totalCancelAmount',
        reason: 'TOTAL_MISMATCH',
        message:
          'totalCancelAmount must be the sum of quantity x amount, 106000. ' +
          'The amounts are per unit: multiply each by its quantity.',
      },
    ]);
  });

  test('with the tax added is told that it is a part of the amounts', () => {
    const [error] = requestErrors({ ...exampleRequest('full-order'), totalCancelAmount: 116_000 });
    expect(error?.message).toMatch(/106000\. The tax is part of the amounts: do not add it\.$/);
  });

  test.each<[unknown, string[]]>([
    [undefined, ['FIELD_INVALID ']],
    ['text', ['FIELD_INVALID ']],
    [{}, ['FIELD_INVALID /orderNo', 'FIELD_INVALID /totalCancelAmount', 'FIELD_INVALID /items']],
    [requestOf([]), ['FIELD_INVALID /items']],
    [requestOf(Array.from({ length: 101 }, () => itemOf())), ['FIELD_INVALID /items']],
    [requestOf([itemOf({ quantity: 1_000_001 })]), ['FIELD_INVALID /items/0/quantity']],
    [requestOf([itemOf({ taxAmount: 1e-7 })]), ['FIELD_INVALID /items/0/taxAmount']],
    [requestOf([itemOf()], { totalCancelAmount: 1e15 }), ['FIELD_INVALID /totalCancelAmount']],
    [requestOf([itemOf()], { totalCancelAmount: 3000.0001 }), ['TOTAL_MISMATCH /totalCancelAmount']],
    [{ ...requestOf([itemOf()]), items: [null] }, ['FIELD_INVALID /items/0']],
  ])('%j is told every mistake with its place', (request, errors) => {
    expect(errorsOf(request)).toEqual(errors);
  });
});
