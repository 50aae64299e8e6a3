import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createLateDepositRepository } from '../dynamodb/late-deposit-repository.ts';
import { createOrderRepository } from '../dynamodb/order-repository.ts';
import { createPaymentRepository } from '../dynamodb/payment-repository.ts';
import { orderTakerMetricNames } from '../environment/metric-names.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { readOrderTakerVariables } from '../environment/variables.ts';
import { createDeadLetters } from '../events/dead-letters.ts';
import { createEventTelemetry } from '../events/event-telemetry.ts';
import { createRedelivery } from '../events/redelivery.ts';
import { createOrderTaker } from './take-events.ts';

// The entry of the order taker: wiring only.
const variables = readOrderTakerVariables(process.env);
const client = createDocumentClient();
const sqs = new SQSClient({});
const tables = {
  orders: variables.ordersTable,
  cancellations: variables.cancellationsTable,
  executions: variables.executionsTable,
  refundAccounts: variables.refundAccountsTable,
};
const refundAccountDays = Number(variables.refundAccountDays);

export const handler = createOrderTaker({
  payments: createPaymentRepository(client, tables.orders),
  orders: createOrderRepository(client, tables, refundAccountDays),
  lateDeposits: createLateDepositRepository(client, tables, refundAccountDays),
  deadLetters: createDeadLetters(sqs, variables.deadLetters),
  redelivery: createRedelivery(sqs, variables.queue),
  report: createEventTelemetry('take-event', orderTakerMetricNames, variables, systemRuntime.now),
  runtime: systemRuntime,
});
