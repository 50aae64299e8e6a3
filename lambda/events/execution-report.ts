import type { ExecutionReport, ReportedStatus, Settlement } from '../domain/execution.ts';
import { exponentOf, toMinorUnits } from '../domain/money.ts';
import isReportEvent from './execution-report.validator.cjs';
import { problemsOf } from './problems.ts';

/** The report of an executor as it comes: CloudEvents 1.0 (execution-report.schema.ts). */
export interface ReportEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly data: {
    readonly storeId: string;
    readonly orderNo: string;
    readonly returnRequestId: string;
    readonly attempt: number;
    readonly sequence: number;
    readonly status: ReportedStatus;
    readonly currencyCode: string;
    /** In major units. */
    readonly amount: number;
    readonly failureReason?: string;
    readonly pspReference?: string;
    readonly settlement?: Settlement;
  };
}

export type ReadReport =
  | { readonly ok: true; readonly report: ExecutionReport }
  /** Each problem names a field and what would be accepted; no value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the `detail` of an event. */
export function readReport(event: unknown): ReadReport {
  if (!isReportEvent(event)) return { ok: false, problems: problemsOf(isReportEvent.errors ?? []) };
  const { amount, ...data } = event.data;
  const { status, failureReason, pspReference, settlement } = data;
  if (failureReason !== undefined && status !== 'FAILED') {
    return { ok: false, problems: [`/data/failureReason is for FAILED only, not for ${status}`] };
  }
  const amountMinor = toMinorUnits(amount, exponentOf(data.currencyCode));
  if (amountMinor === undefined) {
    return { ok: false, problems: [`/data/amount has more decimals than ${data.currencyCode}`] };
  }
  const { storeId, orderNo, returnRequestId, attempt, sequence, currencyCode } = data;
  return {
    ok: true,
    report: {
      storeId,
      orderNo,
      returnRequestId,
      attempt,
      sequence,
      status,
      currencyCode,
      amountMinor,
      ...(failureReason === undefined ? {} : { failureReason }),
      ...(pspReference === undefined ? {} : { pspReference }),
      ...(settlement === undefined ? {} : { settlement }),
    },
  };
}
