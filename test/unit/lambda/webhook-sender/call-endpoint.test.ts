import { beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Endpoint } from '../../../../lambda/domain/endpoint.ts';
import type { Answered, Turn } from '../../../../lambda/dynamodb/endpoint-repository.ts';
import { createCallEndpoint, UrlRefused } from '../../../../lambda/webhook-sender/call-endpoint.ts';
import type { Delivery, DeliveryAnswer } from '../../../../lambda/webhook-sender/deliver.ts';
import { endpointWith, secretOf } from '../../../support/webhooks.ts';

const webhook = { id: 'RETREQ1-1-1', type: 'payment.voided.v1', storeId: 'STORE-1', body: '{"type":"x"}' } as const;
const turn = { untilMs: 7 };
const beganMs = Date.now();

let nowMs = beganMs;
let noted: Array<readonly [Answered, Turn | undefined]>;
let isTableThere: boolean;
let delivered: Array<readonly [Delivery, number]>;

beforeEach(() => {
  [nowMs, noted, delivered, isTableThere] = [beganMs, [], [], true];
});

/** Calls an endpoint that answers so after this time. */
async function call(
  answer: DeliveryAnswer,
  { afterMs = 0, remainingMs = 25_000, ...options }: { afterMs?: number; remainingMs?: number } & CallOptions = {},
) {
  const callEndpoint = createCallEndpoint({
    endpoints: {
      async note(_endpoint, answered, ofTurn) {
        if (!isTableThere) throw new Error('no table');
        noted.push([answered, ofTurn]);
      },
    },
    async deliver(delivery, timeoutMs) {
      delivered.push([delivery, timeoutMs]);
      nowMs += afterMs;
      return answer;
    },
    allowsLocal: options.allowsLocal ?? false,
    now: () => nowMs,
  });
  return await callEndpoint(webhook, endpointWith(options.endpoint), options.turn, () => remainingMs);
}

interface CallOptions {
  readonly endpoint?: Partial<Endpoint>;
  readonly turn?: Turn;
  readonly allowsLocal?: boolean;
}

const answered = (status: number): DeliveryAnswer => ({ kind: 'ANSWERED', status });
const refused: DeliveryAnswer = { kind: 'UNANSWERED', because: 'ECONNREFUSED' };
const late: DeliveryAnswer = { kind: 'UNANSWERED', because: 'TIMEOUT' };

describe('a call', () => {
  test('is signed with every valid secret, for the second in which it is made', async () => {
    const secrets = [
      { secret: secretOf(2), untilMs: undefined },
      { secret: secretOf(1), untilMs: beganMs + 1 },
      { secret: secretOf(3), untilMs: beganMs },
    ];
    await call(answered(200), { endpoint: { secrets } });
    const [[{ url, headers, body }] = [{ url: '', headers: {}, body: '' }]] = delivered;
    expect([String(url), body]).toEqual(['https://shop.example/webhooks', webhook.body]);
    expect(headers).toMatchObject({
      'Content-Type': 'application/json',
      'webhook-id': webhook.id,
      'webhook-timestamp': String(Math.floor(beganMs / 1000)),
    });
    for (const byte of [1, 2]) expect(new Webhook(secretOf(byte)).verify(body, headers)).toEqual({ type: 'x' });
    expect(() => new Webhook(secretOf(3)).verify(body, headers)).toThrow('No matching signature');
  });

  test.each<[string, number, number, CallOptions]>([
    ['in its turn', 25_000, 10_000, { turn }],
    ['in its turn', 3000, 3000, { turn }],
    ['in its turn', -1, 1, { turn }],
    ['without a turn', 25_000, 2000, {}],
    ['without a turn', 500, 500, {}],
  ])('%s with %i ms left takes at most %i', async (_what, remainingMs, timeoutMs, options) => {
    await call(answered(200), { remainingMs, ...options });
    expect(delivered.map(([, ms]) => ms)).toEqual([timeoutMs]);
  });

  test.each<[string, DeliveryAnswer, number, Answered]>([
    ['200', answered(200), 0, 'GOOD'],
    ['299', answered(299), 2000, 'GOOD'],
    ['200 after more than two seconds', answered(200), 2001, 'SLOW'],
    ['302', answered(302), 0, 'FAILED'],
    ['199', answered(199), 0, 'FAILED'],
    ['404', answered(404), 0, 'FAILED'],
    ['500', answered(500), 0, 'FAILED'],
    ['nothing', refused, 0, 'FAILED'],
    ['nothing in time', late, 10_000, 'FAILED'],
    ['410', answered(410), 0, 'GONE'],
  ])('that is answered with %s in its turn is noted', async (_what, answer, afterMs, expected) => {
    const { kind: _kind, ...how } = answer;
    expect(await call(answer, { afterMs, turn })).toEqual({ answered: expected, ...how, durationMs: afterMs });
    expect(noted).toEqual([[expected, turn]]);
  });

  test.each<[string, DeliveryAnswer, number, Answered[]]>([
    ['well writes nothing', answered(204), 100, []],
    ['with nothing in time is noted, and is no failure yet', late, 2000, ['LATE']],
    ['with a failure is noted', answered(500), 100, ['FAILED']],
    ['with 410 is noted', answered(410), 100, ['GONE']],
  ])('without a turn that is answered %s', async (_what, answer, afterMs, expected) => {
    await call(answer, { afterMs });
    expect(noted).toEqual(expected.map((one) => [one, undefined]));
  });

  test('that was answered stays so when it cannot be noted', async () => {
    isTableThere = false;
    expect(await call(answered(200), { turn })).toMatchObject({ answered: 'GOOD' });
    expect(await call(answered(500))).toMatchObject({ answered: 'FAILED' });
  });
});

describe('a URL that nothing is sent to', () => {
  test.each(['http://shop.example/', 'https://10.0.0.1/', 'http://127.0.0.1:9000/'])('is refused: %s', async (url) => {
    await expect(call(answered(200), { endpoint: { url } })).rejects.toThrow(UrlRefused);
    expect([delivered, noted]).toEqual([[], []]);
  });

  test('may be local on localhost', async () => {
    const endpoint = { url: 'http://127.0.0.1:9000/' };
    expect(await call(answered(200), { endpoint, allowsLocal: true })).toMatchObject({ answered: 'GOOD' });
  });
});
