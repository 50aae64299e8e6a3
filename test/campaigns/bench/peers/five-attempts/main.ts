import { createCancelHandler } from '../../../../../lambda/cancel/handler.ts';
import { createCancelTelemetry } from '../../../../../lambda/cancel/telemetry.ts';
import { createDocumentClient } from '../../../../../lambda/dynamodb/client.ts';
import { createCredentialRepository } from '../../../../../lambda/dynamodb/credential-repository.ts';
import { Contended } from '../../../../../lambda/dynamodb/failures.ts';
import { createOrderRepository, type OrderRepository } from '../../../../../lambda/dynamodb/order-repository.ts';
import { warmUp } from '../../../../../lambda/dynamodb/warm-up.ts';
import { systemRuntime } from '../../../../../lambda/environment/runtime.ts';
import { readCancelVariables } from '../../../../../lambda/environment/variables.ts';
import { attempts } from './attempts.ts';

// The cancel function, wired as in lambda/cancel/main.ts, with its earlier way with a lost race.
const variables = readCancelVariables(process.env);
const client = createDocumentClient();
const credentials = createCredentialRepository(client, variables.storeKeysTable, systemRuntime.now);

export const ready = warmUp(credentials);

export const handler = createCancelHandler({
  orders: sendingAgain(
    createOrderRepository(
      client,
      {
        orders: variables.ordersTable,
        cancellations: variables.cancellationsTable,
        refundAccounts: variables.refundAccountsTable,
      },
      Number(variables.refundAccountDays),
    ),
  ),
  credentials,
  runtime: systemRuntime,
  telemetry: createCancelTelemetry(variables, systemRuntime.now),
});

/** A write that is turned away is sent again as it is, and an order that comes back with a lost race is not used. */
function sendingAgain(orders: OrderRepository): OrderRepository {
  return {
    ...orders,
    async commit(write, remainingMs) {
      const sends = attempts(systemRuntime, remainingMs, { attempts: 0 });
      while (!(await sends.next()).done) {
        const outcome = await orders.commit(write, remainingMs);
        if (outcome.kind === 'ORDER_CHANGED') return { ...outcome, order: undefined };
        if (outcome.kind !== 'BUSY') return outcome;
      }
      throw new Contended('DynamoDB stayed busy.');
    },
  };
}
