import type { Execution } from '../../lambda/domain/execution.ts';
import { exponentOf, formatAmount } from '../../lambda/domain/money.ts';

/** An execution as operators see it, without the account. @param note what somebody wrote who has resolved it */
export function executionView(execution: Execution, note: string | undefined): object {
  const { attempt, sequence, status, requestedAtMs, updatedAtMs, hasAccount } = execution;
  const { failureReason, pspReference, settlement, origin } = execution;
  return {
    status,
    attempt,
    sequence,
    amount: amountOf(execution),
    requestedAt: new Date(requestedAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
    hasAccount,
    failureReason,
    pspReference,
    settlement,
    origin,
    note,
  };
}

/** In major units, as a decimal. */
export function amountOf({ amountMinor, currencyCode }: Execution): string {
  return formatAmount(amountMinor, exponentOf(currencyCode));
}
