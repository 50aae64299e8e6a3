import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { executionStatuses } from '../../../lambda/domain/execution.ts';
import { createDocumentClient } from '../../../lambda/dynamodb/client.ts';
import { findExecution, resolveExecution } from '../../../lambda/dynamodb/execution-commands.ts';
import { createExecutionRepository } from '../../../lambda/dynamodb/execution-repository.ts';
import { orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import { firstExecutionOf } from '../../../lambda/dynamodb/refund-items.ts';
import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import type { TableNames } from '../../../lib/stages.ts';
import { audit } from '../../../tools/audit/audit.ts';
import { newProgress } from '../../../tools/audit/progress.ts';
import type { Store } from '../../../tools/in-memory/requests.ts';
import { createLocalClient, localAwsEnvironment } from '../../../tools/local/client.ts';
import { createTables } from '../../../tools/local/tables.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import { readOrder, readRecordRows } from '../../../tools/orders/stored-order.ts';
import { readExecutionRows } from '../../../tools/refunds/stored-executions.ts';
import { Random } from '../random.ts';
import { newStore } from './engine-service.ts';
import { startFaultProxy, type WireCall, type WireFault } from './fault-proxy.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { judgeOrderHistory, type PlayedOrder } from './judge-order-history.ts';
import { type OrderHistory, orderHistoryOf, type PlannedRequest } from './order-histories.ts';
import { accountDays, type RunningOrderTaker, runOrderTaker } from './order-taker.ts';
import { definitionsOf, newTableNames } from './own-tables.ts';
import { describeFaults } from './seeded-faults.ts';

export interface OrderPlay {
  readonly engine: string;
  readonly firstSeed: number;
  readonly histories: number;
  /** Histories at once. */
  readonly atOnce: number;
  readonly faultOf?: (call: WireCall) => WireFault | undefined;
  readonly onPlayed?: () => void;
}

export interface OrderPlayReport {
  /** Deliveries of events, those included that came again. */
  readonly deliveries: number;
  readonly requests: number;
  readonly deadLetters: number;
  readonly lateDeposits: number;
  readonly faults: number;
  /** How many orders ended in each status. */
  readonly ends: ReadonlyMap<string, number>;
  /** One sentence each, with the seed and the faults of the history. */
  readonly violations: readonly string[];
}

/**
 * Plays the histories of consecutive seeds through the real order taker and the real cancel handler on tables of their
 * own: events shuffled, doubled and at once, beside merchants and an executor. Judges each, and audits the tables.
 */
export async function playOrderHistories(play: OrderPlay): Promise<OrderPlayReport> {
  const proxy = await startFaultProxy(play.engine);
  Object.assign(process.env, localAwsEnvironment(proxy.endpoint));
  const client = createLocalClient(play.engine);
  const disturbed = createDocumentClient();
  const tables = newTableNames();
  const fleet = startFleet(tables);
  const store = newStore();
  try {
    await createTables(client, definitionsOf(tables));
    await putCredential(client, tables.storeKeys, store, store, Date.now());
    if (play.faultOf) proxy.disturb(play.faultOf);
    const world = { client, tables, store, fleet };
    const played: Array<Played & { readonly violations: string[] }> = [];
    const seeds = Array.from({ length: play.histories }, (_value, index) => play.firstSeed + index).values();
    const workers = Array.from({ length: play.atOnce }, async () => {
      for (const seed of seeds) {
        const history = orderHistoryOf(seed, store.storeId);
        const one = await playHistory(history, runOrderTaker(disturbed, tables), world);
        const orderKey = orderKeyOf(history.id);
        const met = () => describeFaults(proxy.met().filter((fault) => fault.orderKey === orderKey));
        const violations = judgeOrderHistory(history, one.state).map(
          (what) => `seed ${seed}: ${what}; faults met: ${met()}`,
        );
        played.push({ ...one, violations });
        play.onPlayed?.();
      }
    });
    await Promise.all(workers);
    await proxy.settled();
    const sum = (numberOf: (one: Played) => number) => played.reduce((total, one) => total + numberOf(one), 0);
    const statuses = played.map(({ state }) => state.order?.paymentStatus ?? 'none');
    return {
      deliveries: sum(({ deliveries }) => deliveries),
      requests: sum(({ state }) => state.responses.size),
      deadLetters: sum(({ state }) => [...state.letters.values()].reduce((total, count) => total + count, 0)),
      lateDeposits: sum(
        ({ state }) => state.executions.filter(({ kind, attempt }) => kind === 'REFUND' && attempt > 1).length,
      ),
      faults: proxy.met().length,
      ends: new Map([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length])),
      violations: [...played.flatMap(({ violations }) => violations), ...(await auditViolations(client, tables))],
    };
  } finally {
    fleet.stop();
    disturbed.destroy();
    client.destroy();
    await proxy.close();
  }
}

