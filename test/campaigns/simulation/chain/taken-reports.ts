// Independent of the service on purpose: what has to become of a report is worked out anew, from the states of its
// execution before and after.

import type { ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { BrokenPromise } from '../history.ts';
import type { Ledger } from './ledger.ts';
import type { ReportFlaw } from './plan.ts';
import type { SentReport } from './sent-reports.ts';

const neverTaken: ReadonlySet<ReportFlaw | undefined> = new Set<ReportFlaw>([
  'OTHER_AMOUNT',
  'OTHER_CURRENCY',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'NOT_JSON',
]);

/** One delivery of a report to the function that takes it. */
export interface Delivery {
  readonly report: SentReport;
  /** How its execution stood when the function got it. An execution only ever goes forward. */
  readonly before: ExecutionRow | undefined;
  /** Whether the function has put it among the dead letters since. */
  isKept: boolean;
  readonly counted: Set<string>;
}

/** A report that the function has finished is taken, without effect, or kept. @throws BrokenPromise when it is lost */
export function checkFinished({ report, before, isKept, counted }: Delivery, ledger: Ledger): void {
  const { rid, attempt, sequence, status, flaw } = report;
  if (neverTaken.has(flaw)) {
    if (!isKept) throw new BrokenPromise('A report that cannot be taken is not among the dead letters.');
    return;
  }
  const now = ledger.presentOf(rid);
  if (now?.org !== undefined) {
    if (!isKept) throw new BrokenPromise('A report of what nobody was asked for is not among the dead letters.');
    return;
  }
  if (now === undefined || now.att < attempt) {
    throw new BrokenPromise('A report was finished before its execution is there.');
  }
  if (isPaidTwice(report, before)) {
    if (!isKept) throw new BrokenPromise('Money that may have gone twice is not among the dead letters.');
    if (!counted.has('PaidTwice')) throw new BrokenPromise('Money that may have gone twice is not counted.');
    return;
  }
  if (isKept || now.att > attempt || now.st === 'RESOLVED') return;
  if (now.seq < sequence) throw new BrokenPromise('A report is lost.');
  // Once a later report has come, neither of the two counts.
  if (now.seq === BigInt(sequence) && before === now && now.st !== status)
    throw new BrokenPromise('A report that contradicts another one is lost.');
}

/** Only what nobody could take is kept. @throws BrokenPromise */
export function checkKept({ report }: Delivery, ledger: Ledger, reason: string): void {
  const { rid, attempt, sequence, status, flaw } = report;
  if (reason === '') throw new BrokenPromise('A dead letter has no reason.');
  const now = ledger.presentOf(rid);
  if (neverTaken.has(flaw) || now?.org !== undefined || isPaidTwice(report, now)) return;
  const state = ledger.stateOf(rid, attempt, sequence);
  if (state === undefined || state.st === status) {
    throw new BrokenPromise('A report is among the dead letters although it can be taken.');
  }
}

/**
 * A success of an older attempt after a newer one began, or after somebody has settled it by hand. That an authorization was
 * released moves no money.
 */
function isPaidTwice({ attempt, status, settlement }: SentReport, state: ExecutionRow | undefined): boolean {
  const hasPaid = status === 'SUCCEEDED' && settlement !== 'VOIDED';
  return hasPaid && state !== undefined && (state.att > attempt || state.st === 'RESOLVED');
}
