import { majorUnits } from '../../../support/expected-event.ts';
import type { Ledger } from './ledger.ts';
import type { Stray } from './plan.ts';
import { reportOf, type SentReport } from './sent-reports.ts';

/** A report that no request asked for. */
export function strayReport(of: Stray['of'], ledger: Ledger, nowMs: number): SentReport {
  const [first] = [...ledger.states.values()].map((states) => states.at(-1));
  if (of === 'NOBODY' || first === undefined) return reportOf(nobody, 'SUCCEEDED', 1, nowMs);
  const [storeId = '', orderNo = ''] = first.orderKey.split('/');
  const { rid, kind, att, cur, a } = first;
  const attempt = Number(att) + 1;
  const next = { storeId, orderNo, returnRequestId: rid, kind, attempt, currencyCode: cur, amount: majorUnits(a, cur) };
  return reportOf(next, 'PENDING', 1, nowMs);
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
