// Independent of lambda/ on purpose: written from the description of the rows, so that a wrong reading of one shows.

import { expectedEvent } from '../../support/expected-event.ts';
import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import type { Row, StreamRecord } from './stream-rows.ts';

/** What has to become of a record. */
export type Fate =
  | { readonly kind: 'NOTHING' }
  /** @param isNoted whether an execution has to be put after it */
  | { readonly kind: 'EVENT'; readonly event: object; readonly isNoted: boolean }
  /** A dead letter; its reason names one of these attributes, or says that the row cannot be read. */
  | { readonly kind: 'DEAD_LETTER'; readonly attributes: readonly string[] };

const nothing: Fate = { kind: 'NOTHING' };

export function fateOf({ table, eventName, row }: StreamRecord): Fate {
  // A record of a cancellation is only ever inserted, and an execution begins with the request that has left already.
  if (eventName !== (table === 'Cancellations' ? 'INSERT' : 'MODIFY')) return nothing;
  if (String(row['orderKey']).split('/')[0] === 'SMOKE-TEST' && String(row['orderKey']).includes('/')) return nothing;
  const state = table === 'Cancellations' ? firstState(row) : row;
  const attributes = impossible(state);
  if (attributes.length > 0) return { kind: 'DEAD_LETTER', attributes };
  return { kind: 'EVENT', event: expectedEvent(state as unknown as ExecutionRow), isNoted: table === 'Cancellations' };
}

function firstState({ orderKey, cancellationKey, rid, kind, cur, at, acc, lines }: Row): Row {
  // The key of what the platform has moved itself begins with P#: nobody is asked for it.
  const isMoved = String(cancellationKey).startsWith('P#');
  const state = isMoved ? { seq: 1n, st: 'SUCCEEDED', org: 'PLATFORM' } : { seq: 0n, st: 'REQUESTED' };
  const first = { orderKey, rid, kind, cur, at, acc, att: 1n, ...state, req: at };
  if (!Array.isArray(lines)) return { ...first, a: 'unreadable' };
  let sum: unknown = 0n;
  for (const line of lines as unknown[]) {
    const amount = (line as Row | null)?.['a'];
    sum = typeof amount === 'bigint' && typeof sum === 'bigint' ? sum + amount : 'unreadable';
  }
  return { ...first, a: sum };
}

const decimals: Readonly<Record<string, number>> = { KRW: 0, JPY: 0, USD: 2, EUR: 2, KWD: 3, CLF: 4 };
/** The largest time that a date has. */
const endOfTime = 8_640_000_000_000_000n;

function impossible(row: Row): string[] {
  const is = {
    text: (value: unknown) => typeof value === 'string' && value !== '',
    count: (value: unknown, least: bigint) => typeof value === 'bigint' && value >= least,
    time: (value: unknown) => typeof value === 'bigint' && value >= 0n && value <= endOfTime,
  };
  const { orderKey, rid, kind, cur, a, att, seq, st, req, at, acc, why, psp, how, org } = row;
  const checks: ReadonlyArray<readonly [string, boolean]> = [
    ['orderKey', is.text(orderKey) && String(orderKey).includes('/')],
    ['rid', is.text(rid)],
    ['kind', kind === 'REFUND' || (kind === 'VOID' && org !== 'PLATFORM')],
    ['cur', typeof cur === 'string' && cur in decimals],
    ['a', is.count(a, 0n) && isExact(a as bigint, decimals[String(cur)] ?? 2)],
    ['att', is.count(att, 1n) && Number.isSafeInteger(Number(att))],
    ['seq', is.count(seq, 0n) && Number.isSafeInteger(Number(seq))],
    ['st', ['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'RESOLVED'].includes(st as string)],
    ['req', is.count(req, 0n)],
    ['at', is.time(at)],
    ['acc', acc === undefined || typeof acc === 'boolean'],
    ['why', why === undefined || isCode(why)],
    ['psp', psp === undefined || (typeof psp === 'string' && psp !== '' && !/[^!-~]/.test(psp))],
    ['org', org === undefined || org === 'PLATFORM'],
    ['how', how === undefined || how === 'VOIDED' || how === 'REFUNDED'],
  ];
  return checks.filter(([, isFine]) => !isFine).map(([name]) => name);
}

/** A reason that merchants see: no words, in which an account may stand. */
function isCode(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]/.test(value) && !/[^A-Z0-9_]/.test(value);
}

/** Whether a double of major units reads back as the same decimal. */
function isExact(minor: bigint, exponent: number): boolean {
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return String(Number(text)) === text;
}
