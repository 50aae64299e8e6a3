// Independent of the service on purpose, and so not to be merged with its rules: of those it shares only the schema and
// the types. What the service reads wrongly, this has to read rightly.

import { Ajv } from 'ajv';
import { cancelRequestSchema } from '../../../lambda/cancel/cancel-request.schema.ts';
import type { CancellationRequest, RequestedItem } from '../../../lambda/domain/cancellation.ts';
import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import { signatureOf } from '../../../tools/in-memory/requests.ts';
import { knownTimeZones } from './mutate-headers.ts';
import { losesSomething } from './reference-json.ts';
import { type FuzzRequest, signedBytesOf } from './request.ts';
import { orders, sender } from './world.ts';

export const accepted = '200 0';
const headersRefused = ['400 EBP-A-0001', '401 EBP-A-0001', '415 EBP-C-0006'];

/**
 * The contract, read a second time and in another way than the service does: the responses, as `status resultCode`, that
 * a request may get as the first one of its orders.
 */
export function allowedResponses(request: FuzzRequest): readonly string[] {
  const body = readBody(request);
  if ('refused' in body) return body.refused;
  const { text, value, currencyCode } = body;
  if (!isRequest(value) || losesSomething(text)) return ['400 EBP-C-0007'];

  const order = orders.find(({ orderNo }) => orderNo === value.orderNo);
  if (order === undefined) return ['404 EBP-Z-0002'];
  return keepsRules(order, value, currencyCode) ? [accepted] : ['400 EBP-C-0004'];
}

type Body =
  | { readonly refused: readonly string[] }
  | { readonly text: string; readonly value: unknown; readonly currencyCode: string };

/** What every call reads in the same way: the responses to a request whose size, headers or JSON are wrong, or its JSON. */
export function readBody(request: FuzzRequest): Body {
  const bytes = signedBytesOf(request);
  if (bytes.length > 65_536) return { refused: ['413 EBP-C-0006'] };
  const headers = soundHeaders(request, bytes);
  if (headers === undefined) return { refused: headersRefused };
  if (!headers.isJson) return { refused: ['415 EBP-C-0006'] };

  const text = textOf(request, bytes);
  const parsed = text === undefined ? undefined : parse(text);
  if (text === undefined || parsed === undefined) return { refused: ['400 EBP-C-0006'] };
  return { text, value: parsed.value, currencyCode: headers.currencyCode };
}

const isRequest = new Ajv({ allowUnionTypes: true }).compile<CancellationRequest>({
  ...cancelRequestSchema,
  $id: 'ReferenceRequest',
});

/** The text that was signed; undefined for bytes that are not UTF-8. */
function textOf({ body, isBase64Encoded }: FuzzRequest, bytes: Buffer): string | undefined {
  if (!isBase64Encoded) return body ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Undefined unless every header is one that the sender may send: the only good ones that the generator makes. */
function soundHeaders({ headers }: FuzzRequest, bytes: Buffer): { currencyCode: string; isJson: boolean } | undefined {
  const valuesOf = (name: string) =>
    headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  const isOnly = (name: string, accepts: (value: string) => boolean) => {
    const values = valuesOf(name);
    return values.length === 1 && values.every(accepts);
  };
  const isAbsentOr = (name: string, accepts: (value: string) => boolean) =>
    valuesOf(name).length === 0 || isOnly(name, accepts);
  const isSound =
    isOnly('Content-Type', (value) => value !== '') &&
    isOnly('X-Access-Key', is(sender.accessKey)) &&
    isOnly('X-EBP-Signature', is(signatureOf(bytes, sender.hashKey))) &&
    isOnly('X-Division-Code', is(sender.divisionCode)) &&
    isOnly('X-Store-Id', is(sender.storeId)) &&
    isOnly('X-Channel-Code', is(sender.channelCode)) &&
    isOnly('X-Ric-Code', is('KIC')) &&
    isOnly('X-Country-Code', is('KR')) &&
    isOnly('X-Currency-Code', (value) => ['KRW', 'USD', 'KWD', 'EUR'].includes(value)) &&
    isAbsentOr('X-Idempotency-Key', (value) => /^[ -~]{1,128}$/.test(value)) &&
    isAbsentOr('Time-Zone', (value) => knownTimeZones.includes(value));
  if (!isSound) return undefined;
  const [mediaType = '', parameter = 'charset=utf-8', ...more] = (valuesOf('Content-Type')[0] ?? '')
    .toLowerCase()
    .split(';')
    .map((part, index) => (index === 0 ? part.trimEnd() : part.trim()));
  const isJson = mediaType === 'application/json' && parameter === 'charset=utf-8' && more.length === 0;
  return { currencyCode: valuesOf('X-Currency-Code')[0] ?? '', isJson };
}

const is = (expected: string) => (value: string) => value === expected;

/** Section 3 of the contract for an order, rule by rule, in decimals scaled to whole numbers. */
function keepsRules(order: Order, request: CancellationRequest, currencyCode: string): boolean {
  const { items, refundAccount = {} } = request;
  const scale = { KRW: 1, USD: 100, KWD: 1000 }[order.currencyCode] ?? Number.NaN;
  const isVoid = order.paymentStatus === 'AUTHORIZED';
  const isRefund = order.paymentStatus === 'CAPTURED' || order.paymentStatus === 'PARTIALLY_CANCELED';
  const needsAccount = isRefund && order.refundMethod === 'BANK_ACCOUNT';
  const total = items.reduce((sum, { quantity, amount }) => sum + quantity * scaled(amount, scale), 0);
  const isWhole = order.lines.every((line) => items.some((item) => isWholeLine(item, line, scale)));
  return (
    (isVoid || isRefund) &&
    currencyCode === order.currencyCode &&
    new Set(items.map(({ seq }) => seq)).size === items.length &&
    items.every((item) => order.lines.some((line) => mayCancel(item, line, scale))) &&
    total === scaled(request.totalCancelAmount, scale) &&
    (!isVoid || isWhole) &&
    (!needsAccount || ['accountNumber', 'bankCode', 'accountHolderName'].every((name) => name in refundAccount))
  );
}

function mayCancel(item: RequestedItem, line: OrderLine, scale: number): boolean {
  const amount = scaled(item.amount, scale);
  const tax = scaled(item.taxAmount ?? 0, scale);
  const unitAmount = Number(line.unitAmountMinor);
  const remainingAmount = line.quantity * unitAmount - Number(line.canceled.amountMinor);
  const remainingTax = line.quantity * Number(line.unitTaxMinor) - Number(line.canceled.taxMinor);
  return (
    item.seq === line.seq &&
    item.itemId === line.itemId &&
    item.itemType === line.itemType &&
    item.quantity <= line.quantity - line.canceled.units &&
    amount <= unitAmount &&
    (amount > 0 || unitAmount === 0) &&
    tax <= Number(line.unitTaxMinor) &&
    item.quantity * amount <= remainingAmount &&
    item.quantity * tax <= remainingTax
  );
}

function isWholeLine(item: RequestedItem, line: OrderLine, scale: number): boolean {
  const isFullAmount = scaled(item.amount, scale) === Number(line.unitAmountMinor);
  return item.seq === line.seq && item.quantity === line.quantity && isFullAmount;
}

/** Not a number, which nothing is equal to or less than, when there are more decimals than the currency has. */
function scaled(amount: number, scale: number): number {
  const whole = Math.round(amount * scale);
  return whole / scale === amount ? whole : Number.NaN;
}
