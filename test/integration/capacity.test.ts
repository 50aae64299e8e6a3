import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createHandler, type Handler } from '../../lambda/handler.ts';
import { systemRuntime } from '../../lambda/runtime.ts';
import { createOrderStore } from '../../lambda/store/order-store.ts';
import { createStoreKeyStore } from '../../lambda/store/store-key-store.ts';
import { orderOf } from '../fixtures/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../fixtures/requests.ts';
import { type EngineService, startEngineService, tables } from './engine-service.ts';

interface Consumed {
  readonly CapacityUnits?: number;
}

let service: EngineService;
const consumed = { reads: 0, writes: 0 };

beforeAll(async () => {
  service = await startEngineService();
});
afterAll(async () => {
  await service.stop();
});
beforeEach(() => {
  Object.assign(consumed, { reads: 0, writes: 0 });
});

/** The service's client, asked for what each call consumes. */
function meteredHandler(): Handler {
  const client = {
    async send(command: { input: Record<string, unknown> }, options: unknown) {
      command.input['ReturnConsumedCapacity'] = 'TOTAL';
      const output = await service.client.send(command as never, options as never);
      const { ConsumedCapacity = [] } = output as { ConsumedCapacity?: Consumed | Consumed[] };
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
        consumed[command instanceof TransactWriteCommand ? 'writes' : 'reads'] += CapacityUnits;
      }
      return output;
    },
  } as unknown as DynamoDBDocumentClient;
  return createHandler({
    orders: createOrderStore(client, tables),
    storeKeys: createStoreKeyStore(service.client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
}

// DynamoDB charges a read unit for an item that does not exist, the record of a new request, and DynamoDB Local none.
const readsOfNewRequest = [1, 2];

test("a cancellation of the specification's order costs two read units and four write units", async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-1' }));
  const request = { ...exampleRequest('full-order'), orderNo: 'CAPACITY-1' };
  const metered = meteredHandler();
  expect((await service.cancel(request, {}, 10_000, metered)).status).toBe(200);
  expect(consumed.writes).toBe(4);
  expect(readsOfNewRequest).toContain(consumed.reads);

  Object.assign(consumed, { reads: 0, writes: 0 });
  expect((await service.cancel(request, {}, 10_000, metered)).isReplay).toBe(true);
  expect(consumed).toEqual({ reads: 2, writes: 0 });
});

test('a refusal costs two read units, and nothing is written', async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-2' }));
  const request = requestOf([itemOf({ quantity: 9 })], { orderNo: 'CAPACITY-2' });
  expect((await service.cancel(request, {}, 10_000, meteredHandler())).status).toBe(400);
  expect(consumed.writes).toBe(0);
  expect(readsOfNewRequest).toContain(consumed.reads);
});
