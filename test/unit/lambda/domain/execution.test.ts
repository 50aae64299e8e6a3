import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  executionStatuses,
  judgeReport,
  reportedStatuses,
  resolveObstacleOf,
  retryObstacleOf,
} from '../../../../lambda/domain/execution.ts';
import { executionWith, reportWith } from '../../../support/refunds.ts';

const taken = { kind: 'TAKEN', isSuccessAfterFailure: false };

describe('a report', () => {
  test.each([
    ['the first one', {}, {}, taken],
    ['a later one', { sequence: 1, status: 'PENDING' }, { sequence: 2 }, taken],
    ['one that skips a number', {}, { sequence: 7 }, taken],
    ['a failure after a success', { sequence: 1, status: 'SUCCEEDED' }, { sequence: 2, status: 'FAILED' }, taken],
    [
      'a success after a failure',
      { sequence: 1, status: 'FAILED' },
      { sequence: 2 },
      { kind: 'TAKEN', isSuccessAfterFailure: true },
    ],
    ['the same one again', { sequence: 1, status: 'SUCCEEDED' }, {}, { kind: 'REPEATED' }],
    [
      'one with the same number that says something else',
      { sequence: 1, status: 'FAILED' },
      {},
      { kind: 'REFUSED', because: 'CONTRADICTS' },
    ],
    ['an earlier one', { sequence: 2, status: 'FAILED' }, {}, { kind: 'STALE' }],
    ['a failure of an earlier attempt', { attempt: 2 }, { status: 'FAILED' }, { kind: 'STALE' }],
    ['a success of an earlier attempt', { attempt: 2 }, {}, { kind: 'PAID_TWICE' }],
    [
      'a success of an earlier attempt, late',
      { attempt: 2, status: 'SUCCEEDED', sequence: 3 },
      {},
      { kind: 'PAID_TWICE' },
    ],
    [
      'the release of an earlier attempt, which moved no money',
      { attempt: 2, kind: 'REFUND' },
      { settlement: 'VOIDED' },
      { kind: 'STALE' },
    ],
    [
      'one about money that the platform has moved',
      { origin: 'PLATFORM', sequence: 1, status: 'SUCCEEDED' },
      { sequence: 2, status: 'FAILED' },
      { kind: 'REFUSED', because: 'NOT_ASKED' },
    ],
    ['one of an attempt that has not begun', {}, { attempt: 2 }, { kind: 'UNKNOWN' }],
    ['a success of what was resolved', { status: 'RESOLVED', sequence: 1 }, { sequence: 2 }, { kind: 'PAID_TWICE' }],
    [
      'a failure of what was resolved',
      { status: 'RESOLVED', sequence: 1 },
      { sequence: 2, status: 'FAILED' },
      { kind: 'STALE' },
    ],
    ['one of another amount', {}, { amountMinor: 3001n }, { kind: 'REFUSED', because: 'OTHER_AMOUNT' }],
    ['one in another currency', {}, { currencyCode: 'USD' }, { kind: 'REFUSED', because: 'OTHER_CURRENCY' }],
    [
      'one of another amount, of an earlier attempt',
      { attempt: 2 },
      { amountMinor: 1n },
      { kind: 'REFUSED', because: 'OTHER_AMOUNT' },
    ],
  ] as const)('%s', (_what, execution, report, verdict) => {
    expect(judgeReport(executionWith(execution), reportWith(report))).toEqual(verdict);
  });

  test('about nothing that is known may come too early', () => {
    expect(judgeReport(undefined, reportWith())).toEqual({ kind: 'UNKNOWN' });
  });

  test('is taken exactly if the condition of the write holds', () => {
    const number = fc.integer({ min: 1, max: 3 });
    const execution = fc.record({
      attempt: number,
      sequence: fc.integer({ min: 0, max: 3 }),
      status: fc.constantFrom(...executionStatuses),
      amountMinor: fc.constantFrom(3000n, 1n),
    });
    const report = fc.record({ attempt: number, sequence: number, status: fc.constantFrom(...reportedStatuses) });
    fc.assert(
      fc.property(execution, report, (is, says) => {
        const isTaken = judgeReport(executionWith(is), reportWith(says)).kind === 'TAKEN';
        const condition =
          is.attempt === says.attempt &&
          is.sequence < says.sequence &&
          is.status !== 'RESOLVED' &&
          is.amountMinor === 3000n;
        expect(isTaken).toBe(condition);
      }),
    );
  });
});

test.each([
  ['REQUESTED', false, false, true],
  ['PENDING', false, false, true],
  ['SUCCEEDED', false, false, false],
  ['FAILED', true, true, true],
  ['RESOLVED', false, false, false],
] as const)('a refund that is %s: retried %s, resolved %s, resolved although pending %s', (status, ...can) => {
  const execution = executionWith({ status });
  expect([
    retryObstacleOf(execution) === undefined,
    resolveObstacleOf(execution, false) === undefined,
    resolveObstacleOf(execution, true) === undefined,
  ]).toEqual(can);
});
