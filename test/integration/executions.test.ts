import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judgeReport, type ReportedStatus } from '../../lambda/domain/execution.ts';
import { createExecutionRepository, type ExecutionRepository } from '../../lambda/dynamodb/execution-repository.ts';
import { executionOf, type ExecutionRow } from '../../lambda/dynamodb/refund-items.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { executionWith, reportWith } from '../support/refunds.ts';

let service: EngineService;
let executions: ExecutionRepository;
let orders = 0;
const inTime = () => 10_000;

beforeAll(async () => {
  service = await startEngineService();
  executions = createExecutionRepository(service.client, tables.executions);
});
afterAll(async () => {
  await service.stop();
});

/** An execution of its own in the table. */
async function putExecution(changes: Parameters<typeof executionWith>[0] = {}) {
  const execution = executionWith({ orderNo: `EXECUTION-${(orders += 1)}`, ...changes });
  await executions.putIfNew(execution, inTime);
  return execution;
}

async function read({ storeId, orderNo, returnRequestId }: ReturnType<typeof executionWith>) {
  const Key = { orderKey: `${storeId}/${orderNo}`, rid: returnRequestId };
  const { Item } = await service.client.send(
    new GetCommand({ TableName: tables.executions, Key, ConsistentRead: true }),
  );
  return executionOf(Item as ExecutionRow);
}

describe('an execution', () => {
  test('is put once: a second request changes nothing', async () => {
    const execution = await putExecution();
    const { orderNo } = execution;
    await executions.take(reportWith({ orderNo }), 7, inTime);
    await executions.putIfNew({ ...execution, amountMinor: 1n }, inTime);
    expect(await read(execution)).toEqual({ ...execution, sequence: 1, status: 'SUCCEEDED', updatedAtMs: 7 });
  });

  test('takes what a report says, and keeps what an earlier one said of the PSP', async () => {
    const execution = await putExecution();
    const { orderNo } = execution;
    const failed = { status: 'FAILED', failureReason: 'DECLINED', pspReference: 'psp-1' } as const;
    await executions.take(reportWith({ orderNo, ...failed }), 7, inTime);
    expect(await read(execution)).toEqual({ ...execution, ...failed, sequence: 1, updatedAtMs: 7 });

    const verdict = await executions.take(reportWith({ orderNo, sequence: 2, settlement: 'VOIDED' }), 8, inTime);
    expect(verdict).toEqual({ kind: 'TAKEN', isSuccessAfterFailure: true });
    const { failureReason: _reason, ...rest } = { ...execution, ...failed };
    const after = { ...rest, sequence: 2, status: 'SUCCEEDED', settlement: 'VOIDED', updatedAtMs: 8 };
    expect(await read(execution)).toEqual(after);
  });

  test('that is not there takes nothing', async () => {
    expect(await executions.take(reportWith({ orderNo: 'NONE' }), 7, inTime)).toEqual({ kind: 'UNKNOWN' });
  });
});

test.each(
  (['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'RESOLVED'] as const).flatMap((status) =>
    [1, 2, 3].flatMap((attempt) => [1, 2, 3].map((sequence) => ({ status, attempt, sequence }))),
  ),
)('attempt 2 at number 2 that is $status: a report of attempt $attempt, number $sequence', async (is) => {
  const { status, attempt, sequence } = is;
  for (const says of ['PENDING', 'SUCCEEDED', 'FAILED'] satisfies ReportedStatus[]) {
    for (const amountMinor of [3000n, 2999n]) {
      const execution = await putExecution({ status, attempt: 2, sequence: 2 });
      const report = reportWith({ orderNo: execution.orderNo, attempt, sequence, status: says, amountMinor });
      const verdict = await executions.take(report, 7, inTime);
      expect(verdict).toEqual(judgeReport(execution, report));
      const taken = { ...execution, status: says, sequence, updatedAtMs: 7 };
      expect(await read(execution)).toEqual(verdict.kind === 'TAKEN' ? taken : execution);
    }
  }
});

test('of many reports at once, doubled and in any order, the last one counts', async () => {
  const execution = await putExecution();
  const numbers = Array.from({ length: 20 }, (_value, index) => index + 1);
  const shuffled = [...numbers, ...numbers].toSorted((one, other) => ((one * 7) % 20) - ((other * 7) % 20));
  const verdicts = await Promise.all(
    shuffled.map(async (sequence) => {
      const status = sequence === 20 ? 'SUCCEEDED' : 'PENDING';
      return await executions.take(reportWith({ orderNo: execution.orderNo, sequence, status }), 7, inTime);
    }),
  );
  expect(await read(execution)).toMatchObject({ sequence: 20, status: 'SUCCEEDED' });
  expect(verdicts.filter(({ kind }) => kind === 'TAKEN').length).toBeLessThanOrEqual(20);
  expect(verdicts.every(({ kind }) => ['TAKEN', 'REPEATED', 'STALE'].includes(kind))).toBe(true);
});
