import { readConfig } from '../environment/variables.ts';
import { createHandler } from './handler.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createOrderStore } from '../dynamodb/order-repository.ts';
import { createStoreKeyStore } from '../dynamodb/credential-repository.ts';
import { createTelemetry } from './telemetry.ts';
import { warmUp } from '../dynamodb/warm-up.ts';

// The entry of the Lambda function: wiring only.
const config = readConfig(process.env);
const client = createDocumentClient();
const storeKeys = createStoreKeyStore(client, config.storeKeysTable, systemRuntime.now);

/** What index.mjs waits for before the first request. */
export const ready = warmUp(storeKeys);

export const handler = createHandler({
  orders: createOrderStore(client, { orders: config.ordersTable, cancellations: config.cancellationsTable }),
  storeKeys,
  runtime: systemRuntime,
  telemetry: createTelemetry(config.serviceName, systemRuntime.now),
});
