import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { LateDepositRepository } from '../dynamodb/late-deposit-repository.ts';
import type { OrderRepository } from '../dynamodb/order-repository.ts';
import type { PaymentRepository } from '../dynamodb/payment-repository.ts';
import { type RemainingMs, remainingMsOf } from '../environment/deadline.ts';
import type { OrderTakerMetricName } from '../environment/metric-names.ts';
import { quickPauseSeconds, quickReceives } from '../environment/redelivery-times.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { DeadLetters } from '../events/dead-letters.ts';
import type { Handled, ReportHandled } from '../events/event-telemetry.ts';
import { readPlatformEvent } from '../events/platform-event.ts';
import type { Redelivery } from '../events/redelivery.ts';
import { applyEvent, type EventOutcome } from './apply-event.ts';
import { recordElsewhere } from './record-elsewhere.ts';

export interface OrderTakerDependencies {
  readonly payments: PaymentRepository;
  readonly orders: OrderRepository;
  readonly lateDeposits: LateDepositRepository;
  readonly deadLetters: DeadLetters;
  readonly redelivery: Redelivery;
  readonly report: ReportHandled<OrderTakerMetricName>;
  readonly runtime: Runtime;
}

/** An event that comes before what it is about: the queue delivers it again, and at last keeps it among the dead letters. */
export class NotYetThere extends Error {
  override readonly name = 'NotYetThere';
}

/** Takes what the platform says of orders and payments, from a queue. No event is lost: taken, without effect, or a dead letter. */
export function createOrderTaker(dependencies: OrderTakerDependencies) {
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
async function take(record: SQSRecord, dependencies: OrderTakerDependencies, remainingMs: RemainingMs): Promise<void> {
  const { body, messageId } = record;
  const { deadLetters, report } = dependencies;
  const comesAgain = (error: unknown, fields: Readonly<Record<string, unknown>>) => {
    report({ outcome: 'REDELIVERED', counted: ['EventRedelivered'], level: 'WARN', fields, error });
    return error;
  };
  const read = readPlatformEvent(body);
  if (!read.ok) {
    const fields = { messageId, problems: read.problems };
    await deadLetters.send(body, read.problems.join('; '), remainingMs).catch((unsent: unknown) => {
      throw comesAgain(unsent, fields);
    });
    report({ outcome: 'MALFORMED', counted: ['EventRefused'], level: 'ERROR', fields });
    return;
  }

  const { event, type } = read;
  const { storeId, orderNo } = event.id;
  const fields = { messageId, type, storeId, orderNo };
  let outcome: EventOutcome;
  try {
    const context = { ...dependencies, remainingMs };
    outcome =
      event.kind === 'REFUNDED_ELSEWHERE' ? await recordElsewhere(event, context) : await applyEvent(event, context);
    if (outcome.kind === 'NOT_YET') {
      await comeSoon(record, dependencies.redelivery, remainingMs);
      throw new NotYetThere('What the event is about is not there yet.');
    }
    if (outcome.kind === 'REFUSED') await deadLetters.send(body, reasonOf(outcome), remainingMs);
  } catch (error) {
    throw comesAgain(error, fields);
  }
  const reason = outcome.kind === 'REFUSED' ? { reason: reasonOf(outcome) } : {};
  report({ outcome: outcome.kind, fields: { ...fields, ...reason }, ...handledAs[outcome.kind] });
}

/** The first times it comes again in seconds; later, and where this fails, when the queue's own time is over. */
async function comeSoon(
  { receiptHandle, attributes }: SQSRecord,
  redelivery: Redelivery,
  remainingMs: RemainingMs,
): Promise<void> {
  if (Number(attributes.ApproximateReceiveCount) > quickReceives) return;
  await redelivery.delay(receiptHandle, quickPauseSeconds, remainingMs).catch(() => undefined);
}

function reasonOf({ field, problem }: Extract<EventOutcome, { kind: 'REFUSED' }>): string {
  return `${field} ${problem}`;
}

const handledAs: Readonly<
  Record<Exclude<EventOutcome['kind'], 'NOT_YET'>, Pick<Handled<OrderTakerMetricName>, 'counted' | 'level'>>
> = {
  TAKEN: { counted: ['EventTaken'], level: 'INFO' },
  WITHOUT_EFFECT: { counted: ['EventWithoutEffect'], level: 'INFO' },
  CAPTURE_AFTER_VOID: { counted: ['EventTaken', 'CaptureAfterVoid'], level: 'ERROR' },
  REFUSED: { counted: ['EventRefused'], level: 'ERROR' },
};
