import { describe, expect, test } from '@jest/globals';
import { describeViolation, type Reason, type Violation } from '../../../../lambda/contract/violations.ts';

const remaining = { seq: 3, units: 1, amount: '1000', tax: '0', currencyCode: 'KRW' };

/** For each reason a place, and what is accepted there. */
const violations: Readonly<Record<Reason, Omit<Violation, 'reason'>>> = {
  HEADER_MISSING: { at: { header: 'X-Store-Id' }, accepted: { en: 'the store', ko: '상점' } },
  HEADER_MALFORMED: { at: { header: 'X-Ric-Code' }, accepted: 'KIC' },
  HEADER_REPEATED: { at: { header: 'X-Ric-Code' } },
  BODY_TOO_LARGE: { at: { field: '' }, accepted: '65536' },
  NOT_JSON: { at: { header: 'Content-Type' } },
  INVALID_JSON: { at: { field: '' }, accepted: { en: 'send an object', ko: '객체를 보내 주십시오' } },
  FIELD_MISSING: { at: { field: '/orderNo' }, accepted: 'an order' },
  FIELD_UNKNOWN: { at: { field: '/items/0/tax' }, accepted: 'seq' },
  FIELD_REPEATED: { at: { field: '/items/0/seq' } },
  FIELD_INVALID: { at: { field: '' }, accepted: 'an object' },
  TOO_MANY_DIGITS: { at: { field: '/items/0/amount' } },
  ORDER_NOT_FOUND: { at: { field: '/orderNo' } },
  IDEMPOTENCY_KEY_REUSED: { at: { header: 'X-Idempotency-Key' } },
  DUPLICATE_CANCELLATION: { at: { header: 'X-Idempotency-Key' }, accepted: 'RETREQ1' },
  DUPLICATE_SEQ: { at: { field: '/items/1/seq' }, remaining },
  UNKNOWN_ITEM: { at: { field: '/items/0/seq' }, accepted: '1, 2' },
  ITEM_MISMATCH: { at: { field: '/items/0/itemId' }, accepted: 'P003', remaining },
  AMOUNT_EXCEEDS_UNIT_AMOUNT: { at: { field: '/items/0/amount' }, accepted: '3000', remaining },
  AMOUNT_NOT_POSITIVE: { at: { field: '/items/0/amount' }, accepted: '3000', remaining },
  TAX_EXCEEDS_UNIT_TAX: { at: { field: '/items/0/taxAmount' }, accepted: '0', remaining },
  QUANTITY_EXCEEDS_REMAINING: { at: { field: '/items/0/quantity' }, accepted: '1', remaining },
  AMOUNT_EXCEEDS_REMAINING: { at: { field: '/items/0/amount' }, accepted: '1000', remaining },
  TAX_EXCEEDS_REMAINING: { at: { field: '/items/0/taxAmount' }, accepted: '0', remaining },
  TOTAL_MISMATCH: { at: { field: '/totalCancelAmount' }, accepted: '3000' },
  AMOUNT_PRECISION: { at: { field: '/items/0/amount' }, accepted: '2', currencyCode: 'KRW', remaining },
  CURRENCY_MISMATCH: { at: { header: 'X-Currency-Code' }, accepted: 'KRW' },
  PARTIAL_BEFORE_CAPTURE: { at: { field: '/items/0/quantity' }, accepted: '2' },
  ORDER_NOT_CANCELABLE: { at: { field: '/orderNo' }, accepted: 'VOIDED' },
  REFUND_ACCOUNT_REQUIRED: { at: { field: '/refundAccount/bankCode' } },
};
const reasons = Object.keys(violations) as Reason[];
const describeIn = (language: 'en' | 'ko', reason: Reason) =>
  describeViolation({ reason, ...violations[reason] }, language);

describe.each(reasons)('%s', (reason) => {
  const { at, accepted, remaining: remainingOfLine } = violations[reason];

  test('stands at its place with its reason and a sentence', () => {
    const { message, ...rest } = describeIn('en', reason);
    expect(rest).toEqual({ ...at, reason });
    expect(message).toMatch(/^\S.*\.$/);
    expect(message).not.toMatch(/undefined|\[object|\$\{/);
  });

  test('is described in Korean too', () => {
    const { message } = describeIn('ko', reason);
    expect(message).toMatch(/\p{Script=Hangul}.*[.]$/u);
    expect(message).not.toMatch(/undefined|\[object|\$\{/);
  });

  test('is described in Korean without a choice of particles, such as 은(는)', () => {
    expect(describeIn('ko', reason).message).not.toMatch(/은\(는\)|이\(가\)|을\(를\)|\(으\)로|와\(과\)/);
  });

  test('is described in polite Korean', () => {
    const sentences = describeIn('ko', reason).message.split(/(?<=다|오)\. ?/);
    for (const sentence of sentences) expect(sentence).toMatch(/(니다|시오|: .*\.)$|^$/);
  });

  test('names what is accepted and what remains, in both languages', () => {
    const english = describeIn('en', reason).message;
    const korean = describeIn('ko', reason).message;
    const named =
      typeof accepted === 'object' ? [] : [accepted ?? '', ...(remainingOfLine ? ['3', '1', '1000 KRW'] : [])];
    expect(named.filter((text) => !english.includes(text) || !korean.includes(text))).toEqual([]);
  });
});

test('what remains of a line is said after the sentence', () => {
  expect(describeIn('en', 'AMOUNT_EXCEEDS_REMAINING').message).toBe(
    'quantity x amount is more than the 1000 left of the line. ' +
      'Left of line 3: quantity 1, amount 1000 KRW, tax 0 KRW.',
  );
});

test('what is accepted is said in the language of the response', () => {
  expect(describeIn('en', 'HEADER_MISSING').message).toBe('The header X-Store-Id is missing: send the store.');
  expect(describeIn('ko', 'HEADER_MISSING').message).toContain('상점');
});

test('the empty pointer is described as the body', () => {
  expect(describeIn('en', 'FIELD_INVALID').message).toBe('body must be an object.');
});

test('before capture the lines that are missing are named', () => {
  const violation = { reason: 'PARTIAL_BEFORE_CAPTURE', at: { field: '/items' }, accepted: '2, 3' } as const;
  expect(describeViolation(violation, 'en').message).toContain('send the lines that are missing too, 2, 3');
  expect(describeViolation(violation, 'ko').message).toContain('2, 3');
});
