import { describe, expect, test } from '@jest/globals';
import { impossibleAttributesOfOrder } from '../../../../lambda/dynamodb/impossible-rows.ts';
import { orderRow } from '../../../../lambda/dynamodb/items.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';

const half = { units: 1, amountMinor: 50_000n, taxMinor: 5000n };
const row = orderRow(orderOf({ lines: [lineOf(), lineOf({ seq: 2, canceled: half })] }));
const [line, ...others] = row.lines;

const impossibleIn = (changes: object) => impossibleAttributesOfOrder({ ...row, ...changes });
const impossibleInLine = (changes: object) => impossibleIn({ lines: [{ ...line, ...changes }, ...others] });

describe('what the audit names of an order that cannot be', () => {
  test('is nothing of one that the service writes', () => {
    expect(impossibleIn({})).toEqual([]);
  });

  test.each([
    ['cur', { cur: 'XXX' }],
    ['cur', { cur: undefined }],
    ['st', { st: 'PAID' }],
    ['rm', { rm: undefined }],
    ['rm', { rm: 'bank' }],
    ['v', { v: undefined }],
    ['v', { v: '1' }],
    ['v', { v: 1.5 }],
    ['v', { v: 0n }],
    ['lines', { lines: [] }],
    ['lines', { lines: null }],
    ['lines[0]', { lines: [null, ...others] }],
    ['lines[0]', { lines: ['P001', ...others] }],
  ])('is %s of %j', (attribute, changes) => {
    expect(impossibleIn(changes)).toEqual([attribute]);
  });

  test.each([
    ['s', { s: 0n }],
    ['ty', { ty: 'physical' }],
    ['id', { id: '' }],
    ['q', { q: 0n }],
    ['a', { a: -1n, t: 0n }],
    ['t', { t: 50_001n }],
    ['t', { t: -1n }],
    ['c', { c: null }],
    ['c', { c: 'all' }],
    ['c', { c: { q: 1n, a: 1n } }],
  ])('is %s of the line: %j', (attribute, changes) => {
    expect(impossibleInLine(changes)).toEqual([`lines[0].${attribute}`]);
  });

  test('is everything at once', () => {
    expect(impossibleIn({ st: 'PAID', v: null, lines: [{ ...line, q: null, t: null }, null] })).toEqual([
      'st',
      'v',
      'lines[0].q',
      'lines[0].t',
      'lines[1]',
    ]);
  });
});
