import type { RefundEvent, RefundEventData } from '../../../../lambda/events/refund-event.ts';
import type { RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { BrokenPromise } from '../history.ts';
import { increment } from '../statistics.ts';
import { accountMissing, type Ledger } from './ledger.ts';
import type { ChainPlan, Deed, PlannedReport } from './plan.ts';
import { faultyDetail, reportOf, type SentReport } from './sent-reports.ts';
import type { ChainSurroundings } from './surroundings.ts';

/** One attempt that the executor has in its own table, for ever. */
interface Attempt {
  readonly request: string;
  readonly deed: Deed;
  /** What it has reported so far, each with its place in the deed. */
  readonly reported: SentReport[];
  /** Whether it has said of a void, rightly or not, that it has released the authorization. */
  hasReleased: boolean;
}

const usual: Deed = {
  reports: [{ status: 'SUCCEEDED', gap: 0, afterMs: 5, copiesMs: [1], flaw: undefined }],
  repeats: false,
};

/**
 * Whoever executes refunds, by its contract: it acts once for each id and attempt, however often it is asked, and reports.
 * What it reports may be late, doubled, in any sequence or wrong.
 */
export class Executor {
  readonly #plan: ChainPlan;
  readonly #surroundings: ChainSurroundings;
  readonly #accountAt: (key: { orderKey: string; refundKey: string }) => RefundAccountRow | undefined;
  readonly #ledger: Ledger;
  readonly #hasCaptured: (orderKey: string) => boolean;
  readonly #send: (report: SentReport) => void;
  readonly #attempts = new Map<string, Attempt>();

  constructor(
    plan: ChainPlan,
    surroundings: ChainSurroundings,
    accountAt: (key: { orderKey: string; refundKey: string }) => RefundAccountRow | undefined,
    ledger: Ledger,
    /** Whether there is money that a void has to give back. */
    hasCaptured: (orderKey: string) => boolean,
    /** Puts a report on the bus. */
    send: (report: SentReport) => void,
  ) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#accountAt = accountAt;
    this.#ledger = ledger;
    this.#hasCaptured = hasCaptured;
    this.#send = send;
  }

  /** How many times it acted. */
  get acts(): number {
    return this.#attempts.size;
  }

  ask({ data }: RefundEvent): void {
    const { returnRequestId, attempt } = data;
    const request = JSON.stringify(data);
    const name = `${returnRequestId}#${attempt}`;
    const known = this.#attempts.get(name);
    if (known !== undefined) {
      if (known.request !== request)
        throw new BrokenPromise('The executor is asked for two things by one id and attempt.');
      if (known.deed.repeats) for (const report of known.reported) this.#sendCopies(report, [1, 7]);
      return;
    }
    this.#checkAttemptBefore(data);
    this.#checkAccount(data);
    const deed = this.#plan.deeds[this.#attempts.size] ?? usual;
    this.#attempts.set(name, { request, deed, reported: [], hasReleased: false });
    increment(this.#surroundings.statistics.chain, 'executor ACTS');
    let sequence = 0;
    for (const planned of deed.reports) {
      sequence += 1 + planned.gap;
      this.#planReport(data, planned, sequence, name);
    }
  }

  #planReport(data: RefundEventData, planned: PlannedReport, sequence: number, name: string): void {
    const { time, random } = this.#surroundings;
    time.after(planned.afterMs, () => {
      const isCaptured = this.#hasCaptured(`${data.storeId}/${data.orderNo}`);
      const report = reportOf(data, planned.status, sequence, time.nowMs, isCaptured);
      const sent = planned.flaw === undefined ? [report] : [report, faultyDetail(report, planned.flaw)];
      const attempt = this.#attempts.get(name);
      attempt?.reported.push(report);
      if (attempt && sent.some(isRelease)) attempt.hasReleased = true;
      this.#sendCopies(report, planned.copiesMs);
      for (const flawed of sent.slice(1)) this.#sendCopies(flawed, [random.between(1, 30)]);
    });
  }

  #sendCopies(report: SentReport, copiesMs: readonly number[]): void {
    for (const ms of copiesMs) this.#surroundings.time.after(ms, () => this.#send(report));
  }

  /**
   * Another attempt is safe only when the one before was reported as failed, or nobody was asked for it. What a void has
   * released, or somebody has settled by hand, has to be paid back when money came after it.
   */
  #checkAttemptBefore({ returnRequestId, attempt, kind }: RefundEventData): void {
    if (attempt === 1) return;
    const before = this.#attempts.get(`${returnRequestId}#${attempt - 1}`);
    if (before?.reported.some(({ status }) => status === 'FAILED')) return;
    const states = this.#ledger.states.get(returnRequestId)?.filter(({ att }) => att === BigInt(attempt - 1)) ?? [];
    if (before === undefined && states.some(({ why }) => why === accountMissing)) return;
    const isOfVoid = kind === 'REFUND' && states.every((state) => state.kind === 'VOID');
    const isReleased = before?.hasReleased === true || states.at(-1)?.st === 'RESOLVED';
    if (!isOfVoid || !isReleased) {
      throw new BrokenPromise('The executor is asked for another attempt, and the one before may have been paid.');
    }
  }

  /** The account that an event names is there, complete where it is a refund. */
  #checkAccount({ accountRef, kind }: RefundEventData): void {
    if (accountRef === undefined) return;
    const row = this.#accountAt(accountRef);
    const isComplete = row?.n !== undefined && row.b !== undefined && row.h !== undefined;
    if (row === undefined || (kind === 'REFUND' && !isComplete)) {
      throw new BrokenPromise('An event names a refund account that is not there.');
    }
  }
}

function isRelease({ status, settlement }: SentReport): boolean {
  return status === 'SUCCEEDED' && settlement !== 'REFUNDED';
}
