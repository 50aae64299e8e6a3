import type { ExecutionStatus } from '../../lambda/domain/execution.ts';
import { ageText } from './age-text.ts';
import type { RefundRules } from './check-refunds.ts';

/** What is known of the account of an attempt. */
export interface AttemptAccount {
  readonly status: ExecutionStatus;
  /** When the attempt was requested: its account is kept from then on. */
  readonly requestedAtMs: number;
  /** When the account ends, if it is there. */
  readonly endsAtMs: number | undefined;
}

/** MISSING: it should be there. ENDING: the refund is not finished, and will soon be without it, or is already. */
export type AccountVerdict =
  | { readonly kind: 'FINE' }
  | { readonly kind: 'MISSING'; readonly keptUntilMs: number }
  | { readonly kind: 'ENDING'; readonly text: string };

const dayMs = 24 * 60 * 60 * 1000;

export function judgeAccount(account: AttemptAccount, { nowMs, refundAccountDays }: RefundRules): AccountVerdict {
  const { status, requestedAtMs, endsAtMs } = account;
  const keptUntilMs = requestedAtMs + refundAccountDays * dayMs;
  if (endsAtMs === undefined && keptUntilMs > nowMs) return { kind: 'MISSING', keptUntilMs };
  const leftMs = (endsAtMs ?? keptUntilMs) - nowMs;
  // A time that is short as a whole is not as good as over.
  const warningMs = Math.min(30, refundAccountDays / 2) * dayMs;
  const isFinished = status === 'SUCCEEDED' || status === 'RESOLVED';
  if (isFinished || leftMs > warningMs) return { kind: 'FINE' };
  const text = leftMs <= 0 ? 'the account has ended' : `the account ends in ${ageText(leftMs)}`;
  return { kind: 'ENDING', text: `${text}, and the refund is ${status}` };
}
