import { describe, expect, test } from '@jest/globals';
import { checkBody, type ParsedBody } from '../../../../lambda/contract/check-body.ts';
import { describeViolation, type Violation } from '../../../../lambda/contract/violations.ts';
import { cancelRequestShape } from '../../../../lambda/cancel/cancel-request.ts';
import { detailRequestShape } from '../../../../lambda/detail/detail-request.ts';

const parsed = (text: string, isSurelyLossless: boolean): ParsedBody => ({
  text,
  value: JSON.parse(text) as unknown,
  isSurelyLossless,
});

/** Each violation as `REASON pointer`. */
function violationsIn(text: string): string[] {
  const checked = checkBody(parsed(text, false), detailRequestShape);
  if (checked.ok) return [];
  return checked.violations.map(({ reason, at }) => `${reason} ${'field' in at ? at.field : at.header}`);
}

test.each([true, false])(
  'a body that is a request is taken as it was parsed (surely lossless: %s)',
  (isSurelyLossless) => {
    const body = parsed('{"orderNo":"A","limit":5}', isSurelyLossless);
    expect(checkBody(body, detailRequestShape)).toEqual({ ok: true, body: body.value });
  },
);

test('a body of which parsing lost something is refused, even if the rest is a request', () => {
  expect(violationsIn('{"orderNo":"A","orderNo":"B"}')).toEqual(['FIELD_REPEATED /orderNo']);
});

test('what parsing lost is listed first, then what breaks the schema', () => {
  expect(violationsIn('{"orderNo":1,"limit":2,"limit":3}')).toEqual([
    'FIELD_REPEATED /limit',
    'FIELD_INVALID /orderNo',
  ]);
});

test('a place where parsing lost something is not listed a second time', () => {
  expect(violationsIn('{"orderNo":"A","limit":0,"limit":0}')).toEqual(['FIELD_REPEATED /limit']);
});

/** A request with this text for the account number. */
function withAccount(accountNumber: string) {
  const item = '{"seq":1,"itemType":"SERVICE","itemId":"A","quantity":1,"amount":1}';
  const account = `{"accountNumber":${accountNumber}}`;
  const text = `{"orderNo":"A","totalCancelAmount":1,"items":[${item}],"refundAccount":${account}}`;
  return checkBody(parsed(text, false), cancelRequestShape);
}

describe('an account number that cannot be read exactly', () => {
  test.each(['12345678901234567', '9007199254740993', '110123456789.00000000001', '1e400', '0.1'])(
    'is answered with the string that it should be, and not with a limit of digits: %s',
    (accountNumber) => {
      const checked = withAccount(accountNumber);
      const [violation, ...others] = checked.ok ? [] : checked.violations;
      expect(others).toEqual([]);
      expect(violation).toMatchObject({ reason: 'FIELD_INVALID', at: { field: '/refundAccount/accountNumber' } });
      const { message } = describeViolation(violation as Violation, 'en');
      expect(message).toContain('send any other account number as a string');
      expect(message).not.toMatch(/digits? .*15|15 significant/);
    },
  );

  test.each(['9007199254740991', '1234567890123456', '"12345678901234567"', '"00123"'])(
    'is none of these: %s',
    (text) => {
      expect(withAccount(text)).toMatchObject({
        ok: true,
        body: { refundAccount: { accountNumber: JSON.parse(text) } },
      });
    },
  );
});

test('an amount that cannot be read exactly is answered with the limit of digits', () => {
  const text = '{"orderNo":"A","totalCancelAmount":1234567890123456.5,"items":[]}';
  const checked = checkBody(parsed(text, false), cancelRequestShape);
  expect(checked.ok ? [] : checked.violations).toContainEqual({
    reason: 'TOO_MANY_DIGITS',
    at: { field: '/totalCancelAmount' },
  });
});
