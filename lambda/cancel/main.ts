import { readConfig } from './config.ts';
import { createHandler } from './handler.ts';
import { systemRuntime } from './runtime.ts';
import { createDocumentClient } from './store/client.ts';
import { createOrderStore } from './store/order-store.ts';
import { createStoreKeyStore } from './store/store-key-store.ts';
import { createTelemetry } from './telemetry.ts';
import { warmUp } from './warm-up.ts';

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
