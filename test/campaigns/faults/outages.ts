import { randomUUID } from 'node:crypto';
import { createLocalClient, localAwsEnvironment } from '../../../tools/local/client.ts';
import { putOrders } from '../../../tools/orders/put-orders.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf, type Store } from '../../../tools/in-memory/requests.ts';
import { newStore, tables } from '../../support/engine/engine-service.ts';
import { type NamedFault, type DynamoDbOperation, startFaultProxy } from '../../support/engine/fault-proxy.ts';
import { invoke, startInstance } from '../../support/engine/fleet.ts';

/** How requests fared that met a DynamoDB which does not answer. Times in milliseconds. */
export interface OutageReport {
  readonly requests: number;
  /** Calls that were not answered. */
  readonly failedCalls: number;
  /** Of the time that a request had, at its response: never below 0. */
  readonly leastRemainingMs: number;
  /** The first request after an outage. */
  readonly slowestFirstMs: number;
  readonly failures: readonly string[];
}

/** What each request has, and so what a call that hangs may take. */
const timeoutMs = 3000;
/** Requests at once; together they fail far more calls than a budget of retries would pay for. */
const requestsAtOnce = 40;
const firstResponseMs = 1000;

const outages: ReadonlyArray<readonly [DynamoDbOperation, NamedFault]> = [
  ['GetItem', 'HANG'],
  ['GetItem', 'STALLED_ANSWER'],
  ['BatchGetItem', 'HANG'],
  ['BatchGetItem', 'STALLED_ANSWER'],
  ['TransactWriteItems', 'HANG'],
  ['TransactWriteItems', 'STALLED_ANSWER'],
];

/** Lets one instance of the function live through outages of each operation, one after the other. */
export async function sufferOutages(engine: string): Promise<OutageReport> {
  const proxy = await startFaultProxy(engine);
  Object.assign(process.env, localAwsEnvironment(proxy.endpoint));
  const client = createLocalClient(engine);
  const instance = startInstance(tables, { report: () => undefined });

  const newRequest = async (store: Store): Promise<string> => {
    const orderNo = randomUUID();
    await putOrders(client, tables.orders, [orderOf({ storeId: store.storeId, orderNo })]);
    return JSON.stringify(requestOf([itemOf({ amount: 1000 })], { orderNo }));
  };
  const report = { requests: 0, failedCalls: 0, leastRemainingMs: timeoutMs, slowestFirstMs: 0 };
  const failures: string[] = [];
  try {
    for (const [operation, fault] of outages) {
      // A store whose key is not cached yet, so that it is read.
      const store = newStore();
      await putCredential(client, tables.storeKeys, store, store, Date.now());
      const name = `${operation} ${fault}`;
      const text = await newRequest(store);
      proxy.disturb((call) => (call.operation === operation ? fault : undefined));
      const responses = await Promise.all(
        Array.from({ length: requestsAtOnce }, () => invoke(instance.handler, store, text, {}, timeoutMs)),
      );
      report.requests += responses.length;
      report.failedCalls += proxy.met().length;
      for (const { status, remainingMs } of responses) {
        report.leastRemainingMs = Math.min(report.leastRemainingMs, remainingMs);
        if (remainingMs <= 0) failures.push(`${name}: a request was held ${-remainingMs} ms past its deadline`);
        // A write that was applied, though its answer stalled, is found by its record.
        if (status !== 503 && status !== 200) failures.push(`${name}: a request was answered ${status}`);
      }
      await proxy.settled();
      proxy.reset();

      const first = await newRequest(store);
      const startedAt = performance.now();
      const { status } = await invoke(instance.handler, store, first, {});
      const firstMs = Math.ceil(performance.now() - startedAt);
      report.slowestFirstMs = Math.max(report.slowestFirstMs, firstMs);
      if (status !== 200 || firstMs > firstResponseMs) {
        failures.push(`${name}: the first request after it was answered ${status} in ${firstMs} ms`);
      }
    }
    return { ...report, failures };
  } finally {
    instance.stop();
    client.destroy();
    await proxy.close();
  }
}
