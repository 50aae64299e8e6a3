// Independent of the service on purpose, as ../invariants.ts is: it knows the shape of the stored rows and nothing else.

import type { CancellationRow } from '../../../../lambda/dynamodb/items.ts';
import type { ExecutionRow, RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import type { Change } from '../dynamodb.ts';
import { BrokenPromise } from '../history.ts';
import { smokeStore } from './draw-chain.ts';
import { isOfPlatform } from './elsewhere.ts';
import type { OrderLedger } from './order-ledger.ts';

type RefundAccountKey = Pick<RefundAccountRow, 'orderKey' | 'refundKey'>;

/** Of money that needs a bank account and has none. */
export const accountMissing = 'ACCOUNT_MISSING';

/** Every record, and every state that its execution had. */
export class Ledger {
  readonly records = new Map<string, CancellationRow>();
  /** By returnRequestId. */
  readonly states = new Map<string, ExecutionRow[]>();
  readonly #orders: OrderLedger;
  readonly #isAccountComplete: (key: RefundAccountKey) => boolean;

  constructor(orders: OrderLedger, isAccountComplete: (key: RefundAccountKey) => boolean) {
    this.#orders = orders;
    this.#isAccountComplete = isAccountComplete;
  }

  note({ table, before, after }: Change, hasBusTaken: (eventId: string) => boolean): void {
    if (table === 'Cancellations') this.#noteRecord(after as unknown as CancellationRow, before !== undefined);
    if (table !== 'Executions') return;
    const row = after as unknown as ExecutionRow;
    if (before === undefined) this.#noteNew(row, hasBusTaken);
    else this.#noteChanged(before as unknown as ExecutionRow, row);
  }

  recordsOf(orderKey: string): CancellationRow[] {
    return [...this.records.values()].filter((record) => record.orderKey === orderKey);
  }

  presentOf(rid: string): ExecutionRow | undefined {
    return this.states.get(rid)?.at(-1);
  }

  /** What an attempt was after the report with this number; undefined where there was none. */
  stateOf(rid: string, attempt: number | bigint, sequence: number | bigint): ExecutionRow | undefined {
    const states = this.states.get(rid) ?? [];
    return states.find(({ att, seq }) => att === BigInt(attempt) && seq === BigInt(sequence));
  }

  #noteRecord(row: CancellationRow, isOld: boolean): void {
    if (isOld) throw new BrokenPromise('A record was written over.');
    this.records.set(row.rid, row);
  }

  #noteNew(row: ExecutionRow, hasBusTaken: (eventId: string) => boolean): void {
    const record = this.records.get(row.rid);
    if (record === undefined || record.orderKey !== row.orderKey) {
      throw new BrokenPromise('An execution is of no record.');
    }
    const first = firstStateOf(record);
    if (!hasBusTaken(`${row.rid}-${first.att}-${first.seq}`)) {
      throw new BrokenPromise('An execution is of no event that the bus has taken.');
    }
    for (const name of new Set([...Object.keys(first), ...Object.keys(row)]) as Set<keyof ExecutionRow>) {
      if (row[name] !== first[name]) throw new BrokenPromise(`An execution begins with another ${name}.`);
    }
    this.states.set(row.rid, [row]);
  }

  /**
   * A capture came after the void: the one way to another kind. The void is not under way, it has not given this very
   * money back, and it happens once.
   */
  #checkLateDeposit(before: ExecutionRow, row: ExecutionRow): void {
    const { orderKey, rid, kind, st } = before;
    if (kind !== 'VOID' || !this.#orders.isCapturedAfterVoid(orderKey)) {
      throw new BrokenPromise('The kind of an execution has changed, and no money came after a void.');
    }
    const isOver = st === 'FAILED' || st === 'RESOLVED' || (st === 'SUCCEEDED' && before.how !== 'REFUNDED');
    if (!isOver) throw new BrokenPromise(`Money is paid back although the void is ${st}, and may have done so.`);
    if (row.note !== undefined) throw new BrokenPromise('An attempt begins with the note of another one.');
    const needsAccount = before.acc === true || this.#orders.presentOf(orderKey)?.rm === 'BANK_ACCOUNT';
    const hasAccount = this.#isAccountComplete({ orderKey, refundKey: `${rid}#${before.att}` });
    if (!needsAccount || hasAccount) {
      checkBegin(before, row);
      if ((row.acc === true) !== needsAccount) throw new BrokenPromise('Money is paid back to no account, or to one.');
      return;
    }
    const { att, seq, why, acc } = row;
    const isMissing = att === before.att + 1n && seq === 1n && row.st === 'FAILED' && why === accountMissing;
    if (!isMissing || acc !== undefined) throw new BrokenPromise('Money is paid back to an account that is missing.');
  }

  #noteChanged(before: ExecutionRow, row: ExecutionRow): void {
    for (const name of ['orderKey', 'rid', 'cur', 'a', 'org'] as const) {
      if (row[name] !== before[name]) throw new BrokenPromise(`The ${name} of an execution has changed.`);
    }
    if (row.org !== undefined) throw new BrokenPromise('Money that the platform has moved has changed.');
    if (row.kind !== before.kind) {
      this.#checkLateDeposit(before, row);
      this.states.get(row.rid)?.push(row);
      return;
    }
    if (before.st === 'RESOLVED') throw new BrokenPromise('An execution that was resolved has changed.');
    if (row.att !== before.att) checkNewAttempt(before, row);
    else checkSameAttempt(before, row);
    this.states.get(row.rid)?.push(row);
  }
}