interface World {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly store: Store;
  readonly fleet: Fleet;
}

interface Played {
  readonly state: PlayedOrder;
  readonly deliveries: number;
}

/** More rounds than a history has ever needed until all its events are taken. */
const maxRounds = 40;
const lastRounds = 3;

async function playHistory(history: OrderHistory, taker: RunningOrderTaker, world: World): Promise<Played> {
  const random = new Random(history.seed, 1);
  const responses = new Map<string, number>();
  let deliveries = 0;
  // Another order under the number says something of its own only once the right one is there.
  const isHeld = (index: number) => history.events[index]?.kind === 'REGISTERED' && history.events[index].isWrong;
  const all = history.events.flatMap(({ deliveries: count }, index) => Array.from({ length: count }, () => index));
  let waiting = shuffled(
    all.filter((index) => !isHeld(index)),
    random,
  );

  const deliver = async (indexes: readonly number[]) => {
    if (indexes.length === 0) return [];
    deliveries += indexes.length;
    const again = await taker.send(...indexes.map((index) => ({ ...history.events[index]?.message, nr: index })));
    return again.map((place) => indexes[place] ?? 0);
  };
  const cancel = async (request: PlannedRequest) => {
    responses.set(request.key, await send(history, request, world));
  };

  const requests = [...history.requests];
  let quiet = 0;
  for (let round = 0; round < maxRounds && quiet < 2; round += 1) {
    const batch = waiting.slice(0, random.between(1, 10));
    const rest = waiting.slice(batch.length);
    const asked = requests.length > 0 && random.chance(50) ? requests.splice(0, random.between(1, 2)) : [];
    const [again, others] = await Promise.all([
      deliver(batch.filter((_index, place) => place % 2 === 0)),
      deliver(batch.filter((_index, place) => place % 2 === 1)),
      execute(history, world, random),
      ...asked.map(cancel),
    ]);
    const before = waiting.length;
    waiting = shuffled([...rest, ...again, ...others], random);
    // What only waits for what never comes is left to the six hours.
    quiet = requests.length === 0 && waiting.length === before && rest.length === 0 ? quiet + 1 : 0;
    if (waiting.length === 0 && requests.length === 0) break;
  }
  // The executor ends what it has begun, and so does whatever waits for it.
  waiting.push(...all.filter(isHeld));
  for (let round = 0; round < lastRounds && waiting.length > 0; round += 1) {
    await execute(history, world, undefined);
    waiting = await deliver(waiting);
  }
  await execute(history, world, undefined);
  return { deliveries, state: await stateOf(history, taker, world, { waiting, responses }) };
}

