import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Execution } from '../../../../lambda/domain/execution.ts';
import type { Order } from '../../../../lambda/domain/order.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import type { PaymentWritten } from '../../../../lambda/dynamodb/payment-repository.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import { createOrderTaker } from '../../../../lambda/order-taker/take-events.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { authorized, captured, failed, messageOf, registered } from '../../../support/platform-events.ts';
import { executionWith } from '../../../support/refunds.ts';

const id = { storeId: 'STORE-1', orderNo: 'ORD20251224001' };
const capturedInFull = captured(id, { amount: 106_000 });

let order: Order | Error | undefined;
let answers: PaymentWritten[];
let execution: Execution | undefined;
let written: unknown[];
let letters: Array<readonly [string, string]>;
let delays: Array<readonly [string, number]>;
let reports: Array<Handled<string>>;
let isQueueThere: boolean;
let reads: number;

beforeEach(() => {
  order = orderOf({ paymentStatus: 'REQUESTED' });
  [answers, execution, written, letters, delays, reports, isQueueThere, reads] = [
    [],
    undefined,
    [],
    [],
    [],
    [],
    true,
    0,
  ];
});

const answer = () => answers.shift() ?? ({ kind: 'WRITTEN' } as const);
const take = createOrderTaker({
  payments: {
    async find() {
      reads += 1;
      if (order instanceof Error) throw order;
      return order;
    },
    async putIfNew(put) {
      written.push(put.paymentStatus);
      return answer();
    },
    async change(_id, change) {
      written.push(change);
      return answer();
    },
  },
  orders: {
    load: async () => ({ kind: 'BUSY', isConflict: false }),
    findRecord: async () => ({ kind: 'BUSY', isConflict: false }),
    commit: async () => ({ kind: 'BUSY', isConflict: false, isOpen: false }),
  },
  lateDeposits: {
    findVoid: async () => execution,
    async payBack(_order, read) {
      written.push(`paid back after attempt ${read.attempt}`);
      return 'DONE';
    },
  },
  deadLetters: {
    async send(body, reason) {
      if (!isQueueThere) throw new Error('no queue');
      letters.push([body, reason]);
    },
  },
  redelivery: {
    async delay(receiptHandle, seconds) {
      if (!isQueueThere) throw new Error('no queue');
      delays.push([receiptHandle, seconds]);
    },
  },
  report: (handled) => reports.push(handled),
  runtime: { now: () => 5, sleep: async () => undefined, random: () => 0.5, newId: () => 'A' },
});

const failedOf = async (...Records: SQSRecord[]) => {
  const { batchItemFailures } = await take({ Records }, contextOf());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

describe('an event', () => {
  test('is taken', async () => {
    expect(await failedOf(messageOf(authorized(id)))).toEqual([]);
    expect(written).toEqual(['AUTHORIZED']);
    expect(reports).toMatchObject([
      { outcome: 'TAKEN', counted: ['EventTaken'], level: 'INFO', fields: { ...id, type: 'payment.authorized.v1' } },
    ]);
  });

  test('is judged again by the order that comes back when another one was faster, without another read', async () => {
    answers = [{ kind: 'CHANGED', order: orderOf({ paymentStatus: 'AUTHORIZED' }) }];
    expect(await failedOf(messageOf(capturedInFull))).toEqual([]);
    expect({ written, reads }).toEqual({ written: ['CAPTURED', 'CAPTURED'], reads: 1 });
    [answers, written] = [[{ kind: 'CHANGED', order: orderOf({ paymentStatus: 'CAPTURED' }) }], []];
    expect(await failedOf(messageOf(authorized(id)))).toEqual([]);
    expect(written).toEqual(['AUTHORIZED']);
    expect(reports.at(-1)).toMatchObject({ outcome: 'WITHOUT_EFFECT', counted: ['EventWithoutEffect'] });
  });

  test('is read again when the order was busy, and comes again when it stays so', async () => {
    answers = [{ kind: 'BUSY' }];
    expect(await failedOf(messageOf(authorized(id)))).toEqual([]);
    expect(reads).toBe(2);
    order = new DatabaseUnavailable('no answer');
    expect(await failedOf(messageOf(authorized(id)))).toEqual(['message-1']);
    expect(reports.at(-1)).toMatchObject({ outcome: 'REDELIVERED', counted: ['EventRedelivered'], level: 'WARN' });
    expect(delays).toEqual([]);
  });

  test('before its order comes again: soon at first, then when the time of the queue is over', async () => {
    order = undefined;
    for (const receives of [1, 6, 7, 300]) {
      expect(await failedOf(messageOf(captured(id), `message-${receives}`, receives))).toEqual([`message-${receives}`]);
    }
    expect(delays).toEqual([
      ['receipt of message-1', 5],
      ['receipt of message-6', 5],
    ]);
    expect(letters).toEqual([]);
  });

  test('comes again also when it cannot be said how soon', async () => {
    [order, isQueueThere] = [undefined, false];
    expect(await failedOf(messageOf(captured(id)))).toEqual(['message-1']);
    expect(reports).toMatchObject([{ outcome: 'REDELIVERED', error: { name: 'NotYetThere' } }]);
  });

  test('that contradicts is a dead letter as it came, with the reason', async () => {
    order = orderOf({ paymentStatus: 'CAPTURED' });
    const message = messageOf(failed(id));
    expect(await failedOf(message)).toEqual([]);
    const reason = '/type contradicts the payment, which is CAPTURED';
    expect(letters).toEqual([[message.body, reason]]);
    expect(reports).toMatchObject([
      { outcome: 'REFUSED', counted: ['EventRefused'], level: 'ERROR', fields: { reason } },
    ]);
    isQueueThere = false;
    expect(await failedOf(message)).toEqual(['message-1']);
  });

  test('that cannot be read is a dead letter, too, and comes again if it cannot become one', async () => {
    const message = messageOf({ ...authorized(id), source: 'secret' });
    expect(await failedOf(message)).toEqual([]);
    expect(letters).toEqual([[message.body, '/source must be equal to constant: payment-platform']]);
    expect(reports).toMatchObject([{ outcome: 'MALFORMED', counted: ['EventRefused'] }]);
    expect(JSON.stringify(reports)).not.toContain('secret');
    isQueueThere = false;
    expect(await failedOf(message)).toEqual(['message-1']);
  });

  test('that fails leaves the others of its batch alone', async () => {
    const good = messageOf(authorized(id), 'good');
    const bad = messageOf(registered(id), 'bad');
    isQueueThere = false;
    // The order that is there is another one.
    expect(await failedOf(bad, good)).toEqual(['bad']);
  });
});

describe('a capture of a voided order', () => {
  beforeEach(() => {
    order = orderOf({ paymentStatus: 'VOIDED' });
  });

  test('is paid back, counted, and changes no order', async () => {
    execution = executionWith({ kind: 'VOID', status: 'SUCCEEDED', settlement: 'VOIDED', attempt: 3 });
    expect(await failedOf(messageOf(capturedInFull))).toEqual([]);
    expect(written).toEqual(['paid back after attempt 3']);
    expect(reports).toMatchObject([{ counted: ['EventTaken', 'CaptureAfterVoid'], level: 'ERROR' }]);
  });

  test('waits for what becomes of the void', async () => {
    for (const found of [undefined, executionWith({ kind: 'VOID' })]) {
      execution = found;
      expect(await failedOf(messageOf(capturedInFull))).toEqual(['message-1']);
    }
    expect(written).toEqual([]);
  });
});
