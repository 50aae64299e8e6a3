import { expect, test } from '@jest/globals';
import { describeViolation, type ErrorEntry, type Reason } from '../../../../../lambda/contract/violations.ts';
import { retryWindowMs } from '../../../../../lambda/domain/idempotency.ts';
import type { Order } from '../../../../../lambda/domain/order.ts';
import { memoryService } from '../../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../../tools/in-memory/orders.ts';
import { exampleRequest, headersOf, itemOf, requestOf } from '../../../../../tools/in-memory/requests.ts';
import type { Sending } from '../../../../../tools/in-memory/send.ts';
import { samples } from '../../../../../tools/generate/openapi/samples.ts';
import { type CancelResponse, dataOf, send } from '../../../../support/send.ts';

interface Case {
  readonly order?: Partial<Order>;
  /** What was sent before, without a key unless its headers have one. */
  readonly earlier?: object;
  readonly body: unknown;
  readonly sending?: Sending;
  readonly laterMs?: number;
}

const headers = (more: Readonly<Record<string, string | undefined>>): Sending => ({ headers: more });
const whole = exampleRequest('full-order');
/** 1000 are left of line 3. */
const part = requestOf([itemOf({ amount: 2000 })]);
/** One unit is left of line 1, with its tax. */
const unit = requestOf([lineOne({ amount: 50_000 })]);
const half = requestOf([itemOf({ amount: 500 })]);

/** A request for each reason, to which the service responds as the document says. */
const cases: Readonly<Record<Reason, Case>> = {
  HEADER_MISSING: { body: half, sending: headers({ 'X-Access-Key': undefined }) },
  HEADER_MALFORMED: { body: half, sending: headers({ 'Time-Zone': 'Seoul' }) },
  HEADER_REPEATED: {
    body: half,
    sending: {
      event: {
        multiValueHeaders: {
          ...Object.fromEntries(
            Object.entries(headersOf(JSON.stringify(half))).map(([name, value]) => [name, [value]]),
          ),
          'X-Store-Id': ['A', 'B'],
        },
      },
    },
  },
  HEADERS_DIFFER: { body: half, sending: headers({ 'X-Idempotency-Key': 'a', 'Idempotency-Key': 'b' }) },
  ENCODING_UNSUPPORTED: { body: half, sending: headers({ 'Content-Encoding': 'gzip' }) },
  ORDER_CHANGED: { order: { version: 4 }, body: half, sending: headers({ 'If-Match': '"ORD20251224001.3"' }) },
  BODY_TOO_LARGE: { body: ' '.repeat(70_000) },
  NOT_JSON: { body: half, sending: headers({ 'Content-Type': 'text/plain' }) },
  INVALID_JSON: { body: '{' },
  FIELD_MISSING: { body: { ...half, orderNo: undefined } },
  FIELD_UNKNOWN: { body: { ...half, refundAccount: { iban: '1' } } },
  FIELD_REPEATED: { body: JSON.stringify(half).replace('{', '{"orderNo":"A",') },
  FIELD_INVALID: { body: requestOf([itemOf({ quantity: 0 })]) },
  TOO_MANY_DIGITS: { body: JSON.stringify(half).replace('500,', '500.00000000000001,') },
  ORDER_NOT_FOUND: { body: { ...half, orderNo: 'NONE' } },
  IDEMPOTENCY_KEY_REUSED: { earlier: part, body: half, sending: headers({ 'X-Idempotency-Key': 'K' }) },
  DUPLICATE_CANCELLATION: { earlier: half, body: half, laterMs: retryWindowMs + 1 },
  DUPLICATE_SEQ: { earlier: part, body: requestOf([itemOf({ amount: 500 }), itemOf({ amount: 400 })]) },
  UNKNOWN_ITEM: { body: requestOf([itemOf({ seq: 4 })]) },
  ITEM_MISMATCH: { earlier: part, body: requestOf([itemOf({ itemId: 'P004', amount: 500 })]) },
  AMOUNT_EXCEEDS_UNIT_AMOUNT: { earlier: part, body: requestOf([itemOf({ amount: 4000 })]) },
  AMOUNT_NOT_POSITIVE: { earlier: part, body: requestOf([itemOf({ amount: 0 })]) },
  AMOUNT_WITHOUT_TAX: { earlier: unit, body: requestOf([lineOne({ amount: 45_000, taxAmount: 5000 })]) },
  TAX_EXCEEDS_AMOUNT: { earlier: unit, body: requestOf([lineOne({ amount: 1, taxAmount: 5000 })]) },
  TAX_LEFT_OVER: { earlier: unit, body: requestOf([lineOne({ amount: 50_000, taxAmount: 0 })]), sending: newKey() },
  TAX_EXCEEDS_UNIT_TAX: { earlier: part, body: requestOf([itemOf({ amount: 500, taxAmount: 45 })]) },
  QUANTITY_EXCEEDS_REMAINING: { earlier: part, body: requestOf([itemOf({ quantity: 2, amount: 500 })]) },
  AMOUNT_EXCEEDS_REMAINING: { earlier: part, body: requestOf([itemOf({ amount: 2000 })]), sending: newKey() },
  TAX_EXCEEDS_REMAINING: { earlier: part, body: requestOf([itemOf({ amount: 500, taxAmount: 45 })]) },
  TOTAL_MISMATCH: { body: { ...whole, totalCancelAmount: 56_000 } },
  AMOUNT_PRECISION: { earlier: part, body: requestOf([itemOf({ amount: 0.5 })]) },
  CURRENCY_MISMATCH: { body: half, sending: headers({ 'X-Currency-Code': 'USD' }) },
  PARTIAL_BEFORE_CAPTURE: {
    order: { paymentStatus: 'AUTHORIZED' },
    body: requestOf([lineOne({ quantity: 2, amount: 50_000 })]),
  },
  ORDER_NOT_CANCELABLE: { order: { paymentStatus: 'CANCELED' }, body: half },
  REFUND_ACCOUNT_REQUIRED: {
    order: { refundMethod: 'BANK_ACCOUNT' },
    body: { ...half, refundAccount: { accountNumber: '1', accountHolderName: 'A' } },
  },
};

