import { beforeAll, describe, expect, test } from '@jest/globals';
import { runNode } from '../../support/run-node.ts';

interface Row {
  readonly requests: number;
  readonly connections: number;
  readonly isHot: boolean;
  readonly failed: number;
  readonly differs: number;
  readonly callsPerSuccess: number;
  readonly writesPerSuccess: number;
  readonly drainedByIdeal: number;
}

let rows: readonly Row[];
let hot: readonly Row[];

beforeAll(async () => {
  // A process of its own, because its timers are virtual.
  const { stdout } = await runNode(['test/campaigns/simulation/hot-order.ts', '--runs', '2']);
  rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  hot = rows.filter(({ isHot }) => isHot);
});

describe('many cancellations of one order at once', () => {
  test('are all made at the first try, over 50 and over 200 connections', () => {
    expect(hot.map(({ requests, connections }) => [requests, connections])).toEqual([
      [200, 50],
      [200, 200],
      [1000, 50],
    ]);
    expect(hot.filter(({ failed }) => failed > 0)).toEqual([]);
    expect(rows.filter(({ differs }) => differs > 0)).toEqual([]);
  });

  test('send at most eight writes for each that is made', () => {
    expect(hot.filter(({ writesPerSuccess }) => !(writesPerSuccess <= 8))).toEqual([]);
  });

  test('take at most three times as long as one after another', () => {
    expect(hot.filter(({ drainedByIdeal }) => !(drainedByIdeal <= 3))).toEqual([]);
  });
});

test('a cancellation that meets no other is one read and one write', () => {
  expect(rows.find(({ requests }) => requests === 1)).toMatchObject({ callsPerSuccess: 2, writesPerSuccess: 1 });
});
