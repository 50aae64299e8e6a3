// Independent of lambda/ on purpose: written from the descriptions of a report's fields and of what becomes of it.

import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { majorUnits } from '../../support/expected-event.ts';

/** What has to become of a message. */
export type ReportFate =
  /** A dead letter: its reason names one of these places, and what would be accepted there. */
  | { readonly kind: 'MALFORMED'; readonly mistakes: ReadonlyMap<string, RegExp> }
  /** A dead letter: it can be read, and cannot be. */
  | { readonly kind: 'KEPT'; readonly reason: RegExp; readonly isPaidTwice: boolean }
  | { readonly kind: 'COMES_AGAIN' }
  | { readonly kind: 'WITHOUT_EFFECT' }
  | { readonly kind: 'TAKEN'; readonly row: ExecutionRow; readonly isSuccessAfterFailure: boolean };

type Fields = Readonly<Record<string, unknown>>;

/** @param find the execution as it is now @param nowMs when it is taken */
export function fateOfReport(
  body: string,
  find: (orderKey: string, rid: string) => ExecutionRow | undefined,
  nowMs: number,
): ReportFate {
  const detail = detailIn(body);
  const mistakes = mistakesIn(detail);
  if (mistakes.size > 0) return { kind: 'MALFORMED', mistakes };
  const { storeId, orderNo, returnRequestId, ...report } = (detail as { data: Fields }).data;
  const row = find(`${String(storeId)}/${String(orderNo)}`, String(returnRequestId));
  const attempt = BigInt(report['attempt'] as number);
  const sequence = BigInt(report['sequence'] as number);
  const { status } = report;
  if (row?.org === 'PLATFORM') return kept(/no executor was asked/);
  // It may come yet.
  if (row === undefined || attempt > row.att) return { kind: 'COMES_AGAIN' };
  if (report['currencyCode'] !== row.cur) return kept(/currencyCode/);
  if (report['amount'] !== majorUnits(row.a, row.cur)) return kept(/amount/);
  if (attempt < row.att || row.st === 'RESOLVED') {
    // To release an authorization moves no money.
    const hasPaid = status === 'SUCCEEDED' && report['settlement'] !== 'VOIDED';
    return hasPaid ? { ...kept(/twice/), isPaidTwice: true } : { kind: 'WITHOUT_EFFECT' };
  }
  if (sequence < row.seq) return { kind: 'WITHOUT_EFFECT' };
  if (sequence === row.seq) return status === row.st ? { kind: 'WITHOUT_EFFECT' } : kept(/status.*sequence/);
  return {
    kind: 'TAKEN',
    row: rowAfter(row, report, sequence, nowMs),
    isSuccessAfterFailure: row.st === 'FAILED' && status === 'SUCCEEDED',
  };
}

const kept = (reason: RegExp) => ({ kind: 'KEPT', reason, isPaidTwice: false }) as const;

/** A reason for a failure ends with it; the rest of what was reported stays until something else is. */
function rowAfter(row: ExecutionRow, report: Fields, seq: bigint, nowMs: number): ExecutionRow {
  const { why: _before, ...rest } = row;
  const named = Object.entries({
    why: report['failureReason'],
    psp: report['pspReference'],
    how: report['settlement'],
  });
  const given = Object.fromEntries(named.filter(([, value]) => value !== undefined));
  return { ...rest, seq, st: report['status'] as ExecutionRow['st'], at: BigInt(nowMs), ...given };
}

