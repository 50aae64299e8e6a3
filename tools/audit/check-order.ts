import { fromDataJson } from '../../lambda/contract/cancellation-data.ts';
import { exponentOf, formatAmount, toMinorUnits } from '../../lambda/domain/money.ts';
import {
  addAmounts,
  areEqualAmounts,
  isNegative,
  type LineAmounts,
  zeroAmounts,
} from '../../lambda/domain/line-amounts.ts';
import {
  hasCancellations,
  type Order,
  type OrderLine,
  type PaymentStatus,
  remainingOf,
} from '../../lambda/domain/order.ts';
import { impossibleAttributesOfCancellation } from '../../lambda/dynamodb/impossible-rows.ts';
import { type CancellationRecord, cancellationRecordOf, type CancellationRow } from '../../lambda/dynamodb/items.ts';

/** All records of an order, summed up as they are read: an order may have any number of them. */
export interface RecordSummary {
  readonly takenBySeq: Map<number, LineAmounts>;
  hasVoid: boolean;
  count: number;
  /** The returnRequestIds and the versions seen, up to a limit, so that memory stays bounded. */
  readonly ids: Set<string>;
  readonly versions: Set<number>;
  /** The record that made the highest version. */
  latest: CancellationRecord | undefined;
  readonly violations: string[];
  /** One sentence for each record that cannot be: what it took is not known. */
  readonly impossible: string[];
}

export function emptySummary(): RecordSummary {
  return {
    takenBySeq: new Map(),
    hasVoid: false,
    count: 0,
    ids: new Set(),
    versions: new Set(),
    latest: undefined,
    violations: [],
    impossible: [],
  };
}

/** Adds a record as it is stored, whatever it is. */
export function addRow(summary: RecordSummary, row: CancellationRow, currencyCode: string): void {
  const attributes = impossibleAttributesOfCancellation(row);
  if (attributes.length === 0) return addRecord(summary, cancellationRecordOf(row), currencyCode);
  summary.count += 1;
  const name = attributes.includes('rid') ? `record ${row.cancellationKey}` : row.rid;
  summary.impossible.push(`${name}: ${impossibleText(attributes)}`);
}

/** What is said of a row that cannot be (contract, section 8). */
export function impossibleText(attributes: readonly string[]): string {
  return `impossible attributes: ${attributes.join(', ')}`;
}

const maxSeen = 100_000;

/**
 * Adds a record to the summary, and checks that it is one cancellation that took from its lines what its response says.
 */
export function addRecord(summary: RecordSummary, record: CancellationRecord, currencyCode: string): void {
  for (const { seq, ...taken } of record.lines) {
    summary.takenBySeq.set(seq, addAmounts(summary.takenBySeq.get(seq) ?? zeroAmounts, taken));
  }
  summary.hasVoid ||= record.kind === 'VOID';
  summary.count += 1;
  if (record.orderVersion > (summary.latest?.orderVersion ?? 0)) summary.latest = record;
  const { returnRequestId, orderVersion } = record;
  summary.violations.push(
    ...(wasSeen(summary.ids, returnRequestId)
      ? [`${returnRequestId}: two records of the order have this returnRequestId`]
      : []),
    ...(wasSeen(summary.versions, orderVersion)
      ? [`${returnRequestId}: another record made version ${orderVersion} of the order too`]
      : []),
    ...violationsOfRecord(record),
    ...violationsOfResponse(record, currencyCode),
  );
}

/** Adds a value, and returns whether it was there before. */
function wasSeen<Value>(seen: Set<Value>, value: Value): boolean {
  const isThere = seen.has(value);
  if (seen.size < maxSeen) seen.add(value);
  return isThere;
}

/**
 * Checks one order against all of its records: nothing was canceled twice, lost or exceeded.
 * - no line has more canceled than was paid, in units, amount or tax, or more tax than amount left (contract, section 3);
 * - each record made another version of the order, and none a later one than the order has (section 7);
 * - what is canceled of each line is the sum of what the records took, no more and no less (section 4);
 * - the payment status fits what is canceled;
 * - each line, each record and each line of a record exists once, and each record took something, and nothing below 0.
 * @returns one sentence per violation, amounts in minor units; none if everything is right
 */
export function checkOrder(order: Order, records: RecordSummary): string[] {
  return [
    ...repeatedSeqs(order.lines).map((seq) => `line ${seq}: stands more than once in the order`),
    ...order.lines.flatMap(violationsOfLine),
    ...(records.impossible.length === 0
      ? [...violationsOfSums(order, records), ...violationsOfStatus(order, records)]
      : []),
    ...violationsOfVersion(order, records),
    ...records.impossible,
    ...records.violations,
  ];
}

