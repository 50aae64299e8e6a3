import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ExecutionReport, Verdict } from '../domain/execution.ts';
import type { ExecutionRepository } from '../dynamodb/execution-repository.ts';
import { type RemainingMs, remainingMsOf } from '../environment/deadline.ts';
import type { TakerMetricName } from '../environment/metric-names.ts';
import type { DeadLetters } from '../events/dead-letters.ts';
import type { Handled, ReportHandled } from '../events/event-telemetry.ts';
import { detailIn } from '../events/detail-in.ts';
import { readReport } from '../events/execution-report.ts';

export interface TakerDependencies {
  readonly executions: ExecutionRepository;
  readonly deadLetters: DeadLetters;
  readonly report: ReportHandled<TakerMetricName>;
  readonly now: () => number;
}

/** A report whose execution is not there yet: the queue delivers it again, and at last keeps it among the dead letters. */
export class ExecutionNotYetThere extends Error {
  override readonly name = 'ExecutionNotYetThere';
}

/** Takes what executors report, from a queue. No report is lost: it is taken, without effect, or a dead letter. */
export function createResultTaker(dependencies: TakerDependencies) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const remainingMs = remainingMsOf(context);
    return await processPartialResponse(
      event,
      async (record: SQSRecord) => await take(record, dependencies, remainingMs),
      new BatchProcessor(EventType.SQS),
      { throwOnFullBatchFailure: false },
    );
  };
}

/** @throws whatever makes the message come again */
async function take(
  { body, messageId }: SQSRecord,
  { executions, deadLetters, report, now }: TakerDependencies,
  remainingMs: RemainingMs,
): Promise<void> {
  const comesAgain = (error: unknown, fields: Readonly<Record<string, unknown>>) => {
    report({ outcome: 'REDELIVERED', counted: ['ReportRedelivered'], level: 'WARN', fields, error });
    return error;
  };
  const read = readReport(detailIn(body));
  if (!read.ok) {
    const fields = { messageId, problems: read.problems };
    await deadLetters.send(body, read.problems.join('; '), remainingMs).catch((unsent: unknown) => {
      throw comesAgain(unsent, fields);
    });
    report({ outcome: 'MALFORMED', counted: ['ReportRefused'], level: 'ERROR', fields });
    return;
  }

  const { storeId, orderNo, returnRequestId, attempt, sequence, status } = read.report;
  const fields = { messageId, storeId, orderNo, returnRequestId, attempt, sequence, status };
  let verdict: Verdict;
  try {
    verdict = await executions.take(read.report, now(), remainingMs);
    if (verdict.kind === 'UNKNOWN') throw new ExecutionNotYetThere('There is no such attempt yet.');
    const reason = reasonToKeep(verdict);
    if (reason !== undefined) await deadLetters.send(body, reason, remainingMs);
  } catch (error) {
    throw comesAgain(error, fields);
  }
  report({ outcome: verdict.kind, fields, ...handledAs(verdict, read.report) });
}

/** Why a report is kept for somebody to look at, in words; undefined if nobody has to. */
function reasonToKeep(verdict: Verdict): string | undefined {
  if (verdict.kind === 'REFUSED') return reasonsToRefuse[verdict.because];
  if (verdict.kind !== 'PAID_TWICE') return undefined;
  return 'a success, although another attempt was made or it was resolved by hand: the money may have gone twice';
}

const reasonsToRefuse = {
  OTHER_AMOUNT: '/data/amount is not the amount of the refund',
  OTHER_CURRENCY: '/data/currencyCode is not the currency of the refund',
  NOT_ASKED: '/data/returnRequestId is of money that the platform has moved: no executor was asked for it',
  CONTRADICTS: '/data/status is not what the report with the same /data/sequence said',
} as const;

function handledAs(
  verdict: Exclude<Verdict, { kind: 'UNKNOWN' }>,
  { status }: ExecutionReport,
): Pick<Handled<TakerMetricName>, 'counted' | 'level'> {
  switch (verdict.kind) {
    case 'TAKEN': {
      const counted: TakerMetricName[] = ['ReportTaken'];
      if (status === 'FAILED') counted.push('RefundFailed');
      if (verdict.isSuccessAfterFailure) counted.push('SuccessAfterFailure');
      return { counted, level: verdict.isSuccessAfterFailure ? 'WARN' : 'INFO' };
    }
    case 'PAID_TWICE':
      return { counted: ['PaidTwice'], level: 'ERROR' };
    case 'REFUSED':
      return { counted: ['ReportRefused'], level: 'ERROR' };
    case 'REPEATED':
    case 'STALE':
      return { counted: ['ReportWithoutEffect'], level: 'INFO' };
  }
}
