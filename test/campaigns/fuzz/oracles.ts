import { Ajv } from 'ajv';
import { cancelSuccessSchema } from '../../../lambda/cancel/cancel-response.schema.ts';
import { refusalSchema } from '../../../lambda/contract/envelope.schema.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import { type FuzzRequest, signedBytesOf } from './request.ts';
import { secrets } from './world.ts';

/**
 * What is wrong with a response, whatever was asked: one sentence, or undefined where nothing is.
 * @param mayFail whether DynamoDB gave a reason to ask for the request once more
 */
export function flawOfResponse({ status, headers, body }: HttpResponse, mayFail = false): string | undefined {
  if (body.length > maxResponseLength) return `The response is ${body.length} characters long.`;
  const envelope = parse(body)?.value;
  if (!isResponse(envelope)) return `The response breaks the schema: ${JSON.stringify(isResponse.errors)}`;
  const { resultCode, errors = [] } = envelope;
  const rows = [...table, ...(mayFail ? failures : [])].filter(
    (row) => row.status === status && row.resultCode === resultCode,
  );
  const isRow = rows.some(
    ({ reasons, maxErrors }) => errors.length <= maxErrors && errors.every(({ reason }) => reasons.test(reason)),
  );
  if (!isRow) return `The contract has no response ${status} ${resultCode} with these errors.`;
  if (status >= 400 && status < 500 && errors.length === 0 && status !== 401) return 'The refusal does not say why.';
  if (headers['content-type'] !== 'application/json; charset=utf-8') return 'The response is not declared as JSON.';
  if ('idempotent-replayed' in headers && status !== 200) return 'A refusal is declared as a replay.';
  return undefined;
}

export function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A body of 64 KiB cannot be echoed in more than this. */
const maxResponseLength = 1024 * 1024;

const isResponse = new Ajv().compile<Envelope<CancellationData>>({ oneOf: [cancelSuccessSchema, refusalSchema] });

const row = (status: number, resultCode: string, reasons: RegExp, maxErrors = 1000) => ({
  status,
  resultCode,
  reasons,
  maxErrors,
});

const ruleReasons = new RegExp(
  `^(?:${[
    'DUPLICATE_SEQ|UNKNOWN_ITEM|ITEM_MISMATCH|AMOUNT_EXCEEDS_UNIT_AMOUNT|AMOUNT_NOT_POSITIVE|TAX_EXCEEDS_UNIT_TAX',
    'TAX_EXCEEDS_AMOUNT|TAX_LEFT_OVER|AMOUNT_WITHOUT_TAX|QUANTITY_EXCEEDS_REMAINING|AMOUNT_EXCEEDS_REMAINING',
    'TAX_EXCEEDS_REMAINING|TOTAL_MISMATCH|AMOUNT_PRECISION|CURRENCY_MISMATCH|PARTIAL_BEFORE_CAPTURE',
    'ORDER_NOT_CANCELABLE|REFUND_ACCOUNT_REQUIRED',
  ].join('|')})$`,
);

/** Section 5 of the contract, but for what a healthy service never responds with: 5xx. */
const table = [
  row(200, '0', /^$/, 0),
  row(400, 'EBP-A-0001', /^HEADER(?:_(?:MISSING|MALFORMED|REPEATED)|S_DIFFER)$/),
  // One and the same response for all.
  row(401, 'EBP-A-0001', /^$/, 0),
  row(413, 'EBP-C-0006', /^BODY_TOO_LARGE$/, 1),
  row(415, 'EBP-C-0006', /^(?:NOT_JSON|ENCODING_UNSUPPORTED)$/, 1),
  row(400, 'EBP-C-0006', /^INVALID_JSON$/, 1),
  row(400, 'EBP-C-0007', /^(?:FIELD_(?:MISSING|UNKNOWN|REPEATED|INVALID)|TOO_MANY_DIGITS)$/),
  row(404, 'EBP-Z-0002', /^ORDER_NOT_FOUND$/, 1),
  row(400, 'EBP-C-0004', ruleReasons),
  row(412, 'EBP-C-0004', /^ORDER_CHANGED$/, 1),
  // One for every item with another tax, and one for the account.
  row(409, 'EBP-C-0005', /^DUPLICATE_CANCELLATION$/, 101),
  row(422, 'EBP-C-0005', /^IDEMPOTENCY_KEY_REUSED$/, 1),
];