/** The cases of a reason that have other words. */
const otherCases: Readonly<Record<string, Case>> = {
  DUPLICATE_CANCELLATION_other_tax: {
    earlier: requestOf([lineOne({ amount: 10_000, taxAmount: 1000 })]),
    body: requestOf([lineOne({ amount: 10_000, taxAmount: 900 })]),
  },
  DUPLICATE_CANCELLATION_other_account: {
    order: { refundMethod: 'BANK_ACCOUNT' },
    earlier: whole,
    body: { ...whole, refundAccount: { ...whole.refundAccount, accountNumber: '2' } },
  },
  AMOUNT_NOT_POSITIVE_nothing_left: {
    earlier: requestOf([itemOf()]),
    body: requestOf([itemOf({ amount: 0 })]),
  },
};

test.each(Object.entries(samples).map(([reason, sample]) => [reason as Reason, sample] as const))(
  '%s is shown with a message that the service really responds with',
  async (reason, { violation }) => {
    expect(await errorsOfCase(cases[reason])).toContainEqual(
      withoutId(describeViolation({ reason, ...violation }, 'en')),
    );
  },
);

const others = Object.entries(samples).flatMap(([reason, sample]) =>
  Object.entries(sample.others ?? {}).map(
    ([name, violation]) => [name, { reason: reason as Reason, ...violation }] as const,
  ),
);
test.each(others)('%s is, too', async (name, violation) => {
  expect(await errorsOfCase(otherCases[name])).toContainEqual(withoutId(describeViolation(violation, 'en')));
});

async function errorsOfCase(reproduced: Case | undefined): Promise<readonly ErrorEntry[]> {
  const { envelope } = await responseTo(reproduced);
  return (envelope.errors ?? []).map(withoutId);
}

/** The id of the first cancellation is another one each time. */
function withoutId(entry: ErrorEntry): ErrorEntry {
  return { ...entry, message: entry.message.replaceAll(/RETREQ\w+/g, 'RETREQ') };
}

async function responseTo(reproduced: Case | undefined): Promise<CancelResponse> {
  if (reproduced === undefined) throw new Error('This sample has no case.');
  const { order = {}, earlier, body, sending = {}, laterMs = 0 } = reproduced;
  const service = memoryService([orderOf(order)]);
  const earlierKey = sending.headers?.['X-Idempotency-Key'] === 'K' ? sending : {};
  if (earlier !== undefined) dataOf(await send(service, earlier, earlierKey));
  service.nowMs += laterMs;
  return await send(service, body, sending);
}

/** An item of one unit of line 1. */
function lineOne(overrides: Partial<ReturnType<typeof itemOf>>) {
  return itemOf({ seq: 1, itemId: 'P001', ...overrides });
}

function newKey(): Sending {
  return { headers: { 'X-Idempotency-Key': 'new' } };
}
