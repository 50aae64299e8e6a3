import { describe, expect, jest, test } from '@jest/globals';
import {
  cancellationKeyOf,
  idempotencyKeyIn,
  judgeRepeat,
  type Repeat,
  retryWindowMs,
} from '../../../../lambda/domain/idempotency.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { first } from '../../../support/decisions.ts';

const createdAtMs = 1_767_129_253_909;
const dayMs = 86_400_000;

/** Of the first and the third line. */
type Taxes = ReadonlyArray<number | undefined>;

interface Sent {
  readonly requestDigest?: string;
  readonly hasIdempotencyKey?: boolean;
  readonly taxes?: Taxes;
  readonly accountTag?: string | undefined;
  readonly afterMs?: number;
}

/** The first line has a tax, the third has none. */
const itemsWith = ([ofFirst, ofThird]: Taxes) => [
  { ...first, ...(ofFirst === undefined ? {} : { taxAmount: ofFirst }) },
  itemOf(ofThird === undefined ? {} : { taxAmount: ofThird }),
];

/** What a second request is after a first one. */
function judge(earlier: Sent, { hasIdempotencyKey = false, afterMs = 0, ...repeated }: Sent): Repeat {
  return judgeRepeat(
    {
      requestDigest: earlier.requestDigest ?? 'one',
      createdAtMs,
      items: itemsWith(earlier.taxes ?? []),
      accountTag: earlier.accountTag,
    },
    {
      request: requestOf(itemsWith(repeated.taxes ?? [])),
      requestDigest: repeated.requestDigest ?? 'one',
      hasIdempotencyKey,
      accountTag: () => repeated.accountTag ?? '0000',
    },
    orderOf(),
    createdAtMs + afterMs,
  );
}

const replay: Repeat = { kind: 'REPLAY' };
const reused: Repeat = { kind: 'KEY_REUSED' };
const duplicate = (...differences: string[]): Repeat => ({ kind: 'DUPLICATE', differences });

test('an identical request is taken for a retry for 24 hours', () => {
  expect(retryWindowMs).toBe(dayMs);
});

test.each<[string, string, boolean, number, Repeat]>([
  ['the same request with its key at once', 'one', true, 0, replay],
  ['the same request with its key, years later', 'one', true, 3650 * dayMs, replay],
  ['another request with the key', 'other', true, 0, reused],
  ['another request with the key, later', 'other', true, 2 * dayMs, reused],
  ['the same request without a key at once', 'one', false, 0, replay],
  ['the same request without a key after exactly 24 hours', 'one', false, dayMs, replay],
  ['the same request without a key one millisecond later', 'one', false, dayMs + 1, duplicate()],
  ['the same request without a key, seen by a clock that is behind', 'one', false, -5, replay],
])('%s', (_when, requestDigest, hasIdempotencyKey, afterMs, repeat) => {
  expect(judge({}, { requestDigest, hasIdempotencyKey, afterMs })).toEqual(repeat);
});

describe('taxes are the same', () => {
  test.each<[string, Taxes, Taxes]>([
    ['when they are equal', [5000], [5000]],
    ['when both are left out', [], []],
    ['when both are 0', [0], [0]],
    ['on a line without tax: none and 0', [], [undefined, 0]],
    ['on a line without tax: 0 and none', [undefined, 0], []],
  ])('%s', (_when, one, other) => {
    expect(judge({ taxes: one }, { taxes: other })).toEqual(replay);
    expect(judge({ taxes: one }, { taxes: other, hasIdempotencyKey: true })).toEqual(replay);
  });

  test.each<[string, Taxes, Taxes]>([
    ['one is left out', [5000], []],
    ['the other is left out', [], [5000]],
    ['one is 0 and one is left out, on a line with tax', [0], []],
    ['they differ by one', [5000], [4999]],
  ])('and not when %s', (_when, one, other) => {
    expect(judge({ taxes: one }, { taxes: other })).toEqual(duplicate('/items/0/taxAmount'));
    expect(judge({ taxes: one }, { taxes: other, hasIdempotencyKey: true })).toEqual(reused);
    expect(judge({ taxes: one }, { taxes: other, afterMs: 2 * dayMs })).toEqual(duplicate('/items/0/taxAmount'));
  });

  test('whatever the sequence of the items, and the item is named by its place in the repeated request', () => {
    const earlier = { requestDigest: 'one', createdAtMs, items: itemsWith([5000]), accountTag: undefined };
    const repeats = [5000, 1].map((taxAmount) => {
      const request = requestOf([itemOf(), { ...first, taxAmount }]);
      const repeated = { request, requestDigest: 'one', hasIdempotencyKey: false, accountTag: () => '0000' };
      return judgeRepeat(earlier, repeated, orderOf(), createdAtMs);
    });
    expect(repeats).toEqual([replay, duplicate('/items/1/taxAmount')]);
  });
});

describe('refund accounts are the same', () => {
  test('when their tags are', () => {
    expect(judge({ accountTag: 'abcd' }, { accountTag: 'abcd' })).toEqual(replay);
  });

  test('when the account of the first made no difference, and then the second is not even looked at', () => {
    const earlier = { requestDigest: 'one', createdAtMs, items: itemsWith([]), accountTag: undefined };
    const accountTag = jest.fn(() => 'abcd');
    const repeated = { request: requestOf(itemsWith([])), requestDigest: 'one', hasIdempotencyKey: false, accountTag };
    expect(judgeRepeat(earlier, repeated, orderOf(), createdAtMs)).toEqual(replay);
    expect(accountTag).not.toHaveBeenCalled();
  });

  test('and not when their tags differ', () => {
    const [one, other] = [{ accountTag: 'abcd' }, { accountTag: 'abce' }];
    expect(judge(one, other)).toEqual(duplicate('/refundAccount'));
    expect(judge(one, { ...other, hasIdempotencyKey: true })).toEqual(reused);
  });
});

test('everything that differs is named', () => {
  expect(judge({ accountTag: 'abcd', taxes: [5000] }, { accountTag: '0000', taxes: [] })).toEqual(
    duplicate('/items/0/taxAmount', '/refundAccount'),
  );
});

describe('a cancellation key', () => {
  test('is the idempotency key where there is one, and can be read back', () => {
    expect(cancellationKeyOf('key', 'digest')).not.toBe(cancellationKeyOf('other', 'digest'));
    expect(cancellationKeyOf('key', 'digest')).toBe(cancellationKeyOf('key', 'other'));
    expect(idempotencyKeyIn(cancellationKeyOf('D#key', 'digest'))).toBe('D#key');
  });

  test('is the digest otherwise, which no idempotency key can look like', () => {
    expect(cancellationKeyOf(undefined, 'one')).not.toBe(cancellationKeyOf(undefined, 'other'));
    expect(cancellationKeyOf(undefined, 'one')).not.toBe(cancellationKeyOf('one', 'one'));
    expect(idempotencyKeyIn(cancellationKeyOf(undefined, 'one'))).toBeUndefined();
  });
});
