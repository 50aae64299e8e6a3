import { majorUnits } from '../../../support/expected-event.ts';
import type { Settlement } from '../../../../lambda/domain/execution.ts';
import type { RefundEventData } from '../../../../lambda/events/refund-event.ts';
import type { PlannedReport, ReportFlaw } from './plan.ts';

/** A report as it was put on the bus, and what it says, as far as it says it. */
export interface SentReport {
  readonly detailJson: string;
  readonly rid: string;
  readonly orderKey: string;
  readonly attempt: number;
  readonly sequence: number;
  readonly status: PlannedReport['status'];
  readonly failureReason: string | undefined;
  /** Of a void that has succeeded. */
  readonly settlement: Settlement | undefined;
  readonly flaw: ReportFlaw | undefined;
}

type Of = Pick<
  RefundEventData,
  'storeId' | 'orderNo' | 'returnRequestId' | 'kind' | 'attempt' | 'currencyCode' | 'amount'
>;

/** @param isCaptured whether there is money that a void has to give back */
export function reportOf(
  of: Of,
  status: PlannedReport['status'],
  sequence: number,
  nowMs: number,
  isCaptured: boolean,
): SentReport {
  const { storeId, orderNo, returnRequestId, kind, attempt, currencyCode, amount } = of;
  const failureReason = status === 'FAILED' ? 'ACCOUNT_CLOSED' : undefined;
  const isSettled = kind === 'VOID' && status === 'SUCCEEDED';
  const settlement = isSettled ? (isCaptured ? 'REFUNDED' : 'VOIDED') : undefined;
  const detail = {
    specversion: '1.0',
    id: `${returnRequestId}-${attempt}-${sequence}-${status}`,
    source: 'refund-executor',
    type: 'executor.report.v1',
    time: new Date(nowMs).toISOString(),
    data: {
      storeId,
      orderNo,
      returnRequestId,
      attempt,
      sequence,
      status,
      currencyCode,
      amount,
      failureReason,
      pspReference: sequence > 1 ? `psp-${sequence}` : undefined,
      settlement,
      // More than the contract knows: nothing of it may get anywhere.
      paidTo: '110-234-567890',
    },
  };
  return {
    detailJson: JSON.stringify(detail),
    rid: returnRequestId,
    orderKey: `${storeId}/${orderNo}`,
    attempt,
    sequence,
    status,
    failureReason,
    settlement,
    flaw: undefined,
  };
}

/** The same report with something wrong in it. */
export function faultyDetail(report: SentReport, flaw: ReportFlaw): SentReport {
  const detail = JSON.parse(report.detailJson) as { data: Record<string, unknown> };
  const { data } = detail;
  const other = report.status === 'SUCCEEDED' ? 'PENDING' : 'SUCCEEDED';
  switch (flaw) {
    case 'OTHER_AMOUNT':
      data['amount'] = Number(data['amount']) + 1;
      break;
    case 'OTHER_CURRENCY':
      data['currencyCode'] = data['currencyCode'] === 'USD' ? 'EUR' : 'USD';
      data['amount'] = majorUnits(100n, 'USD');
      break;
    case 'CONTRADICTION':
      data['status'] = other;
      delete data['failureReason'];
      delete data['settlement'];
      return {
        ...report,
        status: other,
        failureReason: undefined,
        settlement: undefined,
        flaw,
        detailJson: JSON.stringify(detail),
      };
    case 'FIELD_MISSING':
      delete data['returnRequestId'];
      break;
    case 'FIELD_INVALID':
      data['status'] = 'PAID TO 110-234-567890';
      break;
    case 'NOT_JSON':
      return { ...report, flaw, detailJson: '{"to": "110-234-567890",' };
  }
  return { ...report, flaw, detailJson: JSON.stringify(detail) };
}
