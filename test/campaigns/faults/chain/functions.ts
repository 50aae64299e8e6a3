import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import {
  createExecutionRepository,
  type ExecutionRepository,
} from '../../../../lambda/dynamodb/execution-repository.ts';
import { publisherMetricNames, takerMetricNames } from '../../../../lambda/environment/metric-names.ts';
import { createDeadLetters, type DeadLetters } from '../../../../lambda/events/dead-letters.ts';
import { createEventBus } from '../../../../lambda/events/event-bus.ts';
import { createEventTelemetry } from '../../../../lambda/events/event-telemetry.ts';
import { createPublisher } from '../../../../lambda/publisher/publish.ts';
import { createResultTaker } from '../../../../lambda/result-taker/take-reports.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import type { ChainFaults } from './chain-faults.ts';
import { Life } from './life.ts';

interface Surroundings {
  readonly client: DynamoDBDocumentClient;
  readonly executionsTable: string;
  readonly busClient: EventBridgeClient;
  readonly busName: string;
  readonly queueClient: SQSClient;
  readonly faults: ChainFaults;
  /** An execution is put: the id of the request that the bus has to have by then. */
  readonly onPut: (eventId: string) => void;
  /** An execution has changed: the id of the event that says so. */
  readonly onChange: (eventId: string) => void;
}

const version = 'campaign';

/** Publisher and result taker as they are deployed, but that each invocation may end at any of its calls. */
export function createFunctions(surroundings: Surroundings) {
  const { client, executionsTable, busClient, busName, queueClient, faults, onPut, onChange } = surroundings;
  const bus = createEventBus(busClient, busName);
  const executions = createExecutionRepository(client, executionsTable);
  const publisherReport = createEventTelemetry(
    'publish',
    publisherMetricNames,
    { service: 'publisher', version },
    Date.now,
  );
  const takerReport = createEventTelemetry(
    'take-report',
    takerMetricNames,
    { service: 'result-taker', version },
    Date.now,
  );

  const executionsOf = (life: Life): ExecutionRepository => ({
    putIfNew: async (execution, remainingMs) => {
      await life.call(`put ${execution.orderNo}`, async () => {
        onPut(`${execution.returnRequestId}-1-0`);
        await executions.putIfNew(execution, remainingMs);
      });
    },
    take: async (report, nowMs, remainingMs) =>
      await life.call(`take ${report.orderNo}`, async () => {
        const verdict = await executions.take(report, nowMs, remainingMs);
        const { returnRequestId, attempt, sequence } = report;
        // REPEATED is also what the SDK gets that sends it again, because the first answer was late.
        if (verdict.kind === 'TAKEN' || verdict.kind === 'REPEATED')
          onChange(`${returnRequestId}-${attempt}-${sequence}`);
        return verdict;
      }),
  });
  const deadLettersOf = (life: Life, url: string): DeadLetters => {
    const letters = createDeadLetters(queueClient, url);
    return {
      send: async (...message) => await life.call('dead letter', async () => await letters.send(...message)),
    };
  };

  return {
    /** @throws Error when it has died */
    async publish(event: DynamoDBStreamEvent, deadLettersUrl: string): Promise<DynamoDBBatchResponse> {
      const life = new Life(faults);
      const publisher = createPublisher({
        bus: {
          put: async (one, remainingMs) =>
            await life.call(`publish ${one.data.orderNo}`, async () => await bus.put(one, remainingMs)),
        },
        executions: executionsOf(life),
        deadLetters: deadLettersOf(life, deadLettersUrl),
        report: (handled) => life.isOver || publisherReport(handled),
      });
      return await life.answer('publisher', async () => await publisher(event, contextOf(30_000)));
    },
    /** @throws Error when it has died */
    async take(event: SQSEvent, deadLettersUrl: string): Promise<SQSBatchResponse> {
      const life = new Life(faults);
      const taker = createResultTaker({
        executions: executionsOf(life),
        deadLetters: deadLettersOf(life, deadLettersUrl),
        report: (handled) => life.isOver || takerReport(handled),
        now: Date.now,
      });
      return await life.answer('result taker', async () => await taker(event, contextOf(10_000)));
    },
  };
}