/** Lets what was recorded leave, and the executor report one step of a void, or all if there is no chance. */
async function execute(history: OrderHistory, world: World, random: Random | undefined): Promise<void> {
  const canRecord = history.requests.length > 0 || history.events.some(({ kind }) => kind === 'ELSEWHERE');
  if (!canRecord || random?.chance(70)) return;
  const { client, tables } = world;
  const executions = createExecutionRepository(client, tables.executions);
  const orderKey = orderKeyOf(history.id);
  for await (const row of readRecordRows(client, tables, orderKey, { isConsistent: true })) {
    await executions.putIfNew(firstExecutionOf(row), inTime);
    if (row.kind !== 'VOID') continue;
    const execution = await findExecution(client, tables.executions, history.id, row.rid);
    if (execution?.kind !== 'VOID') continue;
    const { returnRequestId, currencyCode, amountMinor } = execution;
    const report = { ...history.id, returnRequestId, attempt: 1, currencyCode, amountMinor };
    const isPending = history.voidEnd === 'PENDING_THEN_VOIDED' && execution.status === 'REQUESTED';
    if (isPending) await executions.take({ ...report, sequence: 1, status: 'PENDING' }, Date.now(), inTime);
    if (isPending && random !== undefined) continue;
    if (history.voidEnd === 'RESOLVED') {
      if (execution.status === 'REQUESTED')
        await resolveExecution(client, tables.executions, execution, 'by hand', Date.now());
    } else if (history.voidEnd === 'FAILED') {
      await executions.take(
        { ...report, sequence: 2, status: 'FAILED', failureReason: 'DECLINED' },
        Date.now(),
        inTime,
      );
    } else {
      const settlement = history.voidEnd === 'REFUNDED' ? 'REFUNDED' : 'VOIDED';
      await executions.take({ ...report, sequence: 2, status: 'SUCCEEDED', settlement }, Date.now(), inTime);
    }
  }
}

const inTime = () => 10_000;

async function send(history: OrderHistory, { key, items, account }: PlannedRequest, world: World): Promise<number> {
  const named = items.map(({ seq, quantity, amount }) => {
    const { itemType = 'SERVICE', itemId = '' } = history.lines.find((line) => line.seq === seq) ?? {};
    return { seq, itemType, itemId, quantity, amount };
  });
  const body = {
    orderNo: history.id.orderNo,
    totalCancelAmount: items.reduce((sum, { quantity, amount }) => sum + quantity * amount, 0),
    ...(account === undefined ? {} : { refundAccount: account }),
    items: named,
  };
  const response = await world.fleet.cancel(world.store, JSON.stringify(body), { 'X-Idempotency-Key': key });
  return response.status;
}

async function stateOf(
  history: OrderHistory,
  taker: RunningOrderTaker,
  { client, tables }: World,
  { waiting, responses }: { readonly waiting: readonly number[]; readonly responses: ReadonlyMap<string, number> },
): Promise<PlayedOrder> {
  const orderKey = orderKeyOf(history.id);
  const isConsistent = { isConsistent: true };
  const letters = taker.letters.map(({ event }) => (event as { readonly nr: number }).nr);
  return {
    order: await readOrder(client, tables, orderKey),
    records: await Array.fromAsync(readRecordRows(client, tables, orderKey, isConsistent)),
    executions: (await Array.fromAsync(readExecutionRows(client, tables.executions, orderKey, isConsistent))).map(
      ({ kind, att, st, how, why, acc }) => ({
        kind,
        attempt: Number(att),
        status: executionStatuses.find((status) => status === st) ?? 'none',
        settlement: how,
        failureReason: why,
        hasAccount: acc === true,
      }),
    ),
    letters: new Map([...Map.groupBy(letters, (index) => index)].map(([index, all]) => [index, all.length])),
    waiting: new Set(waiting),
    responses,
  };
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, place: random.float() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

/** What the audit says of these tables. */
export async function auditViolations(client: DynamoDBDocumentClient, tables: TableNames): Promise<string[]> {
  const violations: string[] = [];
  await audit({
    client,
    tables,
    progress: newProgress({ place: 'orders', identity: '' }, 4),
    onViolation: (line) => violations.push(line),
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    // An hour from now, whatever should have left has left.
    refunds: { nowMs: Date.now() + 60 * 60 * 1000, refundAccountDays: accountDays, stageOption: '' },
  });
  return violations;
}
