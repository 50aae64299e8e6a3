import { describe, expect, test } from '@jest/globals';
import { describeViolation, type Reason } from '../../../../lambda/contract/violations.ts';
import { type Sample, samples } from '../../../../tools/generate/openapi/samples.ts';

/** A place of each reason, and what is accepted there: those that the OpenAPI document shows. */
const violations = Object.fromEntries(
  Object.entries(samples).map(([reason, { violation }]) => [reason, violation]),
) as Readonly<Record<Reason, Sample['violation']>>;
const reasons = Object.keys(violations) as Reason[];
const describeIn = (language: 'en' | 'ko', reason: Reason) =>
  describeViolation({ reason, ...violations[reason] }, language);

describe.each(reasons)('%s', (reason) => {
  const { at, shown, remaining: remainingOfLine } = violations[reason];

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
    const named = typeof shown === 'object' ? [] : [shown ?? '', ...(remainingOfLine ? ['3', '1', '1000 KRW'] : [])];
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
  const shown = { en: 'the store', ko: '상점' };
  const violation = { reason: 'HEADER_MISSING', at: { header: 'X-Store-Id' }, shown } as const;
  expect(describeViolation(violation, 'en').message).toBe('The header X-Store-Id is missing: send the store.');
  expect(describeViolation(violation, 'ko').message).toContain('상점');
});

test('the empty pointer is described as the body', () => {
  const violation = { reason: 'FIELD_INVALID', at: { field: '' }, shown: 'an object' } as const;
  expect(describeViolation(violation, 'en').message).toBe('body must be an object.');
});

test('before capture the lines that are missing are named', () => {
  const violation = { reason: 'PARTIAL_BEFORE_CAPTURE', at: { field: '/items' }, shown: '2, 3' } as const;
  expect(describeViolation(violation, 'en').message).toContain('send the lines that are missing too, 2, 3');
  expect(describeViolation(violation, 'ko').message).toContain('2, 3');
});
