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
import type { CancellationRecord } from '../../lambda/dynamodb/items.ts';

/** All records of an order, added up as they are read: an order may have any number of them. */
export interface RecordSummary {
  readonly takenBySeq: Map<number, LineAmounts>;
  hasVoid: boolean;
  count: number;
  /** The returnRequestIds seen, up to a number of them: memory stays bounded. */
  readonly ids: Set<string>;
  readonly violations: string[];
}

export function emptySummary(): RecordSummary {
  return { takenBySeq: new Map(), hasVoid: false, count: 0, ids: new Set(), violations: [] };
}

const maxIds = 100_000;

/** Adds a record up, and proves that it is one cancellation, and took from its lines what it answered. */
export function addRecord(summary: RecordSummary, record: CancellationRecord, currencyCode: string): void {
  for (const { seq, ...taken } of record.lines) {
    summary.takenBySeq.set(seq, addAmounts(summary.takenBySeq.get(seq) ?? zeroAmounts, taken));
  }
  summary.hasVoid ||= record.kind === 'VOID';
  summary.count += 1;
  const isRepeated = summary.ids.has(record.returnRequestId);
  if (summary.ids.size < maxIds) summary.ids.add(record.returnRequestId);
  summary.violations.push(
    ...(isRepeated ? [`${record.returnRequestId}: two records of the order have this returnRequestId`] : []),
    ...mistaken(record),
    ...misanswered(record, currencyCode),
  );
}

/**
 * Proves of one order, against all of its records, that nothing was canceled twice, lost or exceeded:
 * - no line has more canceled of it than was paid, in units, amount or tax (contract, section 3);
 * - what is canceled of each line is the sum of what the records took, no more and no less (section 4);
 * - the payment status is the one that this comes to;
 * - each line, each record and each line of a record stands once, and each record took something, and nothing below 0.
 * @returns one sentence per violation, amounts in minor units; none when all of it holds
 */
export function checkOrder(order: Order, records: RecordSummary): string[] {
  return [
    ...repeated(order.lines).map((seq) => `line ${seq}: stands more than once in the order`),
    ...order.lines.flatMap((line) => exceeded(line)),
    ...unexplained(order, records),
    ...misnamed(order, records),
    ...records.violations,
  ];
}

/** The seqs that stand more than once. */
function repeated(lines: ReadonlyArray<{ readonly seq: number }>): number[] {
  const seqs = lines.map(({ seq }) => seq);
  return [...new Set(seqs.filter((seq, index) => seqs.indexOf(seq) < index))];
}

function exceeded(line: OrderLine): string[] {
  const left = remainingOf(line);
  const { canceled } = line;
  const names = [
    ['units', left.units, canceled.units],
    ['amount', left.amountMinor, canceled.amountMinor],
    ['tax', left.taxMinor, canceled.taxMinor],
  ] as const;
  return names.flatMap(([name, leftOver, taken]) => [
    ...(leftOver < 0 ? [`line ${line.seq}: more ${name} is canceled than was paid (${leftOver} left)`] : []),
    ...(taken < 0 ? [`line ${line.seq}: less than no ${name} is canceled (${taken})`] : []),
  ]);
}

function unexplained(order: Order, { takenBySeq }: RecordSummary): string[] {
  const seqs = new Set(order.lines.map((line) => line.seq));
  const strangers = [...takenBySeq.keys()].filter((seq) => !seqs.has(seq));
  return [
    ...strangers.map((seq) => `line ${seq}: a record canceled it, but the order has no such line`),
    ...order.lines.flatMap(({ seq, canceled }) => {
      const taken = takenBySeq.get(seq) ?? zeroAmounts;
      return areEqualAmounts(taken, canceled)
        ? []
        : [`line ${seq}: ${describe(canceled)} is canceled, but the records come to ${describe(taken)}`];
    }),
  ];
}

function mistaken({ returnRequestId, lines }: CancellationRecord): string[] {
  const named = (sentence: string) => `${returnRequestId}: ${sentence}`;
  return [
    ...(lines.length === 0 ? [named('took nothing of any line')] : []),
    ...repeated(lines).map((seq) => named(`names line ${seq} more than once`)),
    ...lines.flatMap(({ seq, ...taken }) => [
      ...(isNegative(taken) ? [named(`took less than nothing of line ${seq}: ${describe(taken)}`)] : []),
      ...(areEqualAmounts(taken, zeroAmounts) ? [named(`took nothing of line ${seq}`)] : []),
    ]),
  ];
}

function misanswered({ dataJson, lines, returnRequestId }: CancellationRecord, currencyCode: string): string[] {
  const data = fromDataJson(dataJson);
  const exponent = exponentOf(currencyCode);
  const taken = lines.reduce(addAmounts, zeroAmounts);
  const answered = [
    ['amount', [data.totalProductAmount, data.totalDeliveryAmount], taken.amountMinor],
    ['tax', [data.totalProductTaxAmount, data.totalDeliveryTaxAmount], taken.taxMinor],
  ] as const;
  return answered.flatMap(([name, totals, takenMinor]) => {
    const sum = totals.reduce((total, amount) => total + (toMinorUnits(amount, exponent) ?? 0n), 0n);
    return sum === takenMinor
      ? []
      : [
          `${returnRequestId}: answered the ${name} as ${formatAmount(sum, exponent)}, but took ` +
            formatAmount(takenMinor, exponent),
        ];
  });
}

function misnamed(order: Order, { hasVoid }: RecordSummary): string[] {
  const expected = statusesOf(order, hasVoid);
  return expected.includes(order.paymentStatus)
    ? []
    : [`the status is ${order.paymentStatus}, but by its lines it is ${expected.join(' or ')}`];
}

function statusesOf(order: Order, hasVoid: boolean): PaymentStatus[] {
  const isAllCanceled = order.lines.every((line) => line.canceled.units === line.quantity);
  if (isAllCanceled && order.lines.length > 0) return [hasVoid ? 'VOIDED' : 'CANCELED'];
  return hasCancellations(order) ? ['PARTIALLY_CANCELED'] : ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'FAILED'];
}

function describe({ units, amountMinor, taxMinor }: LineAmounts): string {
  return `${units} units, amount ${amountMinor}, tax ${taxMinor}`;
}
