import { describe, expect, test } from '@jest/globals';
import { cancelRequestShape } from '../../../../lambda/cancel/cancel-request.ts';
import { describeViolation } from '../../../../lambda/contract/violations.ts';
import { schemaViolations } from '../../../../lambda/contract/schema-violations.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';

function schemaViolationsOf(body: unknown) {
  const { isRequest, fields } = cancelRequestShape;
  return isRequest(body) ? [] : schemaViolations(isRequest.errors ?? [], fields);
}

/** Each violation as `REASON pointer`. */
const violationsIn = (body: unknown) =>
  schemaViolationsOf(body).map(({ reason, at }) => `${reason} ${'field' in at ? at.field : at.header}`);
/** The request with a field replaced, or without it. */
const withField = (name: string, value: unknown) => ({ ...requestOf([itemOf()]), [name]: value });
const withItemField = (name: string, value: unknown) => ({ ...requestOf([]), items: [{ ...itemOf(), [name]: value }] });
const withoutField = (object: object, name: string) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

test.each(['orderNo', 'totalCancelAmount', 'items'])('%s is required', (name) => {
  expect(violationsIn(withoutField(requestOf([itemOf()]), name))).toEqual([`FIELD_MISSING /${name}`]);
});

test.each(['seq', 'itemType', 'itemId', 'quantity', 'amount'])('%s of an item is required', (name) => {
  expect(violationsIn({ ...requestOf([]), items: [withoutField(itemOf(), name)] })).toEqual([
    `FIELD_MISSING /items/0/${name}`,
  ]);
});

test.each([
  ['at the top', { ...requestOf([itemOf()]), total: 1 }, '/total'],
  ['in an item', { ...requestOf([]), items: [{ ...itemOf(), tax: 1 }] }, '/items/0/tax'],
  ['in another case', { ...requestOf([]), items: [{ ...itemOf(), taxamount: 1 }] }, '/items/0/taxamount'],
  ['in the account', withField('refundAccount', { iban: '1' }), '/refundAccount/iban'],
  ['named like a path', withField('a/b~c', 1), '/a~1b~0c'],
])('an unknown field %s is refused', (_where, body, field) => {
  expect(violationsIn(body)).toEqual([`FIELD_UNKNOWN ${field}`]);
});

test.each<[string, unknown]>([
  ['a null', null],
  ['a list', []],
  ['a text', 'text'],
  ['a number', 1],
])('%s is no request', (_what, body) => {
  expect(violationsIn(body)).toEqual(['FIELD_INVALID ']);
});

const items = (count: number) => Array.from({ length: count }, () => itemOf());

describe('the limits of section 6', () => {
  test.each<[string, unknown, unknown]>([
    ['orderNo', 'O'.repeat(64), 'O'.repeat(65)],
    ['orderNo', 'a', ''],
    ['orderNo', 'aZ09._-', 'a/b'],
    ['orderNo', '1', 1],
    ['orderNo', 'a', 'a b'],
    ['orderNo', 'a', 'a\n'],
    ['orderNo', 'a', 'ä'],
    ['totalCancelAmount', 0, -1],
    ['totalCancelAmount', 999_999_999_999_999, 1_000_000_000_000_000],
    ['totalCancelAmount', 0.001, '3000'],
    ['totalCancelAmount', 1, null],
    ['items', items(1), []],
    ['items', items(100), items(101)],
    ['items', items(1), {}],
    ['refundAccount', {}, []],
    ['refundAccount', {}, null],
  ])('%s: %j is accepted and %j is not', (name, accepted, refused) => {
    expect(violationsIn(withField(name, accepted))).toEqual([]);
    expect(violationsIn(withField(name, refused))).toEqual([`FIELD_INVALID /${name}`]);
  });

  test.each<[string, unknown, unknown]>([
    ['seq', 1, 0],
    ['seq', 1_000_000, 1_000_001],
    ['seq', 1, -1],
    ['seq', 1, 1.5],
    ['seq', 1, '1'],
    ['quantity', 1, 0],
    ['quantity', 1_000_000, 1_000_001],
    ['quantity', 1, 0.5],
    ['quantity', 1, -1],
    ['itemType', 'PHYSICAL', 'physical'],
    ['itemType', 'DIGITAL', ''],
    ['itemType', 'SUBSCRIPTION', null],
    ['itemType', 'DELIVERY', 'SHIPPING'],
    ['itemType', 'SERVICE', 1],
    ['itemId', 'I'.repeat(64), 'I'.repeat(65)],
    ['itemId', 'I', ''],
    ['itemId', 'aZ09._-', 'a#b'],
    ['amount', 0, -0.01],
    ['amount', 999_999_999_999_999, 1e15],
    ['amount', 1, Number.POSITIVE_INFINITY],
    ['taxAmount', 0, -1],
    ['taxAmount', 999_999_999_999_999, 1e15],
    ['taxAmount', 1, null],
  ])('%s of an item: %j is accepted and %j is not', (name, accepted, refused) => {
    expect(violationsIn(withItemField(name, accepted))).toEqual([]);
    expect(violationsIn(withItemField(name, refused))).toEqual([`FIELD_INVALID /items/0/${name}`]);
  });

  test.each<[string, unknown, unknown]>([
    ['accountNumber', '1', ''],
    ['accountNumber', '1'.repeat(34), '1'.repeat(35)],
    ['accountNumber', 'DE-12ab', 'DE 12'],
    ['accountNumber', 1_234_567_890, 1.5],
    ['accountNumber', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1],
    ['accountNumber', 1, null],
    ['accountNumber', 1, 0],
    ['accountNumber', 1, -5],
    ['accountNumber', '01', '0'],
    ['accountNumber', '-1-', '-'],
    ['accountNumber', 'A1', 'A'],
    ['accountNumber', '0-0-9', '0-0-0'],
    ['accountNumber', '110-123', '110 123'],
    ['accountNumber', '1', '１'],
    ['bankCode', '1', ''],
    ['bankCode', '1'.repeat(20), '1'.repeat(21)],
    ['bankCode', '은행'.repeat(10), '은행'.repeat(11)],
    ['bankCode', '1', 1],
    ['accountHolderName', 'J', ''],
    ['accountHolderName', '김'.repeat(100), '김'.repeat(101)],
    ['accountHolderName', `J${'😀'.repeat(99)}`, `J${'😀'.repeat(100)}`],
    ['accountHolderName', 'J', null],
  ])('%s: %j is accepted and %j is not', (name, accepted, refused) => {
    expect(violationsIn(withField('refundAccount', { [name]: accepted }))).toEqual([]);
    expect(violationsIn(withField('refundAccount', { [name]: refused }))).toEqual([
      `FIELD_INVALID /refundAccount/${name}`,
    ]);
  });
});

