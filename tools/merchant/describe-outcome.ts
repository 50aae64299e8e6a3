import {
  type CancelRequest,
  type CancelResult,
  type DetailResult,
  type ErrorEntry,
  InvalidRequestError,
  OutcomeUnknownError,
  PaymentCancelError,
  totalOf,
  UnavailableError,
} from '../../client/src/payment-cancel-client.ts';
import type { UsageError } from '../command-line.ts';

/** What was canceled, for a person to read. */
export function describeResult(result: CancelResult, request: CancelRequest, currencyCode: string): string {
  const { data, isReplay, requestId, timestamp, idempotencyKey, attempts } = result;
  const headline = `${request.totalCancelAmount} ${currencyCode} of order ${data.orderNo}`;
  const rows = data.items.map(({ seq, itemId, quantity, amount, taxAmount = 0 }) => [
    `line ${seq}`,
    itemId,
    `${quantity} x ${amount}`,
    `${totalOf([{ quantity, amount }])} ${currencyCode}`,
    `tax ${totalOf([{ quantity, amount: taxAmount }])}`,
  ]);
  const totals = [
    ['products', '', '', `${data.totalProductAmount} ${currencyCode}`, `tax ${data.totalProductTaxAmount}`],
    ['delivery', '', '', `${data.totalDeliveryAmount} ${currencyCode}`, `tax ${data.totalDeliveryTaxAmount}`],
  ];
  const repeats = attempts === 1 ? '' : ` The request was sent ${attempts} times.`;
  return [
    isReplay
      ? `Was canceled before: ${headline}. This is the first response again; nothing was canceled twice.${repeats}`
      : `Canceled: ${headline}.${repeats}`,
    '',
    ...table([...rows, ...totals]),
    '',
    `returnRequestId   ${data.returnRequestId}`,
    `requestId         ${requestId}`,
    `responded at      ${timestamp}`,
    `idempotency key   ${idempotencyKey}`,
  ]
    .map(printable)
    .join('\n');
}

/** What remains of each line, for a person to read. */
export function describeRemaining({ data }: DetailResult): string {
  const { currencyCode, paymentStatus, items } = data;
  const rows = items.map((line) => [
    `line ${line.seq}`,
    line.itemId,
    `${line.remainingQuantity} of ${line.quantity}`,
    `${line.totalRemainingAmount} ${currencyCode}`,
    `tax ${line.totalRemainingTaxAmount}`,
  ]);
  return ['', `Remaining of the order, which is ${paymentStatus}:`, '', ...table(rows)].map(printable).join('\n');
}

/** Why it is not known what remains of the order. */
export function describeRemainingUnknown(error: Error): string {
  return printable(`What remains is not known. ${error.message}`);
}

/** Why nothing was canceled, or why that is not known; each error with its place; and what to do. */
export function describeError(error: PaymentCancelError): string {
  const { message, errors, requestId, retryAfterMs } = error;
  const isInvalid = error instanceof InvalidRequestError;
  const lines = [isInvalid ? 'Nothing was sent, because the request has errors.' : message];
  for (const entry of errors) lines.push('', `  ${placeOf(entry)}   ${entry.reason}`, `    ${entry.message}`);
  if (requestId !== undefined && requestId !== '') lines.push('', `requestId         ${requestId}`);
  if (error.isRetryable) {
    const when = retryAfterMs === undefined ? '' : ` in ${Math.ceil(retryAfterMs / 1000)} s`;
    lines.push('', `Run the same command again${when}.`);
  }
  return lines.map(printable).join('\n');
}

/** For machines: the whole result, and what remains of each line, or why that is not known. */
export function successOutcome(result: CancelResult, detail: DetailResult | Error): object {
  const remaining =
    detail instanceof Error
      ? { remaining: null, whyRemainingIsUnknown: detail.message }
      : { remaining: remainingLines(detail) };
  return { outcome: result.isReplay ? 'REPLAYED' : 'CANCELED', ...result, ...remaining };
}

/** For machines: the outcome of a cancellation that did not succeed, with the details of its error. */
export function failureOutcome(error: PaymentCancelError | UsageError): object {
  if (!(error instanceof PaymentCancelError)) {
    return { outcome: 'INVALID', message: error.message, errors: [], isRetryable: false, attempts: 0 };
  }
  const { message, status, resultCode, requestId, idempotencyKey, attempts, errors, isRetryable, retryAfterMs } = error;
  let outcome = 'REFUSED';
  if (error instanceof OutcomeUnknownError) outcome = 'UNKNOWN';
  else if (error instanceof UnavailableError) outcome = 'UNAVAILABLE';
  else if (error instanceof InvalidRequestError) outcome = 'INVALID';
  return {
    outcome,
    message,
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

function placeOf({ field, header }: ErrorEntry): string {
  return header ?? (field === '' || field === undefined ? 'body' : field);
}

function table(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd());
}

/** Replaces control characters: text from the network must not control the terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, '?');
}