const failures = [row(500, 'EBP-Z-0010', /^$/, 0), row(503, 'EBP-C-0011', /^$/, 0)];

/** What is wrong with the data of a success, given what was asked for. */
export function flawOfData(request: FuzzRequest, { status, headers, body }: HttpResponse): string | undefined {
  if (status !== 200) return undefined;
  const { data } = JSON.parse(body) as Envelope<CancellationData>;
  const asked = JSON.parse(signedBytesOf(request).toString('utf8')) as CancellationRequest;
  if (data === null) return 'A success has no data.';
  // A replay is of a request that meant the same: in the sequence of that one, and whatever it said of tax where there is
  // none.
  const isReplay = 'idempotent-replayed' in headers;
  const listOf = (items: CancellationData['items']) =>
    items.map(({ seq, itemId, quantity, amount, taxAmount }) =>
      JSON.stringify([seq, itemId, quantity, amount, isReplay ? undefined : taxAmount]),
    );
  const [wanted, got] = [listOf(asked.items), listOf(data.items)];
  if (isReplay) [wanted, got].forEach((list) => list.sort());
  const isSame = wanted.join() === got.join() && data.orderNo === asked.orderNo;
  if (!isSame || data.processedCount !== wanted.length) return 'What was canceled is not what was asked for.';
  const total = data.totalProductAmount + data.totalDeliveryAmount;
  // Decimals add up to within far less than the smallest unit of a currency.
  return Math.abs(total - asked.totalCancelAmount) < 1e-6 ? undefined : 'The totals are not what was asked for.';
}

/**
 * A secret that stands in what was printed or answered: part of one is enough. What a merchant writes as an order
 * number or as a name comes back, so it does not count.
 */
export function leakIn(text: string, request: FuzzRequest, more: readonly string[] = []): string | undefined {
  const leaked = secretIn(text, more);
  if (leaked === undefined || echoable(request).some((echoed) => echoed.includes(middleOf(leaked)))) return undefined;
  return `The secret ${leaked} got out.`;
}

/** The first secret that a part of stands in a text. */
export function secretIn(text: string, more: readonly string[] = []): string | undefined {
  return [...secrets, ...more].find((secret) => text.includes(middleOf(secret)));
}

const middleLength = 12;

function middleOf(secret: string): string {
  const start = Math.max(0, Math.floor((secret.length - middleLength) / 2));
  return secret.slice(start, start + middleLength);
}

function echoable(request: FuzzRequest): string[] {
  const echoed: string[] = [];
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    echoed.push(...Object.keys(value));
    Object.values(value).forEach(look);
  };
  const body = parse(signedBytesOf(request).toString('utf8'))?.value;
  look(body);
  const orderNo = (body as { orderNo?: unknown } | null | undefined)?.orderNo;
  return typeof orderNo === 'string' ? [...echoed, orderNo] : echoed;
}

const prototypes = [Object, Array, String, Number, Boolean, Function, Promise, Map, Set, RegExp, Error, Buffer].map(
  (type) => type.prototype as object,
);
const snapshotOf = (prototype: object) =>
  Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)] as const);
const snapshots = prototypes.map(snapshotOf);

/**
 * What every object inherits has changed since this module was loaded. A change stays, so that it is enough to look at
 * all of them now and then.
 * @param isThorough whether to look at more than Object.prototype
 */
export function prototypeFlaw(isThorough: boolean): string | undefined {
  const looked = isThorough ? prototypes : prototypes.slice(0, 1);
  const index = looked.findIndex((prototype, at) => !isSame(prototype, snapshots[at] ?? []));
  return index < 0 ? undefined : `The prototype of ${prototypes[index]?.constructor.name} has changed.`;
}

function isSame(prototype: object, snapshot: ReturnType<typeof snapshotOf>): boolean {
  if (Reflect.ownKeys(prototype).length !== snapshot.length) return false;
  return snapshot.every(([key, before]) => {
    const now = Object.getOwnPropertyDescriptor(prototype, key);
    return now?.value === before?.value && now?.get === before?.get && now?.set === before?.set;
  });
}