function detailIn(body: string): unknown {
  try {
    return (JSON.parse(body) as Partial<Record<'detail', unknown>> | null)?.detail;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isOf = (characters: RegExp, most: number) => (value: unknown) =>
  isText(value) && value !== '' && value.length <= most && !characters.test(value);
const isNumbered = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000;
const isOneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    isText(value) && values.includes(value);

const isIdentifier = isOf(/[^A-Za-z0-9._-]/, 64);
/** What is tested with; the list itself is ISO 4217's. */
const decimals: Readonly<Record<string, number>> = { KRW: 0, JPY: 0, USD: 2, EUR: 2, KWD: 3, CLF: 4 };

type Rule = readonly [field: string, isFine: (value: unknown) => boolean, accepted: RegExp];

const attributes: readonly Rule[] = [
  ['specversion', (value) => value === '1.0', /1\.0/],
  ['id', (value) => isText(value) && value !== '' && Array.from(value).length <= 256, /string|1 char|256 char/],
  ['source', (value) => value === 'refund-executor', /refund-executor/],
  ['type', (value) => value === 'executor.report.v1', /executor\.report\.v1/],
  ['time', (value) => isText(value) && isInstant(value), /string|pattern/],
];

const fields: readonly Rule[] = [
  ['storeId', isIdentifier, /string|pattern/],
  ['orderNo', isIdentifier, /string|pattern/],
  [
    'returnRequestId',
    (value) =>
      isText(value) &&
      value.startsWith('RETREQ') &&
      value.length === 32 &&
      isOf(/[^0-9A-HJKMNP-TV-Z]/, 26)(value.slice(6)),
    /string|pattern/,
  ],
  ['attempt', isNumbered, /integer|>= 1|<= 1000000/],
  ['sequence', isNumbered, /integer|>= 1|<= 1000000/],
  ['status', isOneOf('PENDING', 'SUCCEEDED', 'FAILED'), /PENDING, SUCCEEDED, FAILED/],
  ['currencyCode', isOneOf(...Object.keys(decimals)), /ISO 4217|AED/],
  [
    'amount',
    (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 999_999_999_999_999,
    /number|>= 0|<= 999999999999999/,
  ],
];

const optionalFields: readonly Rule[] = [
  ['failureReason', (value) => isOf(/[^A-Z0-9_]/, 64)(value) && /^[A-Z]/.test(String(value)), /string|pattern/],
  ['pspReference', isOf(/[^!-~]/, 128), /string|pattern/],
  ['settlement', isOneOf('VOIDED', 'REFUNDED'), /VOIDED, REFUNDED/],
];

function isInstant(text: string): boolean {
  const [date, rest] = [text.slice(0, 11), text.slice(11)];
  if (!/^\d\d\d\d-\d\d-\d\dT$/.test(date) || !/^\d\d:\d\d:\d\d/.test(rest)) return false;
  return /^(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(rest.slice(8));
}

/** Every place that is wrong, with what its reason has to say would be accepted. */
function mistakesIn(detail: unknown): ReadonlyMap<string, RegExp> {
  const mistakes = new Map<string, RegExp>();
  if (!isObject(detail)) return mistakes.set('/', /object|JSON/);
  look(detail, '', attributes, true, mistakes);
  const { data } = detail;
  if (data === undefined) return mistakes.set("'data'", /required/);
  if (!isObject(data)) return mistakes.set('/data', /object/);
  look(data, '/data', fields, true, mistakes);
  look(data, '/data', optionalFields, false, mistakes);
  if (mistakes.size > 0) return mistakes;
  const { failureReason, status, amount, currencyCode } = data;
  if (failureReason !== undefined && status !== 'FAILED') return mistakes.set('/data/failureReason', /FAILED/);
  const scale = 10 ** (decimals[String(currencyCode)] ?? 2);
  // The double of a decimal with so many digits is the one that its whole minor units divide to.
  const isWhole = Math.round(Number(amount) * scale) / scale === amount;
  return isWhole ? mistakes : mistakes.set('/data/amount', /decimals/);
}

function look(
  object: Fields,
  at: string,
  rules: readonly Rule[],
  isRequired: boolean,
  mistakes: Map<string, RegExp>,
): void {
  for (const [field, isFine, accepted] of rules) {
    const value = Object.hasOwn(object, field) ? object[field] : undefined;
    if (value === undefined) {
      if (isRequired) mistakes.set(`'${field}'`, /required/);
    } else if (!isFine(value)) mistakes.set(`${at}/${field}`, accepted);
  }
}
