import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Endpoint } from '../../../../lambda/domain/endpoint.ts';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import type { Turn } from '../../../../lambda/dynamodb/endpoint-repository.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import { type Called, UrlRefused } from '../../../../lambda/webhook-sender/call-endpoint.ts';
import { createWebhookSender } from '../../../../lambda/webhook-sender/send-webhooks.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { endpointWith, queuedEventOf } from '../../../support/webhooks.ts';

const nowMs = 1_767_225_600_000;
const inTrouble = { busyUntilMs: nowMs };

let rows: Map<string, Endpoint | Error>;
let called: Array<{ readonly to: string; readonly of: string; readonly id: string; readonly turn: Turn | undefined }>;
let answer: Called | Error;
let freeTurns: number;
let reads: string[];
let delays: Array<readonly [string, number]>;
let letters: Array<readonly [string, string]>;
let reports: Array<Handled<string>>;
let isQueueThere: boolean;

beforeEach(() => {
  rows = new Map([['STORE-1', endpointWith()]]);
  answer = { answered: 'GOOD', status: 200, durationMs: 30 };
  [called, reads, delays, letters, reports, freeTurns, isQueueThere] = [[], [], [], [], [], 1, true];
});

const send = createWebhookSender({
  endpoints: {
    async find(storeId) {
      reads.push(storeId);
      const row = rows.get(storeId);
      if (row instanceof Error) throw row;
      return row;
    },
    async takeTurn() {
      freeTurns -= 1;
      return freeTurns < 0 ? undefined : { untilMs: nowMs + 15_000 };
    },
    note: async () => undefined,
  },
  async callEndpoint({ id, storeId }, { url }, turn) {
    called.push({ to: url, of: storeId, id, turn });
    if (answer instanceof Error) throw answer;
    return answer;
  },
  redelivery: {
    async delay(receiptHandle, seconds) {
      if (!isQueueThere) throw new Error('no queue');
      delays.push([receiptHandle, seconds]);
    },
  },
  deadLetters: {
    async send(body, reason) {
      if (!isQueueThere) throw new Error('no queue');
      letters.push([body, reason]);
    },
  },
  report: (handled) => reports.push(handled),
  now: () => nowMs,
  random: () => 0,
});

const messageOf = (body: string, { id = 'message-1', received = 1 } = {}) =>
  ({
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body,
    attributes: { ApproximateReceiveCount: String(received) },
  }) as SQSRecord;
const batchOf = (count: number) =>
  Array.from({ length: count }, (_, index) => messageOf(event, { id: `message-${index}` }));
const failedOf = async (...Records: SQSRecord[]) => {
  const { batchItemFailures } = await send({ Records }, contextOf());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

const event = queuedEventOf();

describe('a message', () => {
  test('is sent to the endpoint of its store', async () => {
    expect(await failedOf(messageOf(event))).toEqual([]);
    const id = 'RETREQ01KDQ7N0AN000000000000001A-1-0';
    expect(called).toEqual([{ to: 'https://shop.example/webhooks', of: 'STORE-1', id, turn: undefined }]);
    expect(reports).toMatchObject([
      {
        outcome: 'DELIVERED',
        counted: ['WebhookDelivered'],
        level: 'INFO',
        fields: { storeId: 'STORE-1', eventId: id, status: 200, durationMs: 30, receiveCount: 1 },
      },
    ]);
    expect([letters, delays]).toEqual([[], []]);
  });

  test('is never sent to another store, also in one batch', async () => {
    rows.set('STORE-2', endpointWith({ storeId: 'STORE-2', url: 'https://other.example/' }));
    const batch = ['STORE-1', 'STORE-2', 'STORE-1'].map((storeId, index) =>
      messageOf(queuedEventOf({ storeId, sequence: index }), { id: `message-${index}` }),
    );
    await failedOf(...batch);
    expect(called.map(({ of, to }) => `${of} ${to}`).toSorted()).toEqual([
      'STORE-1 https://shop.example/webhooks',
      'STORE-1 https://shop.example/webhooks',
      'STORE-2 https://other.example/',
    ]);
    expect(reads.toSorted()).toEqual(['STORE-1', 'STORE-2']);
  });

  test.each<[string, () => void, string]>([
    ['has no endpoint', () => rows.clear(), 'NO_ENDPOINT'],
    ['does not want this', () => rows.set('STORE-1', endpointWith({ types: ['payment.voided.v1'] })), 'NOT_WANTED'],
    ['has an endpoint that is gone', () => rows.set('STORE-1', endpointWith({ goneAtMs: 1 })), 'GONE'],
  ])('of a store that %s is acknowledged and counted', async (_what, prepare, because) => {
    prepare();
    expect(await failedOf(messageOf(event))).toEqual([]);
    expect([called, letters]).toEqual([[], []]);
    expect(reports).toMatchObject([{ outcome: 'DROPPED', counted: ['WebhookDropped'], fields: { because } }]);
  });

  test('that finds the endpoint gone is acknowledged', async () => {
    answer = { answered: 'GONE', status: 410, durationMs: 5 };
    expect(await failedOf(messageOf(event))).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'GONE', counted: ['EndpointGone'], level: 'WARN' }]);
  });

  test.each([
    [1, 5],
    [2, 300],
    [11, 39_600],
    [12, 0],
  ])('that failed at receive %i comes again after %i s', async (received, seconds) => {
    answer = { answered: 'FAILED', status: 500, durationMs: 5 };
    expect(await failedOf(messageOf(event, { received }))).toEqual(['message-1']);
    expect(delays).toEqual([['receipt of message-1', seconds]]);
    expect(reports).toMatchObject([{ outcome: 'FAILED', counted: ['WebhookFailed'], fields: { status: 500 } }]);
  });

  test('that was not answered in two seconds comes again', async () => {
    answer = { answered: 'LATE', because: 'TIMEOUT', durationMs: 2000 };
    expect(await failedOf(messageOf(event))).toEqual(['message-1']);
    expect(reports).toMatchObject([{ outcome: 'LATE', counted: ['WebhookFailed'], level: 'WARN' }]);
  });

  test('comes again when SQS cannot be asked for a time', async () => {
    answer = { answered: 'FAILED', because: 'TIMEOUT', durationMs: 10_000 };
    isQueueThere = false;
    expect(await failedOf(messageOf(event))).toEqual(['message-1']);
  });

  test('comes again when a table does not answer, and the others of its batch are sent', async () => {
    rows.set('STORE-2', new Error('throttled'));
    const other = messageOf(queuedEventOf({ storeId: 'STORE-2' }), { id: 'message-2' });
    expect(await failedOf(messageOf(event), other)).toEqual(['message-2']);
    expect(reports).toContainEqual(
      expect.objectContaining({ outcome: 'REDELIVERED', counted: ['WebhookRedelivered'], level: 'WARN' }),
    );
    expect(called).toHaveLength(1);
  });
});

