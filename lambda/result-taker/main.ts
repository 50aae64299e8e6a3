import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createExecutionRepository } from '../dynamodb/execution-repository.ts';
import { takerMetricNames } from '../environment/metric-names.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { readTakerVariables } from '../environment/variables.ts';
import { createDeadLetters } from '../events/dead-letters.ts';
import { createEventTelemetry } from '../events/event-telemetry.ts';
import { createResultTaker } from './take-reports.ts';

// The entry of the result taker: wiring only.
const variables = readTakerVariables(process.env);

export const handler = createResultTaker({
  executions: createExecutionRepository(createDocumentClient(), variables.executionsTable),
  deadLetters: createDeadLetters(new SQSClient({}), variables.deadLetters),
  report: createEventTelemetry('take-report', takerMetricNames, variables, systemRuntime.now),
  now: systemRuntime.now,
});
