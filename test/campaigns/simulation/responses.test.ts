import { describe, expect, test } from '@jest/globals';
import { checkResponse } from './responses.ts';
import type { CancelOperation, Hindrances, MerchantResponse } from './history.ts';
import type { PlannedCredential, Send } from './plan.ts';

const credential: PlannedCredential = { storeId: 'STORE-1', name: 'key', expiresAtMs: Infinity, revokedAtMs: Infinity };

function answered(response: Partial<MerchantResponse>, hindrances: Partial<Hindrances> = {}) {
  const operation = {
    name: 'request',
    send: { flaw: undefined } as Send,
    invokedAtMs: 0,
    returnedAtMs: 10,
    response: { isReplay: false, retryAfter: undefined, ...response },
    hindrances: { faults: 0, refusals: [], ...hindrances },
  } as unknown as CancelOperation;
  return () => checkResponse(operation, credential);
}

const times = (count: number, refusal: string) => Array.from({ length: count }, () => refusal);

describe('to come again', () => {
  const unavailable = {
    status: 503,
    retryAfter: '1',
    envelope: { resultCode: 'EBP-C-0011', data: null } as MerchantResponse['envelope'],
  };
  const conflict = 'TransactionConflict+None';
  const change = 'ConditionalCheckFailed+None';

  test.each([
    ['a fault', { faults: 1 }],
    ['five conflicts of one write', { refusals: times(5, conflict) }],
    ['five changes', { refusals: times(5, change) }],
    ['changes and looks that were turned away', { refusals: [...times(4, change), 'TransactionConflict'] }],
    ['five conflicts after a change', { refusals: [change, ...times(5, conflict)] }],
    ['five changes with conflicts between them', { refusals: times(5, change).flatMap((each) => [conflict, each]) }],
  ])('may be asked after %s', (_name, hindrances) => {
    expect(answered(unavailable, hindrances)()).toBe(true);
  });

  test.each([
    ['nothing', {}],
    ['four conflicts of one write', { refusals: times(4, conflict) }],
    ['four changes', { refusals: times(4, change) }],
    ['conflicts of several writes', { refusals: [...times(4, conflict), change, ...times(4, conflict)] }],
  ])('may not be asked after %s', (_name, hindrances) => {
    expect(answered(unavailable, hindrances)).toThrow('request was asked to come again, and nothing stood in its way.');
  });
});

describe('an internal error', () => {
  const failure = { status: 500, envelope: { resultCode: 'EBP-Z-0010', data: null } as MerchantResponse['envelope'] };

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
