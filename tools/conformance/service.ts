import { type Execution, judgeReport } from '../../lambda/domain/execution.ts';
import { type ReportEvent, readReport } from '../../lambda/events/execution-report.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import type { Chance } from './chance.ts';
import { type PlannedRefund, startMs } from './draw-history.ts';
import type { AccountRef, BankAccount, RequestEvent } from './executor.ts';

/** One attempt of a refund, and what was decided about it. */
export interface Attempt {
  readonly reference: string;
  readonly requested: Execution;
  readonly event: RequestEvent;
  /** The account of the refund, whether it is still kept or not. */
  readonly account: BankAccount | undefined;
  /** When the account ends: epoch milliseconds. */
  readonly accountEndsAtMs: number;
}

/** What this service does for executors: it asks, takes reports as the result taker does, and asks again after a failure. */
export class Service {
  /** All that were ever asked for, by `returnRequestId-attempt`. */
  readonly attempts = new Map<string, Attempt>();
  /** By returnRequestId. */
  readonly executions = new Map<string, Execution>();
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  ask({ requested, accountEndsMs }: PlannedRefund): Attempt {
    return this.#begin(requested, startMs + accountEndsMs);
  }

  /** What an operator does about a refund that failed. @returns undefined if it is not FAILED any more */
  retry({ returnRequestId }: Execution, nowMs: number): Attempt | undefined {
    const execution = this.executions.get(returnRequestId);
    if (execution?.status !== 'FAILED') return undefined;
    const { failureReason: _why, pspReference: _psp, settlement: _how, ...rest } = execution;
    const attempt = execution.attempt + 1;
    return this.#begin(
      { ...rest, attempt, sequence: 0, status: 'REQUESTED', requestedAtMs: nowMs, updatedAtMs: nowMs },
      Infinity,
    );
  }

  /** @returns what the execution has become by a report; undefined if it does nothing */
  take(event: ReportEvent, nowMs: number): Execution | undefined {
    const read = readReport(event);
    if (!read.ok) return undefined;
    const { report } = read;
    const execution = this.executions.get(report.returnRequestId);
    if (execution === undefined || judgeReport(execution, report).kind !== 'TAKEN') return undefined;
    const { sequence, status } = report;
    const taken: Execution = { ...execution, sequence, status, updatedAtMs: nowMs };
    this.executions.set(report.returnRequestId, taken);
    return taken;
  }

  accountOf({ refundKey }: AccountRef, nowMs: number): BankAccount | undefined {
    const attempt = this.attempts.get(refundKey.replace('#', '-'));
    return attempt !== undefined && nowMs < attempt.accountEndsAtMs ? attempt.account : undefined;
  }

  #begin(requested: Execution, accountEndsAtMs: number): Attempt {
    const event = refundEventOf(requested) as RequestEvent;
    // With a field that executors do not know yet.
    const newer = { ...event, data: { ...event.data, channelId: 'ONLINE' } };
    const attempt: Attempt = {
      reference: `${requested.returnRequestId}-${requested.attempt}`,
      requested,
      event: this.#chance.percent(20) ? newer : event,
      account: requested.hasAccount ? this.#drawAccount() : undefined,
      accountEndsAtMs,
    };
    this.attempts.set(attempt.reference, attempt);
    this.executions.set(requested.returnRequestId, requested);
    return attempt;
  }

  /** Another one for each attempt, so that it can be recognized wherever it turns up. */
  #drawAccount(): BankAccount {
    const digits = () => String(this.#chance.between(1_000_000, 9_999_999));
    return {
      accountNumber: `${digits()}${digits()}`,
      bankCode: '001',
      accountHolderName: `Holder ${digits()}`,
    };
  }
}
