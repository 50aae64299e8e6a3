import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import { audit } from '../../../tools/audit/audit.ts';
import { newProgress } from '../../../tools/audit/progress.ts';
import { createLocalClient, localAwsEnvironment } from '../../../tools/local/client.ts';
import { putOrders } from '../../../tools/orders/put-orders.ts';
import { readOrder, readRecords } from '../../../tools/orders/stored-order.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import type { Store } from '../../../tools/in-memory/requests.ts';
import { checkHistory, type FinishedRequest } from './check-history.ts';
import { newStore, tables } from './engine-service.ts';
import { type WireFault, type MetFault, startFaultProxy, type WireCall } from './fault-proxy.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { type History, historyOf } from './histories.ts';
import { describeFaults } from './seeded-faults.ts';

export interface Play {
  /** Endpoint of an engine that has the tables. */
  readonly engine: string;
  readonly firstSeed: number;
  readonly histories: number;
  /** Histories at once: one that hangs holds up no other. */
  readonly atOnce: number;
  readonly faultOf?: (call: WireCall) => WireFault | undefined;
  readonly onPlayed?: () => void;
}

export interface PlayReport {
  readonly requests: number;
  /** By status, those included that asked for another try. */
  readonly responses: ReadonlyMap<number, number>;
  readonly wireCalls: number;
  readonly met: readonly MetFault[];
  /** One sentence each, with the seed and the faults of the history. */
  readonly violations: readonly string[];
}

/** Histories of this many stores are played side by side. */
const storeCount = 3;

/**
 * Plays the histories of consecutive seeds through the real handler and the real SDK, each on an order of its own; waits
 * until nothing is on its way to the engine any more; then checks every history, and audits the tables.
 */
export async function playHistories(play: Play): Promise<PlayReport> {
  const proxy = await startFaultProxy(play.engine);
  Object.assign(process.env, localAwsEnvironment(proxy.endpoint));
  const client = createLocalClient(play.engine);
  const fleet = startFleet(tables);
  try {
    const stores = Array.from({ length: storeCount }, newStore);
    for (const store of stores) await putCredential(client, tables.storeKeys, store, store, Date.now());
    if (play.faultOf) proxy.disturb(play.faultOf);

    const played: Array<{ readonly history: History; readonly finished: FinishedRequest[] }> = [];
    await inParallel(seedsOf(play), play.atOnce, async (seed) => {
      const store = stores[seed % storeCount] ?? newStore();
      const history = historyOf(seed, store.storeId);
      await putOrders(client, tables.orders, [history.order]);
      played.push({ history, finished: await finishedRequestsOf(history, store, fleet) });
      play.onPlayed?.();
    });
    await proxy.settled();

    const violations: string[] = [];
    await inParallel(played.values(), play.atOnce, async ({ history, finished }) => {
      const orderKey = orderKeyOf({ storeId: history.order.storeId, orderNo: history.order.orderNo });
      const order = (await readOrder(client, tables, orderKey)) ?? history.order;
      const records = await Array.fromAsync(readRecords(client, tables, orderKey, { isConsistent: true }));
      const met = describeFaults(proxy.met().filter((fault) => fault.orderKey === orderKey));
      for (const violation of checkHistory(finished, order, records)) {
        violations.push(`seed ${history.seed}: ${violation}; faults met: ${met}`);
      }
    });
    violations.push(...(await auditViolations(client, stores)));
    const internalErrors = fleet.responses.get(500) ?? 0;
    const refusals = proxy.met().filter(({ fault }) => fault === 'CREDENTIALS_REFUSED').length;
    if (internalErrors > refusals) violations.push(`${internalErrors} internal errors for ${refusals} refusals by AWS`);
    const requests = played.reduce((sum, { finished }) => sum + finished.length, 0);
    return { requests, responses: fleet.responses, wireCalls: proxy.calls(), met: [...proxy.met()], violations };
  } finally {
    fleet.stop();
    client.destroy();
    await proxy.close();
  }
}

async function finishedRequestsOf(history: History, store: Store, fleet: Fleet): Promise<FinishedRequest[]> {
  const finished: FinishedRequest[] = [];
  for (const wave of history.waves) {
    const sent = wave.map(async (request): Promise<FinishedRequest> => {
      const headers = {
        'X-Currency-Code': history.order.currencyCode,
        'X-Idempotency-Key': request.idempotencyKey,
      };
      return { request, response: await fleet.cancel(store, request.text, headers) };
    });
    finished.push(...(await Promise.all(sent)));
  }
  return finished;
}

/** Of these stores: others may be at work in the same tables. */
async function auditViolations(client: DynamoDBDocumentClient, stores: readonly Store[]): Promise<string[]> {
  const violations: string[] = [];
  await audit({
    client,
    tables,
    progress: newProgress({ place: 'histories', identity: '' }, 4),
    onViolation(line) {
      if (stores.some(({ storeId }) => line.includes(` ${storeId}/`))) violations.push(line);
    },
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    // Nothing takes the stream here, so no refund is ever asked for.
    refunds: undefined,
  });
  return violations;
}

function seedsOf({ firstSeed, histories }: Play): IterableIterator<number> {
  return Array.from({ length: histories }, (_value, index) => firstSeed + index).values();
}

async function inParallel<Item>(
  items: IterableIterator<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const workers = Array.from({ length: atOnce }, async () => {
    for (const item of items) await work(item);
  });
  await Promise.all(workers);
}
