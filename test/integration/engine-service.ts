import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { createHandler, type Handler } from '../../lambda/handler.ts';
import { systemRuntime } from '../../lambda/runtime.ts';
import { createDocumentClient } from '../../lambda/store/client.ts';
import {
  type CancellationItem,
  type CancellationRecord,
  cancellationRecordOf,
  type OrderItem,
  orderKeyOf,
  orderOf as orderOfItem,
} from '../../lambda/store/items.ts';
import { createOrderStore } from '../../lambda/store/order-store.ts';
import { createStoreKeyStore } from '../../lambda/store/store-key-store.ts';
import type { RequestReport } from '../../lambda/telemetry.ts';
import { createLocalClient, localAwsEnvironment } from '../../lib/local/client.ts';
import { putOrders } from '../../lib/orders/put-orders.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { putStoreKey } from '../../lib/store-keys.ts';
import { documented } from '../fixtures/documented.ts';
import { eventOf, headersOf, type Store } from '../fixtures/requests.ts';
import { startFaultProxy } from './fault-proxy.ts';

export const tables = tableNamesOf('dev');

export const engineEndpoint = process.env['TEST_DYNAMODB_ENDPOINT'] ?? '';

export interface Answered {
  readonly status: number;
  readonly isReplay: boolean;
  readonly envelope: Envelope;
}

export type EngineService = Awaited<ReturnType<typeof startEngineService>>;

/** The real handler and the real SDK on a real engine, with the fault proxy between them and a store of its own. */
export async function startEngineService() {
  const proxy = await startFaultProxy(engineEndpoint);
  Object.assign(process.env, localAwsEnvironment(proxy.endpoint));
  const functionClient = createDocumentClient();
  const client = createLocalClient(engineEndpoint);
  const store = newStore();
  await putStoreKey(client, tables.storeKeys, store, store, Date.now());
  const reports: RequestReport[] = [];
  const handler = createHandler({
    orders: createOrderStore(functionClient, tables),
    storeKeys: createStoreKeyStore(functionClient, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: (report) => reports.push(report) },
  });

  const cancel = async (
    body: string | CancellationRequest,
    headers: Readonly<Record<string, string>> = {},
    timeoutMs = 10_000,
    through: Handler = handler,
  ): Promise<Answered> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const deadlineMs = Date.now() + timeoutMs;
    const context = { getRemainingTimeInMillis: () => deadlineMs - Date.now() } as Context;
    const result = await through(eventOf(text, headersOf(text, headers, store)), context);
    return {
      status: result.statusCode,
      isReplay: result.headers?.['Idempotent-Replayed'] === 'true',
      envelope: documented(result.statusCode, JSON.parse(result.body) as Envelope),
    };
  };

  return {
    proxy,
    client,
    store,
    handler,
    reports,
    cancel,
    /** As a merchant's client does: sends the same request again as long as the answer says so. */
    async cancelUntilAnswered(body: string | CancellationRequest, headers: Readonly<Record<string, string>> = {}) {
      for (let tries = 0; tries < 50; tries += 1) {
        const answered = await cancel(body, headers);
        if (answered.status !== 503) return answered;
      }
      throw new Error('Fifty tries were not enough.');
    },
    async putOrder(order: Order): Promise<Order> {
      const own = { ...order, storeId: store.storeId };
      await putOrders(client, tables.orders, [own]);
      return own;
    },
    async readOrder(orderNo: string): Promise<Order | undefined> {
      const Key = { orderKey: orderKeyOf(store.storeId, orderNo) };
      const { Item } = await client.send(new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true }));
      return Item && orderOfItem(Item as OrderItem);
    },
    async readRecords(orderNo: string): Promise<CancellationRecord[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tables.cancellations,
          KeyConditionExpression: 'orderKey = :orderKey',
          ExpressionAttributeValues: { ':orderKey': orderKeyOf(store.storeId, orderNo) },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => cancellationRecordOf(item as CancellationItem));
    },
    async stop() {
      functionClient.destroy();
      client.destroy();
      await proxy.close();
    },
  };
}

/** A store that no other test knows. */
export function newStore(): Store {
  return {
    storeId: `STORE-${randomUUID()}`,
    divisionCode: 'DIV-1',
    channelCode: 'ONLINE',
    accessKey: randomUUID(),
    hashKey: randomUUID(),
  };
}
