import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { cancellationRow } from '../../../../lambda/dynamodb/items.ts';
import { executionRow, firstExecutionOf } from '../../../../lambda/dynamodb/refund-items.ts';
import type { Execution } from '../../../../lambda/domain/execution.ts';
import { BusRefused } from '../../../../lambda/events/event-bus.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import { createPublisher } from '../../../../lambda/publisher/publish.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { newRecord } from '../../../support/answering-repository.ts';
import { executionWith } from '../../../support/refunds.ts';

/** Each step that the publisher takes, in its sequence. */
let steps: string[];
let events: RefundEvent[];
let noted: Execution[];
let letters: string[];
let reports: Array<Handled<string>>;
let failures: Map<string, Error>;

beforeEach(() => {
  [steps, events, noted, letters, reports, failures] = [[], [], [], [], [], new Map()];
});

async function step(name: string): Promise<void> {
  steps.push(name);
  const failure = failures.get(name);
  if (failure) throw failure;
}

const publish = createPublisher({
  bus: {
    async put(event) {
      await step(`bus ${event.id}`);
      events.push(event);
    },
  },
  executions: {
    async putIfNew(execution) {
      await step(`note ${execution.returnRequestId}`);
      noted.push(execution);
    },
    take: async () => ({ kind: 'UNKNOWN' }),
  },
  deadLetters: {
    async send(body, reason) {
      await step('dead letter');
      letters.push(`${reason} ${body}`);
    },
  },
  report: (handled) => reports.push(handled),
});

const taken = { units: 1, amountMinor: 3000n, taxMinor: 0n };
const rowOf = (rid: string, changes: object = {}, storeId = 'STORE-1') => ({
  ...cancellationRow(
    { ...orderOf(), storeId },
    { ...newRecord, returnRequestId: rid },
    [{ seq: 3, taken } as never],
    false,
  ),
  ...changes,
});

function recordOf(row: object, eventName: DynamoDBRecord['eventName'] = 'INSERT'): DynamoDBRecord {
  const NewImage = marshall(row, { removeUndefinedValues: true }) as never;
  const SequenceNumber = String((sequenceNumbers += 1));
  return { eventName, eventSourceARN: 'arn:stream', dynamodb: { NewImage, SequenceNumber } };
}
let sequenceNumbers = 0;

