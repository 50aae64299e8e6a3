import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Execution } from '../domain/execution.ts';
import { InvariantViolated } from '../domain/order.ts';
import { wrapNumbers } from '../dynamodb/client.ts';
import type { ExecutionRepository } from '../dynamodb/execution-repository.ts';
import type { CancellationRow } from '../dynamodb/items.ts';
import { executionOf, type ExecutionRow, firstExecutionOf } from '../dynamodb/refund-items.ts';
import { type RemainingMs, remainingMsOf } from '../environment/deadline.ts';
import type { PublisherMetricName } from '../environment/metric-names.ts';
import type { DeadLetters } from '../events/dead-letters.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ReportHandled } from '../events/event-telemetry.ts';
import { type RefundEvent, refundEventOf } from '../events/refund-event.ts';

export interface PublisherDependencies {
  readonly bus: EventBus;
  readonly executions: ExecutionRepository;
  readonly deadLetters: DeadLetters;
  readonly report: ReportHandled<PublisherMetricName>;
}

/** The store that deployments are tested with: nothing of it leaves, whatever a filter says. */
const smokeOrders = 'SMOKE-TEST/';

/**
 * Publishes what two streams announce: a new cancellation asks for its refund, and each change of an execution is
 * reported. A record that fails comes again, and so do those behind it: every event leaves at least once, under an id
 * that a repetition has as well.
 */
export function createPublisher(dependencies: PublisherDependencies) {
  return async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const remainingMs = remainingMsOf(context);
    return await processPartialResponse(
      event,
      async (record: DynamoDBRecord) => await publish(record, dependencies, remainingMs),
      new BatchProcessor(EventType.DynamoDBStreams),
      // Otherwise a batch of which everything fails counts as an error of the function.
      { throwOnFullBatchFailure: false },
    );
  };
}

/** @throws whatever makes the record come again */
async function publish(
  { dynamodb, eventName, eventSourceARN = '' }: DynamoDBRecord,
  { bus, executions, deadLetters, report }: PublisherDependencies,
  remainingMs: RemainingMs,
): Promise<void> {
  const row = dynamodb?.NewImage && imageOf(dynamodb.NewImage);
  // By the keys of the two tables, which no row lacks.
  const isNewCancellation = row !== undefined && 'cancellationKey' in row && eventName === 'INSERT';
  const isChangedExecution = row !== undefined && 'rid' in row && !('cancellationKey' in row) && eventName === 'MODIFY';
  if (!isNewCancellation && !isChangedExecution) return;
  if (String(row['orderKey']).startsWith(smokeOrders)) return;

  const of = { orderKey: textOrNone(row['orderKey']), returnRequestId: textOrNone(row['rid']), eventSourceARN };
  const failed = (error: unknown, fields: Readonly<Record<string, unknown>>) => {
    report({ outcome: 'FAILED', counted: ['PublishFailed'], level: 'WARN', fields, error });
    return error;
  };
  let execution: Execution;
  let event: RefundEvent;
  try {
    execution = isNewCancellation
      ? firstExecutionOf(row as unknown as CancellationRow)
      : executionOf(row as unknown as ExecutionRow);
    event = refundEventOf(execution);
  } catch (error) {
    // One row that cannot be must not stop those behind it: whatever is in the table is not lost.
    const reason = error instanceof InvariantViolated ? error.message : 'It cannot be read.';
    await deadLetters.send(JSON.stringify(of), reason, remainingMs).catch((unsent: unknown) => {
      throw failed(unsent, of);
    });
    report({ outcome: 'UNPUBLISHABLE', counted: ['Unpublishable'], level: 'ERROR', fields: { ...of, reason }, error });
    return;
  }

  const fields = { ...of, eventId: event.id, type: event.type };
  try {
    await bus.put(event, remainingMs);
    // Only now: that an execution exists proves that the bus has taken the request. If the function ends in between, the
    // same bytes are sent again.
    if (isNewCancellation) await executions.putIfNew(execution, remainingMs);
  } catch (error) {
    throw failed(error, fields);
  }
  report({ outcome: 'PUBLISHED', counted: ['Published'], level: 'INFO', fields });
}

/** In a row that cannot be, anything can stand anywhere. */
function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function imageOf(image: NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>): Record<string, unknown> {
  return unmarshall(image as Record<string, AttributeValue>, { wrapNumbers });
}
