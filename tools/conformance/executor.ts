import type { requestTypes } from '../../lambda/events/event-names.ts';
import type { ReportEvent } from '../../lambda/events/execution-report.ts';
import type { RefundEvent, RefundEventData } from '../../lambda/events/refund-event.ts';

// What `npm run conformance` plays with: the contract of docs/executors.md as types. An executor is a function of the
// parts that it is given, so that its PSP, its table and its clock can be anybody's.

/** What a module exports. */
export interface ExecutorModule<Row extends TableRow = TableRow> {
  createExecutor(parts: ExecutorParts<Row>): Executor;
}

/** Whatever either call throws makes its argument come again: an unknown outcome is thrown, never reported. */
export interface Executor {
  /** Executes a request. The same one comes again at any time, also twice at once, and also years later. */
  handle(event: RequestEvent): Promise<void>;
  /** Takes what the PSP says about a refund after its call. Notices come doubled and in any order, too. */
  notice(notice: PspNotice): Promise<void>;
}

/** An event that asks for money to go back. */
export type RequestEvent = RefundEvent & { readonly type: (typeof requestTypes)[number] };

/** What an executor needs. It has no timers: what has to be tried later is thrown, and comes again. */
export interface ExecutorParts<Row extends TableRow = TableRow> {
  readonly psp: Psp;
  readonly table: ExecutorTable<Row>;
  readonly accounts: Accounts;
  /** Puts a report on the bus. @throws when the bus may not have taken it */
  report(event: ReportEvent): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
}

/** A payment service provider, whose calls are idempotent as long as it keeps their keys. */
export interface Psp {
  /** Sends captured money back. @throws when it is not known what became of the call */
  refund(call: PspCall & { readonly account?: BankAccount }): Promise<PspAnswer>;
  /** Releases an authorization. FAILED with CAPTURED when the money was taken already. @throws as refund */
  release(call: PspCall): Promise<PspAnswer>;
  /**
   * What was accepted under a reference. Undefined also for a call that the PSP refused at once, or is still working on.
   * @throws as refund
   */
  find(reference: string): Promise<PspAnswer | undefined>;
}

export interface PspCall {
  /** The PSP answers a second call under the same key as it answered the first one, until it forgets the key. */
  readonly idempotencyKey: string;
  /** What the refund can be found by later: returnRequestId-attempt. */
  readonly reference: string;
  /** What was paid: storeId/orderNo. */
  readonly payment: string;
  readonly currencyCode: string;
  /** In major units. */
  readonly amount: number;
}

export interface PspAnswer {
  readonly operation: 'REFUND' | 'RELEASE';
  /** PENDING: accepted, a notice follows. FAILED: nothing moved, or it has come back. */
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  /** Why it failed. */
  readonly code?: string;
  readonly pspReference?: string;
}

export interface PspNotice extends PspAnswer {
  readonly reference: string;
}

/** RefundAccounts, read by GetItem. */
export interface Accounts {
  /** Undefined when the account has ended. */
  get(ref: AccountRef): Promise<BankAccount | undefined>;
}

export type AccountRef = NonNullable<RefundEventData['accountRef']>;

export interface BankAccount {
  readonly accountNumber: string;
  readonly bankCode: string;
  readonly accountHolderName: string;
}

/** The executor's own table: rows that outlive it, and the one condition that two of it cannot both fulfil. */
export interface ExecutorTable<Row extends TableRow = TableRow> {
  /** Strongly consistent. */
  get(id: string): Promise<Row | undefined>;
  /**
   * Puts a row of version 1 if there is none, and one of version n in the place of version n - 1.
   * @returns false when another one was first
   * @throws when it is not known whether the row was put
   */
  put(row: Row): Promise<boolean>;
}

export interface TableRow {
  readonly id: string;
  readonly version: number;
}
