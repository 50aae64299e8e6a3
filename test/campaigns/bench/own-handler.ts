import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHandler } from '../../../lambda/cancel/handler.ts';
import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import { orderItem } from '../../../lambda/dynamodb/items.ts';
import { createOrderStore } from '../../../lambda/dynamodb/order-repository.ts';
import { createStoreKeyStore } from '../../../lambda/dynamodb/credential-repository.ts';
import { createTelemetry } from '../../../lambda/cancel/telemetry.ts';
import { storeKeyItem } from '../../../tools/operator/credentials.ts';
import { store } from '../../support/requests.ts';
import { exampleOrder } from '../../support/cancellations.ts';

// The service's function with a client that answers at once in place of the SDK's: what is its own of the CPU time. Of
// the SDK there are only the commands that the stores make.
const order = orderItem(exampleOrder('CANNED'));
const key = storeKeyItem(store, store, Date.now());
const client = {
  // Known by its name: the peers' packages beside this file have a class of their own.
  async send({ constructor: { name } }: object) {
    if (name === 'BatchGetCommand') return { Responses: { Orders: [order] }, UnprocessedKeys: {} };
    return name === 'GetCommand' ? { Item: key } : {};
  },
} as unknown as DynamoDBDocumentClient;

export const handler = createHandler({
  orders: createOrderStore(client, { orders: 'Orders', cancellations: 'Cancellations' }),
  storeKeys: createStoreKeyStore(client, 'StoreKeys', systemRuntime.now),
  runtime: systemRuntime,
  telemetry: createTelemetry('payment-cancel', systemRuntime.now),
});
