import { describe, expect, test } from '@jest/globals';
import { executionStatuses } from '../../../../lambda/domain/execution.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { memoryDetail } from '../../../../tools/in-memory/memory-detail.ts';
import { memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { askDetail, dataOf, send } from '../../../support/send.ts';

const orderNo = 'ORD20251224001';

describe('the execution of a cancellation', () => {
  test('is there for each that was handed over, with its time in the asked zone', async () => {
    const service = memoryService([orderOf()]);
    const ids: string[] = [];
    for (const amount of [1, 2, 3]) {
      ids.push(dataOf(await send(service, requestOf([itemOf({ amount })]))).returnRequestId);
    }
    const [first = '', , third = ''] = ids;
    const detail = memoryDetail(service);
    const updatedAtMs = startOfTest + 1000;
    const failed = { attempt: 2, status: 'FAILED', updatedAtMs, failureReason: 'ACCOUNT_CLOSED' } as const;
    detail.putExecution(orderOf(), { returnRequestId: third, ...failed });
    detail.putExecution(orderOf(), { returnRequestId: first, attempt: 1, status: 'REQUESTED', updatedAtMs });
    const response = await askDetail(detail, { orderNo }, { headers: { 'Time-Zone': 'Asia/Seoul' } });
    const updatedAt = '2025-12-31T06:14:14.909+09:00';
    expect(dataOf(response).cancellations?.map(({ execution }) => execution)).toEqual([
      { status: 'REQUESTED', attempt: 1, updatedAt },
      undefined,
      { status: 'FAILED', attempt: 2, updatedAt, failureReason: 'ACCOUNT_CLOSED' },
    ]);
    expect(dataOf(response).cancellations?.[1]).not.toHaveProperty('execution');
  });

  test.each(executionStatuses)('has the reason of a failure only as long as it is one: %s', async (status) => {
    const service = memoryService([orderOf()]);
    const { returnRequestId } = dataOf(await send(service, requestOf([itemOf()])));
    const detail = memoryDetail(service);
    const failureReason = 'ACCOUNT_CLOSED';
    detail.putExecution(orderOf(), { returnRequestId, attempt: 1, status, updatedAtMs: 0, failureReason });
    const execution = dataOf(await askDetail(detail, { orderNo })).cancellations?.[0]?.execution;
    expect(execution).toMatchObject({ status });
    expect(execution?.failureReason).toBe(status === 'FAILED' ? failureReason : undefined);
  });

  test('changes neither the ETag nor lines nor anything else of the cancellation', async () => {
    const service = memoryService([orderOf()]);
    const { returnRequestId } = dataOf(await send(service, requestOf([itemOf()])));
    const detail = memoryDetail(service);
    const before = await askDetail(detail, { orderNo });
    detail.putExecution(orderOf(), { returnRequestId, attempt: 1, status: 'FAILED', updatedAtMs: 0 });
    const after = await askDetail(detail, { orderNo });
    expect(after.headers).toEqual(before.headers);
    const [{ execution, ...cancellation } = {}] = dataOf(after).cancellations ?? [];
    expect({ ...dataOf(after), cancellations: [cancellation] }).toEqual(dataOf(before));
    expect(execution?.status).toBe('FAILED');
  });

  test('that cannot be read is a failure of the whole: no cancellation is shown as if it had none', async () => {
    const detail = memoryDetail(memoryService([orderOf()]));
    detail.history.listExecutions = async () => {
      throw new DatabaseUnavailable('A read was not answered.');
    };
    const { status, headers } = await askDetail(detail, { orderNo });
    expect([status, headers['Retry-After']]).toEqual([503, '1']);
  });
});
