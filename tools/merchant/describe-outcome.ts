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

/** What was canceled, as a person reads it. */
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
  const tries = attempts === 1 ? '' : `, after ${attempts} attempts`;
  return [
    isReplay
      ? `Was canceled before: ${headline}. This is the first answer again; nothing was canceled twice${tries}.`
      : `Canceled: ${headline}${tries}.`,
    '',
    ...table([...rows, ...totals]),
    '',
    `returnRequestId   ${data.returnRequestId}`,
    `requestId         ${requestId}`,
    `answered at       ${timestamp}`,
    `idempotency key   ${idempotencyKey}`,
  ]
    .map(printable)
    .join('\n');
}

/** What is left of each line, as a person reads it. */
export function describeLeft({ data }: DetailResult): string {
  const { currencyCode, paymentStatus, items } = data;
  const rows = items.map((line) => [
    `line ${line.seq}`,
    line.itemId,
    `${line.remainingQuantity} of ${line.quantity}`,
    `${line.totalRemainingAmount} ${currencyCode}`,
    `tax ${line.totalRemainingTaxAmount}`,
  ]);
  return ['', `Left of the order, which is ${paymentStatus}:`, '', ...table(rows)].map(printable).join('\n');
}

/** That the order is canceled and what is left of it is not known. */
export function describeLeftUnknown(error: Error): string {
  return printable(`What is left is not known. ${error.message}`);
}

/** Why nothing was canceled or why that is not known, each mistake with its place, and what to do. */
export function describeError(error: PaymentCancelError): string {
  const { message, errors, requestId, retryAfterMs } = error;
  const isInvalid = error instanceof InvalidRequestError;
  const lines = [isInvalid ? 'Nothing was sent, because the request cannot be right.' : message];
  for (const entry of errors) lines.push('', `  ${placeOf(entry)}   ${entry.reason}`, `    ${entry.message}`);
  if (requestId !== undefined && requestId !== '') lines.push('', `requestId         ${requestId}`);
  if (error.isRetryable) {
    const when = retryAfterMs === undefined ? '' : ` in ${Math.ceil(retryAfterMs / 1000)} s`;
    lines.push('', `Run the same command again${when}.`);
  }
  return lines.map(printable).join('\n');
}

/** For machines: what was canceled, all there is to know of it, and what is left, or why that is not known. */
export function successOutcome(result: CancelResult, detail: DetailResult | Error): object {
  const left =
    detail instanceof Error ? { left: null, whyLeftIsUnknown: detail.message } : { left: remainingOf(detail) };
  return { outcome: result.isReplay ? 'REPLAYED' : 'CANCELED', ...result, ...left };
}

/** For machines: what came of it, and all there is to know of it. */
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

function remainingOf({ data }: DetailResult): object[] {
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

/** What came over the network may not steer a terminal. */
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, '?');
}