/** The seqs that exist more than once. */
function repeatedSeqs(lines: ReadonlyArray<{ readonly seq: number }>): number[] {
  const seqs = lines.map(({ seq }) => seq);
  return [...new Set(seqs.filter((seq, index) => seqs.indexOf(seq) < index))];
}

function violationsOfLine(line: OrderLine): string[] {
  const remaining = remainingOf(line);
  const { canceled } = line;
  const names = [
    ['units', remaining.units, canceled.units],
    ['amount', remaining.amountMinor, canceled.amountMinor],
    ['tax', remaining.taxMinor, canceled.taxMinor],
  ] as const;
  const outOfBounds = names.flatMap(([name, rest, taken]) => [
    ...(rest < 0 ? [`line ${line.seq}: more ${name} is canceled than was paid (${rest} remaining)`] : []),
    ...(taken < 0 ? [`line ${line.seq}: less than no ${name} is canceled (${taken})`] : []),
  ]);
  // Beside a negative amount this would say the same once more.
  const hasTaxLeftOver = remaining.amountMinor >= 0n && remaining.taxMinor > remaining.amountMinor;
  const leftOver = `tax ${remaining.taxMinor}, amount ${remaining.amountMinor}`;
  return [...outOfBounds, ...(hasTaxLeftOver ? [`line ${line.seq}: more tax than amount remains (${leftOver})`] : [])];
}

function violationsOfSums(order: Order, { takenBySeq }: RecordSummary): string[] {
  const seqs = new Set(order.lines.map((line) => line.seq));
  const unknownSeqs = [...takenBySeq.keys()].filter((seq) => !seqs.has(seq));
  return [
    ...unknownSeqs.map((seq) => `line ${seq}: a record canceled it, but the order has no such line`),
    ...order.lines.flatMap(({ seq, canceled }) => {
      const taken = takenBySeq.get(seq) ?? zeroAmounts;
      return areEqualAmounts(taken, canceled)
        ? []
        : [`line ${seq}: ${amountsText(canceled)} is canceled, but the records come to ${amountsText(taken)}`];
    }),
  ];
}

function violationsOfRecord({ returnRequestId, lines }: CancellationRecord): string[] {
  const named = (sentence: string) => `${returnRequestId}: ${sentence}`;
  return [
    ...(lines.length === 0 ? [named('took nothing of any line')] : []),
    ...repeatedSeqs(lines).map((seq) => named(`names line ${seq} more than once`)),
    ...lines.flatMap(({ seq, ...taken }) => [
      ...(isNegative(taken) ? [named(`took less than nothing of line ${seq}: ${amountsText(taken)}`)] : []),
      ...(areEqualAmounts(taken, zeroAmounts) ? [named(`took nothing of line ${seq}`)] : []),
    ]),
  ];
}

function violationsOfResponse(
  { dataJson, lines, returnRequestId }: CancellationRecord,
  currencyCode: string,
): string[] {
  const data = fromDataJson(dataJson);
  const exponent = exponentOf(currencyCode);
  const taken = lines.reduce(addAmounts, zeroAmounts);
  const totalsByName = [
    ['amount', [data.totalProductAmount, data.totalDeliveryAmount], taken.amountMinor],
    ['tax', [data.totalProductTaxAmount, data.totalDeliveryTaxAmount], taken.taxMinor],
  ] as const;
  return totalsByName.flatMap(([name, totals, takenMinor]) => {
    const sum = totals.reduce((total, amount) => total + (toMinorUnits(amount, exponent) ?? 0n), 0n);
    return sum === takenMinor
      ? []
      : [
          `${returnRequestId}: its response says ${name} ${formatAmount(sum, exponent)}, but it took ` +
            formatAmount(takenMinor, exponent),
        ];
  });
}

function violationsOfStatus(order: Order, { hasVoid }: RecordSummary): string[] {
  const expected = statusesOf(order, hasVoid);
  return expected.includes(order.paymentStatus)
    ? []
    : [`the status is ${order.paymentStatus}, but by its lines it is ${expected.join(' or ')}`];
}

function violationsOfVersion({ version }: Order, { latest }: RecordSummary): string[] {
  if (latest === undefined || latest.orderVersion <= version) return [];
  const { returnRequestId, orderVersion } = latest;
  return [`${returnRequestId}: made version ${orderVersion} of the order, which has version ${version}`];
}

function statusesOf(order: Order, hasVoid: boolean): PaymentStatus[] {
  const isAllCanceled = order.lines.every((line) => line.canceled.units === line.quantity);
  if (isAllCanceled && order.lines.length > 0) return [hasVoid ? 'VOIDED' : 'CANCELED'];
  return hasCancellations(order) ? ['PARTIALLY_CANCELED'] : ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'FAILED'];
}

function amountsText({ units, amountMinor, taxMinor }: LineAmounts): string {
  return `${units} units, amount ${amountMinor}, tax ${taxMinor}`;
}
