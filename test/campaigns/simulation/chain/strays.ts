import { majorUnits } from '../../../support/expected-event.ts';
import type { Ledger } from './ledger.ts';
import type { Stray } from './plan.ts';
import { reportOf, type SentReport } from './sent-reports.ts';

/** A report that no request asked for. */
export function strayReport(of: Stray['of'], ledger: Ledger, nowMs: number): SentReport {
  const executions = [...ledger.states.values()].flatMap((states) => states.slice(-1));
  const first = executions.find(({ org }) => of !== 'ELSEWHERE' || org !== undefined);
  if (of === 'NOBODY' || first === undefined) return reportOf(nobody, 'SUCCEEDED', 1, nowMs, false);
  const [storeId = '', orderNo = ''] = first.orderKey.split('/');
  const { rid, kind, att, cur, a } = first;
  const attempt = Number(att) + (of === 'ELSEWHERE' ? 0 : 1);
  const next = { storeId, orderNo, returnRequestId: rid, kind, attempt, currencyCode: cur, amount: majorUnits(a, cur) };
  return reportOf(next, of === 'ELSEWHERE' ? 'FAILED' : 'PENDING', 2, nowMs, false);
}

const nobody = {
  storeId: 'STORE-1',
  orderNo: 'ORD-1',
  returnRequestId: `RETREQ${'9'.repeat(26)}`,
  kind: 'REFUND',
  attempt: 1,
  currencyCode: 'KRW',
  amount: 5,
} as const;
