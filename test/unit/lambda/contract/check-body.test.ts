import { expect, test } from '@jest/globals';
import { checkBody, type ParsedBody } from '../../../../lambda/contract/check-body.ts';
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
