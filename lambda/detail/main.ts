import { readConfig } from './config.ts';
import { createDetailHandler } from './detail-handler.ts';
import { createDetailTelemetry } from './detail-telemetry.ts';
import { systemRuntime } from './runtime.ts';
import { createDocumentClient } from './store/client.ts';
import { createHistoryStore } from './store/history-store.ts';
import { createStoreKeyStore } from './store/store-key-store.ts';
import { warmUp } from './warm-up.ts';

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
