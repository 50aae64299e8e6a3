import { createDocumentClient } from '../dynamodb/client.ts';
import { createCredentialRepository } from '../dynamodb/credential-repository.ts';
import { createOrderRepository } from '../dynamodb/order-repository.ts';
import { warmUp } from '../dynamodb/warm-up.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { readCancelVariables } from '../environment/variables.ts';
import { createCancelHandler } from './handler.ts';
import { createCancelTelemetry } from './telemetry.ts';

// The entry of the cancel function: wiring only.
const variables = readCancelVariables(process.env);
const client = createDocumentClient();
const credentials = createCredentialRepository(client, variables.storeKeysTable, systemRuntime.now);

/** What environment/index.mjs waits for before the first request. */
export const ready = warmUp(credentials);

export const handler = createCancelHandler({
  orders: createOrderRepository(
    client,
    {
      orders: variables.ordersTable,
      cancellations: variables.cancellationsTable,
      refundAccounts: variables.refundAccountsTable,
    },
    Number(variables.refundAccountDays),
  ),
  credentials,
  runtime: systemRuntime,
  telemetry: createCancelTelemetry(variables, systemRuntime.now),
});
