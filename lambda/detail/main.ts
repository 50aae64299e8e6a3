import { readConfig } from '../environment/variables.ts';
import { createDetailHandler } from './handler.ts';
import { createDetailTelemetry } from './telemetry.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createHistoryStore } from '../dynamodb/history-repository.ts';
import { createStoreKeyStore } from '../dynamodb/credential-repository.ts';
import { warmUp } from '../dynamodb/warm-up.ts';

// The entry of the function that tells what became of an order: wiring only.
const config = readConfig(process.env);
const client = createDocumentClient();
const storeKeys = createStoreKeyStore(client, config.storeKeysTable, systemRuntime.now);

/** What index.mjs waits for before the first request. */
export const ready = warmUp(storeKeys);

export const handler = createDetailHandler({
  history: createHistoryStore(client, { orders: config.ordersTable, cancellations: config.cancellationsTable }),
  storeKeys,
  runtime: systemRuntime,
  telemetry: createDetailTelemetry(config.serviceName, systemRuntime.now),
});
