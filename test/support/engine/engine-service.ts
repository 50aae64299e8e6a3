import type { CancelOutcome } from '../../../lambda/cancel/cancel-outcome.ts';
import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import {
  type CancellationRow,
  type CancellationRecord,
  cancellationRecordOf,
  type OrderRow,
  orderKeyOf,
  orderOf as orderOfItem,
} from '../../../lambda/dynamodb/items.ts';
import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import { createLocalClient, localAwsEnvironment } from '../../../tools/local/client.ts';
import { putOrders } from '../../../tools/orders/put-orders.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import type { Store } from '../../../tools/in-memory/requests.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { type TimedResponse, functionTimeoutMs, invoke, startInstance } from './fleet.ts';
import type { Handler } from '../../../lambda/signed-route/signed-route.ts';
import type { RequestReport } from '../../../lambda/signed-route/request-report.ts';

export const tables = tableNamesOf('dev');

export const engineEndpoint = process.env['TEST_DYNAMODB_ENDPOINT'] ?? '';

export type EngineService = Awaited<ReturnType<typeof startEngineService>>;

/**
 * The real handler and the real SDK on a real engine, with the fault proxy between them and a store of its own.
 * @param runtime withoutWaiting where requests meet nobody but faults
 */
export async function startEngineService(runtime = systemRuntime) {
  const proxy = await startFaultProxy(engineEndpoint);
  Object.assign(process.env, localAwsEnvironment(proxy.endpoint));
  const client = createLocalClient(engineEndpoint);
  const store = newStore();
  await putCredential(client, tables.storeKeys, store, store, Date.now());
  const reports: Array<RequestReport<CancelOutcome>> = [];
  const instance = startInstance(tables, { report: (report) => reports.push(report) }, runtime);

  const cancel = async (
    body: string | CancellationRequest,
    headers: Readonly<Record<string, string>> = {},
    timeoutMs = functionTimeoutMs,
    through: Handler = instance.handler,
  ): Promise<TimedResponse> =>
    await invoke(through, store, typeof body === 'string' ? body : JSON.stringify(body), headers, timeoutMs);

  const readRecordRows = async (orderNo: string): Promise<Array<Record<string, unknown>>> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tables.cancellations,
        KeyConditionExpression: 'orderKey = :orderKey',
        ExpressionAttributeValues: { ':orderKey': orderKeyOf({ storeId: store.storeId, orderNo }) },
        ConsistentRead: true,
      }),
    );
    return Items;
  };

  return {
    proxy,
    client,
    store,
    handler: instance.handler,
    reports,
    cancel,
    /** As a merchant's client does: sends the same request again as long as the response says so. */
    async cancelUntilFinal(body: string | CancellationRequest, headers: Readonly<Record<string, string>> = {}) {
      for (let tries = 0; tries < 50; tries += 1) {
        const response = await cancel(body, headers);
        if (response.status !== 503) return response;
      }
      throw new Error('Fifty tries were not enough.');
    },
    async putOrder(order: Order): Promise<Order> {
      const own = { ...order, storeId: store.storeId };
      await putOrders(client, tables.orders, [own]);
      return own;
    },
    async readOrder(orderNo: string): Promise<Order | undefined> {
      const Key = { orderKey: orderKeyOf({ storeId: store.storeId, orderNo }) };
      const { Item } = await client.send(new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true }));
      return Item && orderOfItem(Item as OrderRow);
    },
    async readRecords(orderNo: string): Promise<CancellationRecord[]> {
      return (await readRecordRows(orderNo)).map((row) => cancellationRecordOf(row as unknown as CancellationRow));
    },
    readRecordRows,
    async stop() {
      instance.stop();
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
