import type { Execution } from './execution.ts';

/**
 * What becomes of a capture that comes after its order was voided. Without an execution, or as long as the void is under
 * way, nobody knows: its executor may be paying this very capture back, and another attempt beside it could pay twice.
 * @param execution of the void; undefined if it is not there yet
 */
export function judgeLateDeposit(execution: Execution | undefined): 'NOT_YET' | 'WITHOUT_EFFECT' | 'PAY_BACK' {
  if (execution === undefined) return 'NOT_YET';
  // The same capture came before.
  if (execution.kind === 'REFUND') return 'WITHOUT_EFFECT';
  switch (execution.status) {
    case 'REQUESTED':
    case 'PENDING':
      return 'NOT_YET';
    case 'SUCCEEDED':
      return execution.settlement === 'REFUNDED' ? 'WITHOUT_EFFECT' : 'PAY_BACK';
    case 'FAILED':
    case 'RESOLVED':
      return 'PAY_BACK';
  }
}
