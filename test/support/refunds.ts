import type { Execution, ExecutionReport } from '../../lambda/domain/execution.ts';
import type { ReportEvent } from '../../lambda/events/execution-report.ts';

export const returnRequestId = 'RETREQ01KDQ7N0AN000000000000001A';

/** The execution of a refund of 3000 KRW that was just requested. */
export function executionWith(changes: Partial<Execution> = {}): Execution {
  return {
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    returnRequestId,
    kind: 'REFUND',
    currencyCode: 'KRW',
    amountMinor: 3000n,
    attempt: 1,
    sequence: 0,
    status: 'REQUESTED',
    requestedAtMs: 1_767_129_253_909,
    updatedAtMs: 1_767_129_253_909,
    hasAccount: false,
    ...changes,
  };
}

/** The first report about it: a success. */
export function reportWith(changes: Partial<ExecutionReport> = {}): ExecutionReport {
  return {
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    returnRequestId,
    attempt: 1,
    sequence: 1,
    status: 'SUCCEEDED',
    currencyCode: 'KRW',
    amountMinor: 3000n,
    ...changes,
  };
}

/** The same as an executor puts it on the bus. */
export function reportEventWith(data: object = {}, attributes: object = {}): ReportEvent {
  return {
    specversion: '1.0',
    id: 'report-1',
    source: 'refund-executor',
    type: 'executor.report.v1',
    time: '2025-12-30T21:14:14Z',
    data: {
      storeId: 'STORE-1',
      orderNo: 'ORD-1',
      returnRequestId,
      attempt: 1,
      sequence: 1,
      status: 'SUCCEEDED',
      currencyCode: 'KRW',
      amount: 3000,
      ...data,
    },
    ...attributes,
  };
}
