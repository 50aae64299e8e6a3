import { createDocumentClient } from '../dynamodb/client.ts';
import { createCredentialRepository } from '../dynamodb/credential-repository.ts';
import { createHistoryRepository } from '../dynamodb/history-repository.ts';
import { warmUp } from '../dynamodb/warm-up.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { readDetailVariables } from '../environment/variables.ts';
import { createDetailHandler } from './handler.ts';
import { createDetailTelemetry } from './telemetry.ts';

// The entry of the detail function: wiring only.
const variables = readDetailVariables(process.env);
const client = createDocumentClient();
const credentials = createCredentialRepository(client, variables.storeKeysTable, systemRuntime.now);

/** What environment/index.mjs waits for before the first request. */
export const ready = warmUp(credentials);

export const handler = createDetailHandler({
  history: createHistoryRepository(client, {
    orders: variables.ordersTable,
    cancellations: variables.cancellationsTable,
    executions: variables.executionsTable,
  }),
  credentials,
  runtime: systemRuntime,
  telemetry: createDetailTelemetry(variables, systemRuntime.now),
});
