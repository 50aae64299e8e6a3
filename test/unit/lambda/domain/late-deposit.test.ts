import { expect, test } from '@jest/globals';
import { type ExecutionStatus, executionStatuses, settlements } from '../../../../lambda/domain/execution.ts';
import { judgeLateDeposit } from '../../../../lambda/domain/late-deposit.ts';
import { executionWith } from '../../../support/refunds.ts';

test('a deposit waits for the execution of the void', () => {
  expect(judgeLateDeposit(undefined)).toBe('NOT_YET');
});

const verdicts: Readonly<Record<ExecutionStatus, string>> = {
  REQUESTED: 'NOT_YET',
  PENDING: 'NOT_YET',
  SUCCEEDED: 'PAY_BACK',
  FAILED: 'PAY_BACK',
  RESOLVED: 'PAY_BACK',
};

test.each(executionStatuses)('a deposit after a void that is %s', (status) => {
  expect(judgeLateDeposit(executionWith({ kind: 'VOID', status }))).toBe(verdicts[status]);
});

test.each(settlements)('a deposit after a void that was settled as %s', (settlement) => {
  const execution = executionWith({ kind: 'VOID', status: 'SUCCEEDED', settlement });
  expect(judgeLateDeposit(execution)).toBe(settlement === 'REFUNDED' ? 'WITHOUT_EFFECT' : 'PAY_BACK');
});

test.each(executionStatuses)('a deposit that is being paid back already comes to nothing: %s', (status) => {
  expect(judgeLateDeposit(executionWith({ kind: 'REFUND', attempt: 2, status }))).toBe('WITHOUT_EFFECT');
});
