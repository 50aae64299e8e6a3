import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { ExecutionReport, Verdict } from '../../../../lambda/domain/execution.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import { createResultTaker } from '../../../../lambda/result-taker/take-reports.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { reportEventWith, reportWith } from '../../../support/refunds.ts';

let verdict: Verdict | Error;
let asked: ExecutionReport[];
let letters: Array<readonly [string, string]>;
let reports: Array<Handled<string>>;
let isQueueThere: boolean;

beforeEach(() => {
  verdict = { kind: 'TAKEN', isSuccessAfterFailure: false };
  [asked, letters, reports, isQueueThere] = [[], [], [], true];
});

const take = createResultTaker({
  executions: {
    putIfNew: async () => undefined,
    async take(report) {
      asked.push(report);
      if (verdict instanceof Error) throw verdict;
      return verdict;
    },
  },
  deadLetters: {
    async send(body, reason) {
      if (!isQueueThere) throw new Error('no queue');
      letters.push([body, reason]);
    },
  },
  report: (handled) => reports.push(handled),
  now: () => 5,
});

const bodyOf = (detail: unknown) => JSON.stringify({ source: 'refund-executor', detail });
const messageOf = (body: string, messageId = 'message-1') => ({ messageId, body }) as SQSRecord;
const failedOf = async (...Records: SQSRecord[]) => {
  const { batchItemFailures } = await take({ Records }, contextOf());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

const success = bodyOf(reportEventWith());
const failure = bodyOf(reportEventWith({ status: 'FAILED', failureReason: 'ACCOUNT_CLOSED' }));

describe('a report', () => {
  test('is taken', async () => {
    expect(await failedOf(messageOf(success))).toEqual([]);
    expect(asked).toEqual([reportWith()]);
    expect(reports).toMatchObject([{ outcome: 'TAKEN', counted: ['ReportTaken'], level: 'INFO' }]);
    expect(letters).toEqual([]);
  });

  test.each<[string, Verdict, string, string[], string | undefined]>([
    ['a failure', { kind: 'TAKEN', isSuccessAfterFailure: false }, failure, ['ReportTaken', 'RefundFailed'], undefined],
    [
      'a success after a failure',
      { kind: 'TAKEN', isSuccessAfterFailure: true },
      success,
      ['ReportTaken', 'SuccessAfterFailure'],
      undefined,
    ],
    ['one that came before', { kind: 'REPEATED' }, success, ['ReportWithoutEffect'], undefined],
    ['one that is too late', { kind: 'STALE' }, success, ['ReportWithoutEffect'], undefined],
    [
      'one of another amount',
      { kind: 'REFUSED', because: 'OTHER_AMOUNT' },
      success,
      ['ReportRefused'],
      '/data/amount is not the amount of the refund',
    ],
    [
      'one in another currency',
      { kind: 'REFUSED', because: 'OTHER_CURRENCY' },
      success,
      ['ReportRefused'],
      '/data/currencyCode is not the currency of the refund',
    ],
    [
      'one that contradicts another',
      { kind: 'REFUSED', because: 'CONTRADICTS' },
      success,
      ['ReportRefused'],
      '/data/status is not what the report with the same /data/sequence said',
    ],
    [
      'a success beside another attempt',
      { kind: 'PAID_TWICE' },
      success,
      ['PaidTwice'],
      'a success, although another attempt was made or it was resolved by hand: the money may have gone twice',
    ],
  ])('%s is acknowledged, counted, and kept if somebody has to look', async (_what, of, body, counted, reason) => {
    verdict = of;
    expect(await failedOf(messageOf(body))).toEqual([]);
    expect(reports).toMatchObject([{ outcome: of.kind, counted }]);
    expect(letters).toEqual(reason === undefined ? [] : [[body, reason]]);
  });

  test('whose execution is not there yet comes again, and the others are taken', async () => {
    verdict = { kind: 'UNKNOWN' };
    const malformed = messageOf('{', 'message-2');
    expect(await failedOf(messageOf(success), malformed)).toEqual(['message-1']);
    expect(reports).toContainEqual(
      expect.objectContaining({ outcome: 'REDELIVERED', counted: ['ReportRedelivered'], level: 'WARN' }),
    );
  });

  test('comes again when the table does not answer', async () => {
    verdict = new Error('throttled');
    expect(await failedOf(messageOf(success))).toEqual(['message-1']);
  });

  test.each([
    ['that has another amount', success],
    ['that is malformed', '{}'],
  ])('%s comes again when its dead letter is not taken', async (_what, body) => {
    verdict = { kind: 'REFUSED', because: 'OTHER_AMOUNT' };
    isQueueThere = false;
    expect(await failedOf(messageOf(body))).toEqual(['message-1']);
    expect(reports).toMatchObject([{ outcome: 'REDELIVERED', counted: ['ReportRedelivered'], level: 'WARN' }]);
  });
});

describe('what is no report', () => {
  test.each([
    ['no JSON', '{', '/ must be object'],
    ['null', 'null', '/ must be object'],
    ['an event without detail', '{}', '/ must be object'],
    ['a report with a mistake', bodyOf(reportEventWith({ attempt: 0 })), '/data/attempt must be >= 1'],
    [
      'a report with a canary in it',
      bodyOf(reportEventWith({ status: '1234567890' })),
      '/data/status must be equal to one of the allowed values: PENDING, SUCCEEDED, FAILED',
    ],
  ])('%s is a dead letter that says what would be accepted', async (_what, body, reason) => {
    expect(await failedOf(messageOf(body))).toEqual([]);
    expect(letters).toEqual([[body, reason]]);
    expect(asked).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'MALFORMED', counted: ['ReportRefused'], level: 'ERROR' }]);
    expect(JSON.stringify(reports)).not.toContain('1234567890');
  });
});
