import { expect, test } from '@jest/globals';
import { judgeRepeat, type Repeat, retryWindowMs } from '../../../../lambda/domain/idempotency.ts';

const createdAtMs = 1_767_129_253_909;
const dayMs = 86_400_000;
const earlier = { requestDigest: 'one', createdAtMs };

test('an identical request is taken for a retry for 24 hours', () => {
  expect(retryWindowMs).toBe(dayMs);
});

test.each<[string, string, boolean, number, Repeat]>([
  ['the same request with its key at once', 'one', true, 0, 'REPLAY'],
  ['the same request with its key, years later', 'one', true, 3650 * dayMs, 'REPLAY'],
  ['another request with the key', 'other', true, 0, 'KEY_REUSED'],
  ['another request with the key, later', 'other', true, 2 * dayMs, 'KEY_REUSED'],
  ['the same request without a key at once', 'one', false, 0, 'REPLAY'],
  ['the same request without a key after exactly 24 hours', 'one', false, dayMs, 'REPLAY'],
  ['the same request without a key one millisecond later', 'one', false, dayMs + 1, 'DUPLICATE'],
  ['the same request without a key, seen by a clock that is behind', 'one', false, -5, 'REPLAY'],
])('%s', (_when, digest, hasIdempotencyKey, afterMs, repeat) => {
  expect(judgeRepeat(earlier, { requestDigest: digest, hasIdempotencyKey }, createdAtMs + afterMs)).toBe(repeat);
});
