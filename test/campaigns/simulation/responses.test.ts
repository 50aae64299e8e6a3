import { describe, expect, test } from '@jest/globals';
import { refusals } from '../../../lambda/contract/result-codes.ts';
import { attemptsMs } from '../../../lambda/dynamodb/backoff.ts';
import { checkResponse } from './responses.ts';
import type { CancelOperation, Hindrances, MerchantResponse } from './history.ts';
import type { PlannedCredential, Send } from './plan.ts';

const credential: PlannedCredential = { storeId: 'STORE-1', name: 'key', expiresAtMs: Infinity, revokedAtMs: Infinity };

function answered(response: Partial<MerchantResponse>, hindrances: Partial<Hindrances> = {}, tookMs = 10) {
  const operation = {
    name: 'request',
    send: { flaw: undefined } as Send,
    invokedAtMs: 0,
    returnedAtMs: tookMs,
    response: { isReplay: false, retryAfter: undefined, etag: undefined, ...response },
    hindrances: { faults: 0, refusals: [], ...hindrances },
  } as unknown as CancelOperation;
  return () => checkResponse(operation, credential);
}

function refusedAs(refusal: keyof typeof refusals): Partial<MerchantResponse> {
  const { status, resultCode, message } = refusals[refusal];
  const envelope = { resultCode, message: message.en, data: null } as MerchantResponse['envelope'];
  return { status, envelope, retryAfter: status === 503 ? '1' : undefined };
}

const times = (count: number, refusal: string) => Array.from({ length: count }, () => refusal);

describe('to come again', () => {
  const change = 'ConditionalCheckFailed+None';
  const nothingInTheWay = 'request was asked to come again, and nothing stood in its way.';

  test.each([
    ['a fault', { faults: 1 }, 10],
    ['changes of the order for all of its time', { refusals: times(20, change) }, attemptsMs],
  ])('may be asked after %s', (_name, hindrances, tookMs) => {
    expect(answered(refusedAs('UNAVAILABLE'), hindrances, tookMs)()).toBe(true);
  });

  test.each([
    ['nothing', {}, attemptsMs],
    ['changes of the order for a part of its time', { refusals: times(20, change) }, attemptsMs / 2],
    ['one change and then nothing', { refusals: [change] }, attemptsMs],
  ])('may not be asked after %s', (_name, hindrances, tookMs) => {
    expect(answered(refusedAs('UNAVAILABLE'), hindrances, tookMs)).toThrow(nothingInTheWay);
  });

  test('may be asked because the outcome is not known, but not where every write was answered', () => {
    expect(answered(refusedAs('OUTCOME_UNKNOWN'), { faults: 1 })()).toBe(true);
    expect(answered(refusedAs('OUTCOME_UNKNOWN'), { refusals: times(20, change) }, attemptsMs)).toThrow(
      nothingInTheWay,
    );
  });
});

describe('an ETag', () => {
  const success = { status: 200, envelope: { resultCode: '0' } as MerchantResponse['envelope'] };

  test('is a part of a success and of a refusal for a changed order, and of nothing else', () => {
    expect(answered({ ...success, etag: '"A.1"' })()).toBe(true);
    expect(answered({ ...refusedAs('ORDER_CHANGED'), etag: '"A.1"' })()).toBe(true);
    const message = 'request: an ETag is for 200 and 412 alone.';
    expect(answered(success)).toThrow(message);
    expect(answered(refusedAs('ORDER_CHANGED'))).toThrow(message);
    expect(answered({ ...refusedAs('RULES_BROKEN'), etag: '"A.1"' })).toThrow(message);
  });
});

describe('an internal error', () => {
  const failure = refusedAs('INTERNAL_ERROR');

  test('may be answered when AWS refuses the credentials, and says nothing of the order', () => {
    expect(answered(failure, { faults: 1, refusals: ['ExpiredTokenException'] })()).toBe(false);
  });

  test.each([
    ['nothing', {}],
    ['another fault', { faults: 1, refusals: ['ThrottlingException'] }],
  ])('may not be answered after %s', (_name, hindrances) => {
    expect(answered(failure, hindrances)).toThrow('request was answered with an internal error.');
  });
});
