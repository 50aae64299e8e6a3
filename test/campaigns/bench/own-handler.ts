import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createCancelHandler } from '../../../lambda/cancel/handler.ts';
import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import { orderRow } from '../../../lambda/dynamodb/items.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../../lambda/dynamodb/credential-repository.ts';
import { createCancelTelemetry } from '../../../lambda/cancel/telemetry.ts';
import { credentialItem } from '../../../tools/operator/credentials.ts';
import { store } from '../../../tools/in-memory/requests.ts';
import { exampleOrder } from '../../support/cancellations.ts';

// The service's function with a client that answers at once in place of the SDK's: what is its own of the CPU time. Of
// the SDK there are only the commands that the stores make.
const order = orderRow(exampleOrder('CANNED'));
const key = credentialItem(store, store, Date.now());
const client = {
  // Known by its name: the peers' packages beside this file have a class of their own.
  async send({ constructor: { name } }: object) {
    if (name === 'BatchGetCommand') return { Responses: { Orders: [order] }, UnprocessedKeys: {} };
    return name === 'GetCommand' ? { Item: key } : {};
  },
} as unknown as DynamoDBDocumentClient;

export const handler = createCancelHandler({
  orders: createOrderRepository(
    client,
    { orders: 'Orders', cancellations: 'Cancellations', refundAccounts: 'RefundAccounts' },
    365,
  ),
  credentials: createCredentialRepository(client, 'StoreKeys', systemRuntime.now),
  runtime: systemRuntime,
  telemetry: createCancelTelemetry({ service: 'payment-cancel', version: 'a1b2c3d4e5f6' }, systemRuntime.now),
});