const failedOf = async (...Records: DynamoDBRecord[]) => {
  const { batchItemFailures } = await publish({ Records }, contextOf());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

describe('a new cancellation', () => {
  test('leaves as a request, and only then has an execution', async () => {
    const row = rowOf('RETREQ1');
    expect(await failedOf(recordOf(row))).toEqual([]);
    expect(steps).toEqual(['bus RETREQ1-1-0', 'note RETREQ1']);
    expect(noted).toEqual([firstExecutionOf(row)]);
    expect(events).toEqual([
      {
        specversion: '1.0',
        id: 'RETREQ1-1-0',
        source: 'payment-cancel',
        type: 'payment.refund_requested.v1',
        subject: 'STORE-1/ORD20251224001',
        time: '2025-12-30T21:14:13.909Z',
        datacontenttype: 'application/json',
        data: {
          storeId: 'STORE-1',
          orderNo: 'ORD20251224001',
          returnRequestId: 'RETREQ1',
          kind: 'REFUND',
          attempt: 1,
          sequence: 0,
          status: 'REQUESTED',
          currencyCode: 'KRW',
          amount: 3000,
        },
      },
    ]);
    expect(reports).toMatchObject([{ outcome: 'PUBLISHED', counted: ['Published'], level: 'INFO' }]);
  });

  test('that needs an account names its row, and not the account', async () => {
    await failedOf(recordOf(rowOf('RETREQ1', { acc: true, acct: { n: '1234567890' } })));
    expect(events[0]?.data.accountRef).toEqual({ orderKey: 'STORE-1/ORD20251224001', refundKey: 'RETREQ1#1' });
    expect(JSON.stringify([events, noted, reports], (_key, value: unknown) => String(value))).not.toContain(
      '1234567890',
    );
  });

  test('before capture asks for a void', async () => {
    await failedOf(recordOf(rowOf('RETREQ1', { kind: 'VOID' })));
    expect(events[0]).toMatchObject({ type: 'payment.void_requested.v1', data: { kind: 'VOID' } });
  });

  test('that the platform has reported asks nobody: it succeeded already', async () => {
    await failedOf(recordOf(rowOf('RETREQ1', { cancellationKey: 'P#chargeback-1' })));
    expect(steps).toEqual(['bus RETREQ1-1-1', 'note RETREQ1']);
    expect(events).toMatchObject([
      { type: 'payment.refund_succeeded.v1', data: { origin: 'PLATFORM', status: 'SUCCEEDED', amount: 3000 } },
    ]);
    expect(noted).toMatchObject([{ attempt: 1, sequence: 1, status: 'SUCCEEDED', origin: 'PLATFORM' }]);
  });

  test('that the bus refuses has no execution and comes again, while the others leave', async () => {
    failures.set('bus RETREQ1-1-0', new BusRefused('refused'));
    const [first, second] = [recordOf(rowOf('RETREQ1')), recordOf(rowOf('RETREQ2'))];
    expect(await failedOf(first, second)).toEqual([first.dynamodb?.SequenceNumber]);
    expect(noted.map((execution) => execution.returnRequestId)).toEqual(['RETREQ2']);
    expect(reports).toContainEqual(expect.objectContaining({ outcome: 'FAILED', counted: ['PublishFailed'] }));
  });

  test('that could not be noted comes again, as the same bytes', async () => {
    failures.set('note RETREQ1', new Error('throttled'));
    const record = recordOf(rowOf('RETREQ1'));
    expect(await failedOf(record)).toEqual([record.dynamodb?.SequenceNumber]);
    failures.clear();
    expect(await failedOf(record)).toEqual([]);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
  });

  test('of which all fail is no error of the function', async () => {
    failures.set('bus RETREQ1-1-0', new BusRefused('refused'));
    await expect(failedOf(recordOf(rowOf('RETREQ1')))).resolves.toHaveLength(1);
  });

  test.each([
    ['without a currency', { cur: undefined }, 'An execution has an impossible cur.'],
    ['of an impossible kind', { kind: 'GIFT' }, 'An execution has an impossible kind.'],
    ['that is no row at all', { lines: 'none' }, 'It cannot be read.'],
    ['of a time that no date has', { at: 10n ** 17n }, 'It cannot be read.'],
    ['whose amount no double holds', { lines: [{ s: 1n, q: 1n, a: 10n ** 18n + 1n, t: 0n }] }, 'It cannot be read.'],
    ['that is unclear about its account', { acc: 'no' }, 'An execution has an impossible acc.'],
  ])('%s is a dead letter with a pointer, and stops none behind it', async (_what, changes, reason) => {
    expect(await failedOf(recordOf(rowOf('RETREQ1', changes)), recordOf(rowOf('RETREQ2')))).toEqual([]);
    expect(letters).toEqual([
      `${reason} {"orderKey":"STORE-1/ORD20251224001","returnRequestId":"RETREQ1","eventSourceARN":"arn:stream"}`,
    ]);
    expect(events.map(({ id }) => id)).toEqual(['RETREQ2-1-0']);
    expect(reports).toContainEqual(expect.objectContaining({ outcome: 'UNPUBLISHABLE', level: 'ERROR' }));
  });

  test('whose id is no text is a dead letter that points to its order', async () => {
    expect(await failedOf(recordOf(rowOf('RETREQ1', { rid: 7n })))).toEqual([]);
    expect(letters).toEqual([
      'An execution has an impossible rid. {"orderKey":"STORE-1/ORD20251224001","eventSourceARN":"arn:stream"}',
    ]);
  });

  test('whose dead letter is not taken comes again, and is counted', async () => {
    failures.set('dead letter', new Error('no queue'));
    expect(await failedOf(recordOf(rowOf('RETREQ1', { cur: undefined })))).toHaveLength(1);
    expect(reports).toMatchObject([{ outcome: 'FAILED', counted: ['PublishFailed'], level: 'WARN' }]);
  });
});

const removed: DynamoDBRecord = { eventName: 'REMOVE', dynamodb: {} };

describe('nothing leaves', () => {
  test.each([
    ['of the store that deployments are tested with', recordOf(rowOf('RETREQ1', {}, 'SMOKE-TEST'))],
    ['of a record that was changed or restored', recordOf(rowOf('RETREQ1'), 'MODIFY')],
    ['of a record that was deleted', removed],
    ['of an execution that was put: its request has left', recordOf(executionRow(executionWith()), 'INSERT')],
    ['of a row of another kind', recordOf({ orderKey: 'STORE-1/1', v: 1n }, 'MODIFY')],
  ])('%s', async (_what, record) => {
    expect(await failedOf(record)).toEqual([]);
    expect([steps, reports]).toEqual([[], []]);
  });
});

describe('an execution that has changed', () => {
  test.each([
    [{ status: 'PENDING', sequence: 1 }, 'payment.refund_pending.v1'],
    [{ status: 'SUCCEEDED', sequence: 2, pspReference: 'psp-1' }, 'payment.refund_succeeded.v1'],
    [{ status: 'FAILED', sequence: 2, failureReason: 'ACCOUNT_CLOSED' }, 'payment.refund_failed.v1'],
    [{ status: 'RESOLVED', sequence: 3 }, 'payment.refund_resolved.v1'],
    [{ status: 'REQUESTED', attempt: 2, hasAccount: true }, 'payment.refund_requested.v1'],
    [{ kind: 'VOID', status: 'SUCCEEDED', sequence: 1, settlement: 'VOIDED' }, 'payment.voided.v1'],
    [{ kind: 'VOID', status: 'SUCCEEDED', sequence: 1, settlement: 'REFUNDED' }, 'payment.refund_succeeded.v1'],
  ] as const)('%j is announced as %s, and noted nowhere', async (changes, type) => {
    const execution = executionWith(changes);
    expect(await failedOf(recordOf({ ...executionRow(execution), note: 'by hand' }, 'MODIFY'))).toEqual([]);
    const { attempt, sequence, status, returnRequestId } = execution;
    expect(events).toMatchObject([
      { type, id: `${returnRequestId}-${attempt}-${sequence}`, data: { attempt, sequence, status } },
    ]);
    expect(JSON.stringify(events)).not.toContain('by hand');
    expect(noted).toEqual([]);
  });

  test.each([
    ['without an attempt', { att: undefined }, 'att'],
    ['that counts further than a double', { seq: 10n ** 20n }, 'seq'],
    ['with words for a reason, in which an account may stand', { why: 'no such account 1234567890' }, 'why'],
    ['with a reference that no PSP has', { psp: 'psp 1' }, 'psp'],
  ])('%s is a dead letter', async (_what, changes, attribute) => {
    expect(await failedOf(recordOf({ ...executionRow(executionWith()), ...changes }, 'MODIFY'))).toEqual([]);
    expect(letters).toEqual([expect.stringContaining(`An execution has an impossible ${attribute}. {"orderKey":`)]);
    expect([events, JSON.stringify(letters).includes('1234567890')]).toEqual([[], false]);
  });
});
