import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createExecutionRepository } from '../dynamodb/execution-repository.ts';
import { publisherMetricNames } from '../environment/metric-names.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { readPublisherVariables } from '../environment/variables.ts';
import { createDeadLetters } from '../events/dead-letters.ts';
import { createEventBus } from '../events/event-bus.ts';
import { createEventTelemetry } from '../events/event-telemetry.ts';
import { createPublisher } from './publish.ts';

// The entry of the publisher: wiring only.
const variables = readPublisherVariables(process.env);

export const handler = createPublisher({
  bus: createEventBus(new EventBridgeClient({}), variables.eventBus),
  executions: createExecutionRepository(createDocumentClient(), variables.executionsTable),
  deadLetters: createDeadLetters(new SQSClient({}), variables.deadLetters),
  report: createEventTelemetry('publish', publisherMetricNames, variables, systemRuntime.now),
});
