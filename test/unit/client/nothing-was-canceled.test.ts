import { expect, test } from '@jest/globals';
import { saysThatNothingWasCanceled } from '../../../client/src/nothing-was-canceled.ts';
import { type RefusalKind, type ResponseKind, refusals } from '../../../lambda/contract/result-codes.ts';

/** The client cannot import the service's sentences, so it repeats a part of them. */
test.each(['en', 'ko'] as const)('of all refusals in %s, only one says that nothing was canceled', (language) => {
  const certain = (Object.entries(refusals) as Array<[RefusalKind, ResponseKind]>).filter(
    ([, { status, resultCode, message }]) =>
      saysThatNothingWasCanceled({ status, envelope: { resultCode, message: message[language] } }),
  );
  expect(certain.map(([name]) => name)).toEqual(['UNAVAILABLE']);
});

test('nobody but the service can say it', () => {
  const envelope = { resultCode: 'EBP-C-0011', message: refusals.UNAVAILABLE.message.en };
  expect(saysThatNothingWasCanceled({ status: 503, envelope })).toBe(true);
  expect(saysThatNothingWasCanceled({ status: 502, envelope })).toBe(false);
  expect(saysThatNothingWasCanceled({ status: 503, envelope: { ...envelope, resultCode: 'EBP-Z-0010' } })).toBe(false);
});