describe.each(['bankCode', 'accountHolderName'])('%s has to be one that a bank can pay:', (name) => {
  const fieldsWith = (value: string) => violationsIn(withField('refundAccount', { [name]: value }));

  test.each([
    ['a digit', '004'],
    ['a letter', 'K'],
    ['a letter of any script', '김'],
    ['a space between letters', 'A B'],
    ['a hyphen', '-1-'],
    ['an apostrophe', 'O’Neil'],
    ['a letter with a combining mark', 'Jose\u0301'],
    ['a non-joiner between letters', 'می\u200cخ'],
    ['a joiner after a mark', 'ක්\u200dෂ'],
  ])('%s is accepted', (_what, value) => {
    expect(fieldsWith(value)).toEqual([]);
  });

  test.each([
    ['a space', ' '],
    ['a hyphen', '-'],
    ['an emoji', '😀'],
    ['a tab', 'A\tB'],
    ['a line break', 'A\n'],
    ['a null', 'A\u0000'],
    ['a control character above ASCII', 'A\u0085'],
    ['a zero-width space', 'A\u200bB'],
    ['a soft hyphen', 'A\u00adB'],
    ['a byte order mark', '\ufeffA'],
    ['a turn of direction', 'A\u202eB'],
    ['a tag character', 'A\u{e0041}'],
    ['a line separator', 'A\u2028B'],
    ['a paragraph separator', 'A\u2029B'],
    ['half of a surrogate pair', 'A\ud800'],
    ['a joiner at the start', '\u200dA'],
    ['a non-joiner at the end', 'A\u200c'],
    ['a joiner beside a digit', '1\u200d2'],
    ['nothing but a joiner', '\u200d'],
  ])('%s is not', (_what, value) => {
    expect(fieldsWith(value)).toEqual([`FIELD_INVALID /refundAccount/${name}`]);
  });
});

describe('what is listed', () => {
  test('each place once, and all of them', () => {
    const body = {
      orderNo: 5,
      refundAccount: { bankCode: '' },
      items: [{ ...itemOf(), seq: 0.5 }, 'item', { seq: 1, extra: 1 }],
      extra: 1,
    };
    expect(violationsIn(body).sort()).toEqual([
      'FIELD_INVALID /items/0/seq',
      'FIELD_INVALID /items/1',
      'FIELD_INVALID /orderNo',
      'FIELD_INVALID /refundAccount/bankCode',
      'FIELD_MISSING /items/2/amount',
      'FIELD_MISSING /items/2/itemId',
      'FIELD_MISSING /items/2/itemType',
      'FIELD_MISSING /items/2/quantity',
      'FIELD_MISSING /totalCancelAmount',
      'FIELD_UNKNOWN /extra',
      'FIELD_UNKNOWN /items/2/extra',
    ]);
  });

  test('of a list that is too long, its length alone', () => {
    expect(violationsIn({ ...requestOf([]), items: Array.from({ length: 101 }, () => ({ seq: 0 })) })).toEqual([
      'FIELD_INVALID /items',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['a range', withItemField('seq', 0), 'seq must be a whole number from 1 to 1000000, without quotes.'],
    [
      'a choice',
      withItemField('itemType', 'X'),
      'itemType must be one of PHYSICAL, DIGITAL, SUBSCRIPTION, DELIVERY, SERVICE.',
    ],
    [
      'the fields of the body',
      withField('total', 1),
      'total is not a field of this object: its fields are orderNo, totalCancelAmount, refundAccount, items.',
    ],
    [
      'the fields of an item',
      withItemField('tax', 1),
      'tax is not a field of this object: its fields are seq, itemType, itemId, quantity, amount, taxAmount.',
    ],
    [
      'the fields of an account',
      withField('refundAccount', { iban: 1 }),
      'iban is not a field of this object: its fields are accountNumber, bankCode, accountHolderName.',
    ],
    [
      'what is missing',
      withoutField(requestOf([itemOf()]), 'orderNo'),
      'orderNo is missing: send a string of 1 to 64 characters of A-Z a-z 0-9 . _ -.',
    ],
    ['an object for the body', [], 'body must be a JSON object.'],
    ['an object for an item', { ...requestOf([]), items: [1] }, 'items/0 must be a JSON object.'],
  ])('a message names %s', (_what, body, message) => {
    const [violation] = schemaViolationsOf(body);
    expect(violation && describeViolation(violation, 'en').message).toBe(message);
  });
});
