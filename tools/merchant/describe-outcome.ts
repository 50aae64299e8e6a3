import {
  type CancelRequest,
  type CancelResult,
  type DetailResult,
  type ErrorEntry,
  InvalidRequestError,
  OrderChangedError,
  OutcomeUnknownError,
  PaymentCancelError,
  totalOf,
  UnavailableError,
} from '../../client/src/payment-cancel-client.ts';
import type { Language } from '../../lambda/contract/language.ts';
import type { UsageError } from '../command-line.ts';
import { words } from './words.ts';

/** What was canceled, for a person to read. */
export function describeResult(
  result: CancelResult,
  request: CancelRequest,
  currencyCode: string,
  language: Language,
): string {
  const { data, isReplay, requestId, timestamp, idempotencyKey, attempts } = result;
  const { orderNo } = data;
  const amount = `${request.totalCancelAmount} ${currencyCode}`;
  const tax = (of: number) => words.tax[language](of);
  const rows = data.items.map(({ seq, itemId, quantity, amount: unitAmount, taxAmount }) => [
    words.line[language](seq),
    itemId,
    `${quantity} x ${unitAmount}`,
    `${totalOf([{ quantity, amount: unitAmount }])} ${currencyCode}`,
    // Without a taxAmount the service chooses it; the totals below have it.
    taxAmount === undefined ? '' : tax(totalOf([{ quantity, amount: taxAmount }])),
  ]);
  const totals = [
    [words.products[language](), '', '', `${data.totalProductAmount} ${currencyCode}`, tax(data.totalProductTaxAmount)],
    [
      words.delivery[language](),
      '',
      '',
      `${data.totalDeliveryAmount} ${currencyCode}`,
      tax(data.totalDeliveryTaxAmount),
    ],
  ];
  return [
    words[isReplay ? 'replayed' : 'canceled'][language]({ amount, orderNo, attempts }),
    '',
    ...table([...rows, ...totals]),
    '',
    labeled('returnRequestId', data.returnRequestId),
    labeled('requestId', requestId),
    labeled(words.respondedAt[language](), timestamp),
    labeled(words.idempotencyKey[language](), idempotencyKey ?? words.noIdempotencyKey[language]()),
  ]
    .map(printable)
    .join('\n');
}

/** What remains of each line, and the ETag of this state, for a person to read. */
export function describeRemaining({ data, etag }: DetailResult, language: Language): string {
  const { currencyCode, paymentStatus, items } = data;
  const rows = items.map((line) => [
    words.line[language](line.seq),
    line.itemId,
    words.units[language](line.remainingQuantity, line.quantity),
    `${line.totalRemainingAmount} ${currencyCode}`,
    words.tax[language](line.totalRemainingTaxAmount),
  ]);
  const lines = ['', words.remaining[language](paymentStatus), '', ...table(rows)];
  if (etag !== undefined) lines.push('', labeled('ETag', etag));
  return lines.map(printable).join('\n');
}

/** Why it is not known what remains of the order. */
export function describeRemainingUnknown(error: Error, language: Language): string {
  return printable(words.remainingUnknown[language](error.message));
}

/** Why nothing was canceled, or why that is not known; each error with its place; and what to do. */
export function describeError(error: PaymentCancelError, language: Language): string {
  const { message, errors, requestId, retryAfterMs } = error;
  const lines = [error instanceof InvalidRequestError ? words.invalid[language]() : message];
  for (const entry of errors) lines.push('', `  ${placeOf(entry, language)}   ${entry.reason}`, `    ${entry.message}`);
  if (requestId !== undefined && requestId !== '') lines.push('', labeled('requestId', requestId));
  if (error instanceof OrderChangedError) {
    if (error.etag !== undefined) lines.push(labeled('ETag', error.etag));
    lines.push('', words.orderChanged[language]());
  }
  if (errors.some(({ reason }) => reason === 'DUPLICATE_CANCELLATION')) lines.push('', words.duplicate[language]());
  if (error.isRetryable) {
    lines.push('', words.runAgain[language](retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000)));
  }
  return lines.map(printable).join('\n');
}

/** For machines: the whole result, and what remains of each line, or why that is not known. */
export function successOutcome(result: CancelResult, detail: DetailResult | Error): object {
  const remaining =
    detail instanceof Error
      ? { remaining: null, whyRemainingIsUnknown: detail.message }
      : { remaining: remainingLines(detail), remainingEtag: detail.etag };
  return { outcome: result.isReplay ? 'REPLAYED' : 'CANCELED', ...result, ...remaining };
}

/** For machines: the outcome of a cancellation that did not succeed, with the details of its error. */
export function failureOutcome(error: PaymentCancelError | UsageError): object {
  if (!(error instanceof PaymentCancelError)) {
    return { outcome: 'INVALID', message: error.message, errors: [], isRetryable: false, attempts: 0 };
  }
  const { message, status, resultCode, requestId, idempotencyKey, attempts, errors, isRetryable, retryAfterMs } = error;
  let outcome = 'REFUSED';
  if (error instanceof OrderChangedError) outcome = 'ORDER_CHANGED';
  else if (error instanceof OutcomeUnknownError) outcome = 'UNKNOWN';
  else if (error instanceof UnavailableError) outcome = 'UNAVAILABLE';
  else if (error instanceof InvalidRequestError) outcome = 'INVALID';
  return {
    outcome,
    message,
    etag: error instanceof OrderChangedError ? error.etag : undefined,
    status,
    resultCode,
    errors,
    isRetryable,
    retryAfterMs,
    requestId,
    idempotencyKey,
    attempts,
  };
}

function remainingLines({ data }: DetailResult): object[] {
  return data.items.map(({ seq, itemId, remainingQuantity, totalRemainingAmount, totalRemainingTaxAmount }) => {
    return { seq, itemId, remainingQuantity, totalRemainingAmount, totalRemainingTaxAmount };
  });
}

function placeOf({ field, header }: ErrorEntry, language: Language): string {
  return header ?? (field === '' || field === undefined ? words.body[language]() : field);
}

function labeled(label: string, value: string): string {
  return `${padded(label, 15)}   ${value}`;
}

function table(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('   ')}`.trimEnd());
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** In columns of a terminal: a letter of Korean takes two. */
function widthOf(text: string): number {
  return text.length + (text.match(/\p{Script=Hangul}/gu)?.length ?? 0);
}

/** Replaces control characters: text from the network must not control the terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, '?');
}
