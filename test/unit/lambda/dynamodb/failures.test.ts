import { describe, expect, test } from '@jest/globals';
import {
  abortAfter,
  Contended,
  DatabaseUnavailable,
  type Failure,
  failureOf,
  OutcomeUnknown,
  read,
  readUnlessThrottled,
} from '../../../../lambda/dynamodb/failures.ts';
import { sdkError } from '../../../support/stub-client.ts';

describe('what a failed call says of its effect', () => {
  test.each<[string, number | undefined, Failure]>([
    ['ProvisionedThroughputExceededException', 400, 'THROTTLED'],
    ['RequestLimitExceeded', 400, 'THROTTLED'],
    ['ThrottlingException', 400, 'THROTTLED'],
    ['ThrottledException', 400, 'THROTTLED'],
    ['TooManyRequestsException', 429, 'THROTTLED'],
    ['TransactionInProgressException', 400, 'UNCERTAIN'],
    ['InternalServerError', 500, 'UNCERTAIN'],
    ['ServiceUnavailable', 503, 'UNCERTAIN'],
    ['TimeoutError', undefined, 'UNCERTAIN'],
    ['AbortError', undefined, 'UNCERTAIN'],
    ['Error', undefined, 'UNCERTAIN'],
    ['ValidationException', 400, 'REJECTED'],
    ['IdempotentParameterMismatchException', 400, 'REJECTED'],
    ['ResourceNotFoundException', 400, 'REJECTED'],
    ['AccessDeniedException', 400, 'REJECTED'],
    ['UnknownError', 499, 'REJECTED'],
  ])('%s with status %p: %s', (name, status, failure) => {
    expect(failureOf(sdkError(name, status))).toBe(failure);
  });

  test('an error without metadata was not answered', () => {
    expect(failureOf(new Error('ECONNRESET'))).toBe('UNCERTAIN');
  });

  test.each([{}, { $metadata: {} }, { $metadata: { httpStatusCode: 302 } }])(
    "an error that is said to be the client's (%j) was not refused without the status of a refusal",
    (metadata) => {
      expect(failureOf(Object.assign(new Error('Odd.'), { $fault: 'client', ...metadata }))).toBe('UNCERTAIN');
    },
  );

  test.each(['TimeoutError', 'AbortError', 'SyntaxError'])(
    'a refusal of which only the status could be read (%s) leaves the effect open',
    (name) => {
      const error = Object.assign(new Error('Half an answer.'), { name, $metadata: { httpStatusCode: 400 } });
      expect(failureOf(error)).toBe('UNCERTAIN');
    },
  );
});

describe('a read', () => {
  test('returns what DynamoDB answers', async () => {
    expect(await read(async () => 1)).toBe(1);
  });

  test.each(['ThrottlingException', 'TimeoutError'])('that fails for %s was not answered', async (name) => {
    const error = sdkError(name);
    const result = read(() => Promise.reject(error));
    await expect(result).rejects.toThrow(DatabaseUnavailable);
    await expect(result).rejects.toMatchObject({ cause: error });
  });

  test('that was refused is a bug and stays as it is', async () => {
    const error = sdkError('ValidationException', 400);
    await expect(read(() => Promise.reject(error))).rejects.toBe(error);
  });

  test('that is not made because no time remains stays as it is', async () => {
    const error = new DatabaseUnavailable('No time.');
    await expect(read(() => Promise.reject(error))).rejects.toBe(error);
  });
});

describe('a read that may be throttled', () => {
  test('returns what DynamoDB answers, and nothing where it was throttled', async () => {
    expect(await readUnlessThrottled(async () => 1)).toBe(1);
    expect(await readUnlessThrottled(() => Promise.reject(sdkError('ThrottlingException', 400)))).toBeUndefined();
  });

  test('fails as any other read does', async () => {
    await expect(readUnlessThrottled(() => Promise.reject(sdkError('TimeoutError')))).rejects.toThrow(
      DatabaseUnavailable,
    );
    const error = sdkError('ValidationException', 400);
    await expect(readUnlessThrottled(() => Promise.reject(error))).rejects.toBe(error);
  });
});

test('each failure is logged under its own name', () => {
  const errors = [new DatabaseUnavailable('No time.'), new Contended('The time is over.'), new OutcomeUnknown('Open.')];
  expect(errors.map(({ name }) => name)).toEqual(['DatabaseUnavailable', 'Contended', 'OutcomeUnknown']);
});

test('contention is one way of being unavailable, in which nothing was canceled; an unknown outcome is none', () => {
  expect(new Contended('The time is over.')).toBeInstanceOf(DatabaseUnavailable);
  expect(new OutcomeUnknown('Open.')).not.toBeInstanceOf(DatabaseUnavailable);
});

describe('a deadline', () => {
  test.each([0, -1])('with %d ms remaining ends the call before it is made', (remainingMs) => {
    expect(() => abortAfter(() => remainingMs)).toThrow(DatabaseUnavailable);
  });

  test('with time remaining gives a signal that has not ended the call yet', () => {
    expect(abortAfter(() => 60_000).aborted).toBe(false);
  });
});
