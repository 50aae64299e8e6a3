import { describe, expect, test } from '@jest/globals';
import { isConditionMet, updated } from '../../support/dynamodb-expressions.ts';

describe('an expression', () => {
  test('of a condition holds for the item alone that it describes', () => {
    const given = { ExpressionAttributeNames: { '#v': 'v' }, ExpressionAttributeValues: { ':one': 1 } };
    const holds = (item: Record<string, unknown> | undefined) =>
      isConditionMet('#v = :one AND attribute_not_exists(gone)', item, given);
    expect(holds({ v: 1n })).toBe(true);
    expect(holds({ v: 2n })).toBe(false);
    expect(holds({ v: 1n, gone: '' })).toBe(false);
    expect(holds(undefined)).toBe(false);
  });

  test('compares numbers, and what is there with what must not be', () => {
    const given = { ExpressionAttributeValues: { ':two': 2, ':x': 'x' } };
    const holds = (expression: string, item: Record<string, unknown>) => isConditionMet(expression, item, given);
    expect([1n, 2n, 3n].map((v) => holds('v < :two', { v }))).toEqual([true, false, false]);
    expect([1n, 2n, 3n].map((v) => holds('v <= :two', { v }))).toEqual([true, true, false]);
    expect([{ t: 'x' }, { t: 'y' }, {}].map((item) => holds('t <> :x', item))).toEqual([false, true, true]);
    expect(holds('v < :two', {})).toBe(false);
  });

  test('compares with lists, and as a whole what is one', () => {
    const given = { ExpressionAttributeValues: { ':x': 'x', ':y': 'y', ':list': [{ n: 1 }] } };
    const holds = (expression: string, item: Record<string, unknown>) => isConditionMet(expression, item, given);
    expect([{ t: 'x' }, { t: 'y' }, { t: 'z' }, {}].map((item) => holds('t IN (:x, :y)', item))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([[{ n: 1n }], [{ n: 2n }]].map((list) => holds('list = :list', { list }))).toEqual([true, false]);
  });

  test('of an update adds, keeps what is there, and removes', () => {
    const given = { ExpressionAttributeNames: { '#v': 'v' }, ExpressionAttributeValues: { ':one': 1, ':x': 'x' } };
    expect(updated('SET #v = #v + :one, old = if_not_exists(old, :x)', { v: 4n }, given)).toEqual({ v: 5n, old: 'x' });
    expect(updated('SET old = if_not_exists(old, :x) REMOVE a', { old: 'y', a: 1n }, given)).toEqual({ old: 'y' });
    expect(updated('REMOVE a, #v', { a: 1n, b: 2n, v: 3n }, given)).toEqual({ b: 2n });
    expect(() => updated('SET v = v + :one', {}, given)).toThrow('Only numbers are added.');
  });

  test('of an update leaves the item as it was, and makes another', () => {
    const item = { list: [{ a: 1n }, { a: 2n }] };
    const given = { ExpressionAttributeValues: { ':x': { deep: [3] } } };
    expect(updated('SET list[0].b = :x, top = :x', item, given)).toEqual({
      list: [{ a: 1n, b: { deep: [3n] } }, { a: 2n }],
      top: { deep: [3n] },
    });
    expect(item).toEqual({ list: [{ a: 1n }, { a: 2n }] });
  });
});
