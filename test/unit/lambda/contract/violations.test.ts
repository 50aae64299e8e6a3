import { describe, expect, test } from '@jest/globals';
import { describeViolation, type Reason, reasons, type Violation } from '../../../../lambda/contract/violations.ts';
import { type Sample, samples } from '../../../../tools/generate/openapi/samples.ts';

/** A place of each reason, and what is accepted there: those that the OpenAPI document shows. */
const violations = Object.fromEntries(
  Object.entries(samples).map(([reason, { violation }]) => [reason, violation]),
) as Readonly<Record<Reason, Sample['violation']>>;
const describeIn = (language: 'en' | 'ko', reason: Reason) =>
  describeViolation({ reason, ...violations[reason] }, language);
const english = (violation: Violation) => describeViolation(violation, 'en').message;

describe.each(reasons)('%s', (reason) => {
  const { at, shown, remaining } = violations[reason];

  test('stands at its place with its reason and a sentence', () => {
    const { message, ...rest } = describeIn('en', reason);
    expect(rest).toEqual({ ...at, reason });
    expect(message).toMatch(/^\S.*\.$/);
    expect(message).not.toMatch(/undefined|\[object|[{}]/);
  });

  test('is described in Korean too', () => {
    const { message } = describeIn('ko', reason);
    expect(message).toMatch(/\p{Script=Hangul}.*[.]$/u);
    expect(message).not.toMatch(/undefined|\[object|[{}]/);
  });

  test('names what is accepted and what remains, in both languages', () => {
    const ofLine = remaining && [
      String(remaining.seq),
      remaining.itemId,
      `${remaining.amount} KRW`,
      `${remaining.tax} KRW`,
    ];
    const named = [...(typeof shown === 'string' ? [shown] : []), ...(ofLine ?? []), ...(remaining?.steps ?? [])];
    const texts = [describeIn('en', reason).message, describeIn('ko', reason).message];
    expect(named.filter((name) => !texts.every((text) => text.includes(name)))).toEqual([]);
  });
});

const remaining = { seq: 3, itemId: 'P003', units: 3, amount: '25000', tax: '2273', currencyCode: 'KRW' };
const tooMuch = {
  reason: 'AMOUNT_EXCEEDS_REMAINING',
  at: { field: '/items/0/amount' },
  shown: '25000',
  sent: '3 x 10000 = 30000',
} as const;

describe('what remains of a line', () => {
  test('is said after the sentence, and after that the steps that cancel it', () => {
    const steps = ['2 x 10000', '1 x 5000'];
    expect(english({ ...tooMuch, remaining: { ...remaining, steps } })).toBe(
      'quantity x amount is 3 x 10000 = 30000, more than the 25000 left of the line. ' +
        'Left of line 3 (P003): quantity 3, amount 25000 KRW, tax 2273 KRW. ' +
        'To cancel all of it, send quantity x amount 2 x 10000, then in another request 1 x 5000, without taxAmount.',
    );
  });

  test('is said without steps where there are none', () => {
    expect(english({ ...tooMuch, remaining })).toMatch(/tax 2273 KRW\.$/);
  });

  test('has its steps in Korean as well', () => {
    const { message } = describeViolation({ ...tooMuch, remaining: { ...remaining, steps: ['2 x 1', '1 x 5'] } }, 'ko');
    expect(message).toMatch(/2 x 1, [^,]+ 1 x 5/);
  });
});

test('a case of a reason is described in its own words', () => {
  const missing = { reason: 'PARTIAL_BEFORE_CAPTURE', at: { field: '/items' }, shown: '2, 3' } as const;
  expect(english({ ...missing, ruleCase: 'MISSING_LINES' })).toContain('send the lines that are missing too, 2, 3');
  expect(
    english({ reason: 'AMOUNT_NOT_POSITIVE', ruleCase: 'NOTHING_REMAINS', at: { field: '/items/0/amount' } }),
  ).toBe('Nothing is left of the line that could be canceled.');
});

test('a probable mistake is said after the sentence, with what was meant', () => {
  const violation: Violation = {
    reason: 'AMOUNT_EXCEEDS_UNIT_AMOUNT',
    at: { field: '/items/0/amount' },
    shown: '19.99',
    mistake: 'MINOR_UNITS',
    meant: '19.99',
  };
  expect(english(violation)).toBe(
    "amount is per unit and at most the line's unit amount, 19.99. " +
      'What was sent looks like minor units (cents): send major units, 19.99.',
  );
});

test('another value that would be accepted is said', () => {
  const at = { field: '/items/0/amount' };
  expect(english({ reason: 'AMOUNT_WITHOUT_TAX', at, shown: '50000', orElse: '4500' })).toMatch(
    /send amount 50000\. .*leave taxAmount out or send 4500\.$/,
  );
});

test('what differs from an earlier cancellation is named, and never its value', () => {
  const message = english({
    reason: 'DUPLICATE_CANCELLATION',
    ruleCase: 'DIFFERS',
    at: { field: '/items/0/taxAmount' },
    shown: 'RETREQ1',
  });
  expect(message).toMatch(/already made as RETREQ1, with another taxAmount\. Nothing was applied\./);
  expect(message).toMatch(/do not cancel again: give us this returnRequestId/);
});

test('what is accepted is said in the language of the response', () => {
  const shown = { en: 'the store', ko: '상점' };
  const violation = { reason: 'HEADER_MISSING', at: { header: 'X-Store-Id' }, shown } as const;
  expect(english(violation)).toBe('The header X-Store-Id is missing: send the store.');
  expect(describeViolation(violation, 'ko').message).toContain('상점');
});

test('the empty pointer is described as the body', () => {
  expect(english({ reason: 'FIELD_INVALID', at: { field: '' }, shown: 'an object' })).toBe('body must be an object.');
});

test('of a name that nobody meant only the start is quoted', () => {
  const message = english({ reason: 'FIELD_UNKNOWN', at: { field: `/${'x'.repeat(65)}` }, shown: 'seq' });
  expect(message).toBe(`${'x'.repeat(64)}... is not a field of this object: its fields are seq.`);
});
