import { describe, expect, test } from '@jest/globals';
import { countOwedAttempts } from '../../support/owed-attempts.ts';
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

/** Of a request, before it may give up. */
const owed = await countOwedAttempts();

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
    ['as many conflicts as a request has attempts, of one write', { refusals: times(owed, conflict) }],
    ['as many changes', { refusals: times(owed, change) }],
    ['changes and looks that were turned away', { refusals: [...times(owed - 1, change), 'TransactionConflict'] }],
    ['as many conflicts after a change', { refusals: [change, ...times(owed, conflict)] }],
    [
      'as many changes with conflicts between them',
      { refusals: times(owed, change).flatMap((each) => [conflict, each]) },
    ],
  ])('may be asked after %s', (_name, hindrances) => {
    expect(answered(unavailable, hindrances)()).toBe(true);
  });

  test.each([
    ['nothing', {}],
    ['one conflict less, of one write', { refusals: times(owed - 1, conflict) }],
    ['one change less', { refusals: times(owed - 1, change) }],
    ['conflicts of several writes', { refusals: [...times(owed - 1, conflict), change, ...times(owed - 1, conflict)] }],
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
