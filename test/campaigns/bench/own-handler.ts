import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHandler } from '../../lambda/handler.ts';
import { systemRuntime } from '../../lambda/runtime.ts';
import { orderItem } from '../../lambda/store/items.ts';
import { createOrderStore } from '../../lambda/store/order-store.ts';
import { createStoreKeyStore } from '../../lambda/store/store-key-store.ts';
import { createTelemetry } from '../../lambda/telemetry.ts';
import { storeKeyItem } from '../../lib/store-keys.ts';
import { store } from '../fixtures/requests.ts';
import { exampleOrder } from './cancellations.ts';

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