/** The begin of the next attempt, which nothing was reported of. */
function checkBegin(before: ExecutionRow, { att, seq, st, req, at, why, psp, how }: ExecutionRow): void {
  const isNew = att === before.att + 1n && seq === 0n && st === 'REQUESTED' && req === at;
  if (!isNew) throw new BrokenPromise(`After attempt ${before.att} comes ${att}, report ${seq}, ${st}.`);
  if (why !== undefined || psp !== undefined || how !== undefined) {
    throw new BrokenPromise('An attempt begins with what was reported of another one.');
  }
}

function checkNewAttempt(before: ExecutionRow, row: ExecutionRow): void {
  if (before.st !== 'FAILED') throw new BrokenPromise(`An attempt begins although the one before is ${before.st}.`);
  checkBegin(before, row);
}

function checkSameAttempt(before: ExecutionRow, { seq, st, req }: ExecutionRow): void {
  if (seq <= before.seq) throw new BrokenPromise(`After report ${before.seq} comes ${seq}.`);
  if (st === 'REQUESTED') throw new BrokenPromise('An attempt was requested again.');
  if (st === 'RESOLVED' && before.st === 'SUCCEEDED') throw new BrokenPromise('A refund that succeeded was resolved.');
  if (req !== before.req) throw new BrokenPromise('An attempt was requested at another time.');
}

/** How the execution of a record begins: as a request, or where the platform has moved the money as a success. */
export function firstStateOf(record: CancellationRow): ExecutionRow {
  const { orderKey, rid, kind, cur = '', at, lines, acc } = record;
  let sum = 0n;
  for (const { a } of lines) sum += a;
  const first = { orderKey, rid, kind, cur, a: sum, att: 1n, req: at, at } as const;
  if (isOfPlatform(record)) return { ...first, seq: 1n, st: 'SUCCEEDED', org: 'PLATFORM' };
  return { ...first, seq: 0n, st: 'REQUESTED', ...(acc === true ? { acc } : {}) };
}

export function isOfSmokeStore(orderKey: string): boolean {
  return orderKey.startsWith(`${smokeStore}/`);
}

const accounts = /110-?234-?56789|HONG|\ud64d|\u1112\u1169\u11bc/;

/** @throws BrokenPromise when a refund account is in a text that the service made */
export function assertNoAccount(text: string, where: string): void {
  if (accounts.test(text)) throw new BrokenPromise(`A refund account is in ${where}.`);
}
