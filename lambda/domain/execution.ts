import type { CancellationKind } from './cancellation.ts';
import type { OrderId } from './order.ts';

/**
 * REQUESTED: the executor was asked to move the money. PENDING: it has begun. SUCCEEDED, FAILED: what became of it; a
 * success may turn into a failure, because banks send money back. RESOLVED: somebody has settled it by hand.
 */
export const executionStatuses = ['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'RESOLVED'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** What an executor may report. */
export const reportedStatuses = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
export type ReportedStatus = (typeof reportedStatuses)[number];

/** Why a refund failed: a code such as ACCOUNT_CLOSED, because merchants see it, and words might name an account. */
export const failureReasonPattern = '^[A-Z][A-Z0-9_]{0,63}$';
/** The code of a refund that needs a bank account and has none: an operator gives one (retry-refund --account). */
export const accountMissing = 'ACCOUNT_MISSING';
/** What a PSP calls a refund: text without spaces. */
export const pspReferencePattern = '^[!-~]{1,128}$';

/** How the money of a VOID went back: the authorization was released, or a capture that came meanwhile was refunded. */
export const settlements = ['VOIDED', 'REFUNDED'] as const;
export type Settlement = (typeof settlements)[number];

/** What becomes of the money of one cancellation. It never changes what was canceled. */
export interface Execution extends OrderId {
  readonly returnRequestId: string;
  readonly kind: CancellationKind;
  readonly currencyCode: string;
  readonly amountMinor: bigint;
  /** From 1. Each retry is another attempt, and asks the executor anew. */
  readonly attempt: number;
  /** Within the attempt: 0 is the request, and the executor numbers its reports from 1. */
  readonly sequence: number;
  readonly status: ExecutionStatus;
  /** When the attempt was requested, and when the status became what it is. Epoch milliseconds. */
  readonly requestedAtMs: number;
  readonly updatedAtMs: number;
  /** Whether a refund account is kept for this attempt. */
  readonly hasAccount: boolean;
  readonly failureReason?: string;
  readonly pspReference?: string;
  readonly settlement?: Settlement;
  /**
   * Present where the platform has moved the money itself: nobody was asked, and no report counts. Absent where a
   * merchant canceled, so that events of before this field keep their bytes.
   */
  readonly origin?: 'PLATFORM';
}

/** What a merchant sees of it. */
export type ExecutionState = Pick<
  Execution,
  'returnRequestId' | 'attempt' | 'status' | 'updatedAtMs' | 'failureReason'
>;

/** What an executor says about one attempt. */
export interface ExecutionReport extends OrderId {
  readonly returnRequestId: string;
  readonly attempt: number;
  /** From 1: the later one counts. */
  readonly sequence: number;
  readonly status: ReportedStatus;
  readonly currencyCode: string;
  readonly amountMinor: bigint;
  readonly failureReason?: string;
  readonly pspReference?: string;
  readonly settlement?: Settlement;
}

/** What a report does to an execution, and why it does nothing. */
export type Verdict =
  /** It changes the execution. It breaks the contract if a failure became a success: FAILED promises that none comes. */
  | { readonly kind: 'TAKEN'; readonly isSuccessAfterFailure: boolean }
  /** The same report came before. */
  | { readonly kind: 'REPEATED' }
  /** A later report or attempt counts, or somebody has resolved it. */
  | { readonly kind: 'STALE' }
  /** A success beside another attempt or a settlement by hand: the money may have gone twice. */
  | { readonly kind: 'PAID_TWICE' }
  /** The execution is not there yet, or not yet at this attempt: it may come. */
  | { readonly kind: 'UNKNOWN' }
  /** It can never be taken: another amount or currency, the same number for something else, or nobody was asked. */
  | { readonly kind: 'REFUSED'; readonly because: 'OTHER_AMOUNT' | 'OTHER_CURRENCY' | 'CONTRADICTS' | 'NOT_ASKED' };

/**
 * Judges a report by the execution as it is. TAKEN is what the condition of the write says (execution-repository.ts):
 * the same attempt, a later number, not resolved, and asked for.
 */
export function judgeReport(execution: Execution | undefined, report: ExecutionReport): Verdict {
  if (execution === undefined) return { kind: 'UNKNOWN' };
  if (execution.origin === 'PLATFORM') return { kind: 'REFUSED', because: 'NOT_ASKED' };
  if (report.attempt > execution.attempt) return { kind: 'UNKNOWN' };
  if (report.currencyCode !== execution.currencyCode) return { kind: 'REFUSED', because: 'OTHER_CURRENCY' };
  if (report.amountMinor !== execution.amountMinor) return { kind: 'REFUSED', because: 'OTHER_AMOUNT' };
  if (report.attempt < execution.attempt || execution.status === 'RESOLVED') {
    // A release moves no money: it may come again once a deposit that came late is being paid back.
    const hasPaid = report.status === 'SUCCEEDED' && report.settlement !== 'VOIDED';
    return { kind: hasPaid ? 'PAID_TWICE' : 'STALE' };
  }
  if (report.sequence > execution.sequence) {
    const isSuccessAfterFailure = execution.status === 'FAILED' && report.status === 'SUCCEEDED';
    return { kind: 'TAKEN', isSuccessAfterFailure };
  }
  if (report.sequence < execution.sequence) return { kind: 'STALE' };
  return report.status === execution.status ? { kind: 'REPEATED' } : { kind: 'REFUSED', because: 'CONTRADICTS' };
}

const paidByPlatform = 'the platform has refunded it elsewhere, and no executor was asked for it';

/** Why an operator's command cannot be done to an execution; undefined if it can. */
export function retryObstacleOf({ status, origin }: Execution): string | undefined {
  if (origin === 'PLATFORM') return paidByPlatform;
  return status === 'FAILED' ? undefined : `it is ${status}, and only a refund that FAILED can be retried`;
}

/** As retryObstacleOf. @param isPendingMeant whether a refund that may still succeed is resolved on purpose */
export function resolveObstacleOf({ status, origin }: Execution, isPendingMeant: boolean): string | undefined {
  if (origin === 'PLATFORM') return paidByPlatform;
  if (status === 'FAILED') return undefined;
  if (status === 'SUCCEEDED' || status === 'RESOLVED') return `it is ${status} already`;
  return isPendingMeant ? undefined : `it is ${status}, so the executor may still pay it`;
}

/** As retryObstacleOf, for the request of the present attempt that is to be published again. */
export function republishObstacleOf({ status, origin }: Execution): string | undefined {
  if (origin === 'PLATFORM') return paidByPlatform;
  if (status === 'REQUESTED' || status === 'PENDING') return undefined;
  if (status === 'FAILED') return 'it is FAILED, and retry-refund asks for another attempt';
  // Whoever pays refunds may not have seen the request of one that was paid by hand.
  return `it is ${status} already`;
}
