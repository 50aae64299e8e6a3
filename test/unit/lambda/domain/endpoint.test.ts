import { describe, expect, test } from '@jest/globals';
import {
  type Endpoint,
  judgeDelivery,
  pauseAfterMs,
  probeAfterMs,
  rotatedSecrets,
  rotationMs,
  validSecrets,
} from '../../../../lambda/domain/endpoint.ts';
import { endpointWith, secretOf } from '../../../support/webhooks.ts';

const nowMs = 1_767_225_600_000;
const succeeded = 'payment.refund_succeeded.v1';

describe('what becomes of a message', () => {
  test.each<[string, Partial<Endpoint> | undefined, number, object]>([
    ['of a store without an endpoint', undefined, 1, { kind: 'DROP', because: 'NO_ENDPOINT' }],
    ['of an endpoint that wants all types', {}, 1, { kind: 'SEND' }],
    ['of an endpoint that wants this type', { types: [succeeded] }, 1, { kind: 'SEND' }],
    [
      'of an endpoint that wants others',
      { types: ['payment.refund_failed.v1'] },
      1,
      { kind: 'DROP', because: 'NOT_WANTED' },
    ],
    ['of an endpoint that is gone', { goneAtMs: 1 }, 3, { kind: 'DROP', because: 'GONE' }],
    ['of an endpoint that somebody calls', { busyUntilMs: nowMs + 1 }, 1, { kind: 'WAIT' }],
    ['of one in trouble that nobody calls', { busyUntilMs: nowMs }, 1, { kind: 'SEND_IN_TURN' }],
    [
      'of one that fails for less than an hour',
      { failingSinceMs: nowMs - pauseAfterMs + 1, busyUntilMs: nowMs },
      1,
      { kind: 'SEND_IN_TURN' },
    ],
    [
      'that is new, of one that fails for an hour',
      { failingSinceMs: nowMs - pauseAfterMs, busyUntilMs: nowMs },
      1,
      { kind: 'PAUSE' },
    ],
    [
      'that came before, of one that fails for an hour: it finds out whether that is over',
      { failingSinceMs: nowMs - pauseAfterMs, busyUntilMs: nowMs },
      2,
      { kind: 'SEND_IN_TURN' },
    ],
    [
      'that is new, of one that fails for an hour and was called less than ten minutes ago',
      { failingSinceMs: nowMs - pauseAfterMs, busyUntilMs: nowMs - probeAfterMs + 1 },
      1,
      { kind: 'PAUSE' },
    ],
    [
      'that is new, of one that fails for an hour and was not called for ten minutes: it may be back',
      { failingSinceMs: nowMs - pauseAfterMs, busyUntilMs: nowMs - probeAfterMs },
      1,
      { kind: 'SEND_IN_TURN' },
    ],
  ])('%s', (_what, changes, receiveCount, verdict) => {
    const endpoint = changes && endpointWith(changes);
    expect(judgeDelivery(endpoint, { type: succeeded, receiveCount }, nowMs)).toEqual(verdict);
  });
});

describe('the secrets', () => {
  const first = [{ secret: secretOf(1), untilMs: undefined }];

  test('are two for a day after a rotation, and one then', () => {
    const secrets = rotatedSecrets(first, secretOf(2), nowMs);
    expect(validSecrets({ secrets }, nowMs + rotationMs - 1)).toEqual([secretOf(2), secretOf(1)]);
    expect(validSecrets({ secrets }, nowMs + rotationMs)).toEqual([secretOf(2)]);
  });

  test('are never more than two: another rotation ends the oldest at once', () => {
    const secrets = rotatedSecrets(rotatedSecrets(first, secretOf(2), nowMs), secretOf(3), nowMs + 1);
    expect(validSecrets({ secrets }, nowMs + 1)).toEqual([secretOf(3), secretOf(2)]);
  });
});