describe('an endpoint in trouble', () => {
  test('is called by one message of a batch, and the others wait', async () => {
    rows.set('STORE-1', endpointWith(inTrouble));
    freeTurns = 10;
    expect(await failedOf(...batchOf(10))).toHaveLength(9);
    expect(called.map(({ turn }) => turn)).toEqual([{ untilMs: nowMs + 15_000 }]);
    expect(freeTurns).toBe(9);
    expect(reports.filter(({ counted }) => counted.includes('WebhookWaiting'))).toHaveLength(9);
  });

  test('is called by nobody as long as somebody else calls it', async () => {
    rows.set('STORE-1', endpointWith({ busyUntilMs: nowMs + 1 }));
    expect(await failedOf(...batchOf(3))).toHaveLength(3);
    expect([called, freeTurns]).toEqual([[], 1]);
  });

  test('is not called by who finds the turn taken', async () => {
    rows.set('STORE-1', endpointWith(inTrouble));
    freeTurns = 0;
    expect(await failedOf(messageOf(event))).toEqual(['message-1']);
    expect(called).toEqual([]);
    expect(delays).toEqual([['receipt of message-1', 5]]);
  });

  test('for an hour is paused: what is new is a dead letter, and what came before goes on', async () => {
    rows.set('STORE-1', endpointWith({ ...inTrouble, failingSinceMs: nowMs - 3_600_000 }));
    expect(await failedOf(messageOf(event), messageOf(event, { id: 'message-2', received: 2 }))).toEqual([]);
    expect(letters).toEqual([[event, 'the endpoint has been failing for an hour, and is paused']]);
    expect(reports).toContainEqual(expect.objectContaining({ outcome: 'PAUSED', counted: ['WebhookPaused'] }));
    expect(called).toHaveLength(1);
  });

  test('for an hour: what is new comes again when its dead letter is not taken', async () => {
    rows.set('STORE-1', endpointWith({ ...inTrouble, failingSinceMs: nowMs - 3_600_000 }));
    isQueueThere = false;
    expect(await failedOf(messageOf(event))).toEqual(['message-1']);
  });
});

describe('a dead letter with a reason, without values', () => {
  test.each([
    ['what is no JSON', '{', '/ must be object'],
    [
      'an event without data',
      JSON.stringify({ detail: { id: 'x', type: 'payment.voided.v1', time: 'x' } }),
      '/data must be object',
    ],
    [
      'an event of another type',
      JSON.stringify({ detail: { id: 'x', type: '1234567890', time: 'x', data: {} } }),
      expect.stringContaining('/type must be one of payment.refund_requested.v1'),
    ],
  ])('is %s', async (_what, body, reason) => {
    expect(await failedOf(messageOf(body))).toEqual([]);
    expect(letters).toEqual([[body, reason]]);
    expect(reports).toMatchObject([{ outcome: 'REFUSED', counted: ['WebhookRefused'], level: 'ERROR' }]);
    expect(JSON.stringify(reports)).not.toContain('1234567890');
  });

  test('is one of an endpoint whose row cannot be', async () => {
    rows.set('STORE-1', new InvariantViolated('An endpoint has an impossible secrets.'));
    expect(await failedOf(messageOf(event))).toEqual([]);
    expect(letters).toEqual([[event, 'the row of the endpoint cannot be as it is stored']]);
    expect(called).toEqual([]);
  });

  test('is one of an endpoint whose URL is none that is sent to', async () => {
    answer = new UrlRefused('must be on port 443');
    expect(await failedOf(messageOf(event))).toEqual([]);
    expect(letters).toEqual([[event, 'the URL of the endpoint must be on port 443']]);
  });
});
