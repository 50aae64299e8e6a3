import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Order } from '../../../../lambda/domain/order.ts';
import { isBeforeCapture } from '../../../../lambda/domain/order.ts';
import type { CancellationRow, OrderRow } from '../../../../lambda/dynamodb/items.ts';
import { createExecutionRepository } from '../../../../lambda/dynamodb/execution-repository.ts';
import type { ExecutionRow, RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { createEventBus } from '../../../../lambda/events/event-bus.ts';
import { createPublisher } from '../../../../lambda/publisher/publish.ts';
import { Random } from '../../../support/random.ts';
import type { Change, DynamoDb } from '../dynamodb.ts';
import { BrokenPromise } from '../history.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import { Bus } from './bus.ts';
import { checkElsewhere, isOfPlatform } from './elsewhere.ts';
import { EndpointLedger, endpointRow } from './endpoint-ledger.ts';
import { planEndpointActs } from './endpoint-operators.ts';
import { Executor } from './executor.ts';
import { accountMissing, assertNoAccount, isOfSmokeStore, Ledger } from './ledger.ts';
import { MerchantEndpoints } from './merchant-endpoint.ts';
import { checkMoney } from './money.ts';
import { Operators } from './operators.ts';
import { OrderEvents } from './order-events.ts';
import { OrderLedger } from './order-ledger.ts';
import type { ChainPlan } from './plan.ts';
import { Platform } from './platform.ts';
import { Reports } from './reports.ts';
import { ServiceClients } from './service-clients.ts';
import { Stream } from './stream.ts';
import { strayReport } from './strays.ts';
import { type ChainSurroundings, Functions } from './surroundings.ts';
import { Webhooks } from './webhooks.ts';

/** lib/publisher.ts. */
const publisher = { name: 'publisher', timeoutMs: 30_000 };

const impossibleRid = 'IMPOSSIBLE';

/**
 * How the orders of one history come in and what becomes of the money of their cancellations: the platform, both streams,
 * the publisher, the bus, the executor, queues, the functions that read them, endpoints of merchants, and operators. Of
 * these the functions are the real ones.
 */
export class Chain {
  readonly #plan: ChainPlan;
  readonly #surroundings: ChainSurroundings;
  readonly #functions: Functions;
  readonly #clients: ServiceClients;
  readonly #orders: OrderLedger;
  readonly #ledger: Ledger;
  readonly #endpoints = new EndpointLedger();
  readonly #bus: Bus;
  readonly #executor: Executor;
  readonly #platform: Platform;
  readonly #reports: Reports;
  readonly #orderEvents: OrderEvents;
  readonly #webhooks: Webhooks;
  readonly #operators: Operators;
  readonly #streams: Readonly<Record<'Cancellations' | 'Executions', Stream>>;
  readonly #unpublishable = new Set<string>();
  #publications = 0;

  /** @param orders of the plan, whether they are there from the beginning or not */
  constructor(
    plan: ChainPlan,
    orders: readonly Order[],
    surroundings: Omit<ChainSurroundings, 'random'>,
    dynamoDb: DynamoDb,
  ) {
    this.#plan = plan;
    this.#surroundings = { ...surroundings, random: new Random(plan.seed) };
    const { time } = surroundings;
    this.#functions = new Functions(this.#surroundings);
    this.#clients = new ServiceClients(this.#surroundings);
    const parts = [this.#surroundings, this.#functions, this.#clients] as const;

    const rowAt = (table: string, key: object): unknown => dynamoDb.latest(table, { ...key });
    const accountAt = (key: object) => rowAt('RefundAccounts', key) as RefundAccountRow | undefined;
    this.#orders = new OrderLedger((orderKey) => rowAt('Orders', { orderKey }) as OrderRow | undefined);
    this.#ledger = new Ledger(this.#orders, (key) => isComplete(accountAt(key)));
    this.#orderEvents = new OrderEvents(plan, ...parts, this.#orders, {
      ledger: this.#ledger,
      recordAt: (key) => rowAt('Cancellations', key) as CancellationRow | undefined,
      executionAt: (key) => rowAt('Executions', key) as ExecutionRow | undefined,
    });
    this.#platform = new Platform(plan.platform, orders, this.#surroundings, (event) => this.#orderEvents.send(event));
    this.#reports = new Reports(plan, ...parts, this.#ledger);
    const hasCaptured = (orderKey: string) => this.#platform.hasCaptured(orderKey);
    this.#executor = new Executor(plan, this.#surroundings, accountAt, this.#ledger, hasCaptured, (report) =>
      this.#reports.send(report),
    );
    this.#bus = new Bus(
      plan,
      this.#surroundings,
      this.#ledger,
      (event) => this.#attempt(() => this.#executor.ask(event)),
      (event) => this.#webhooks.send(event),
    );
    const merchants = new MerchantEndpoints(plan.endpoints, time, this.#endpoints, (id) => this.#bus.events.get(id));
    this.#webhooks = new Webhooks(plan, ...parts, this.#endpoints, merchants);
    const streamOf = (name: string, eventName: 'INSERT' | 'MODIFY') =>
      new Stream(name, eventName, this.#surroundings, (event, end) => this.#invokePublisher(event, end));
    this.#streams = {
      Cancellations: streamOf('Cancellations', 'INSERT'),
      Executions: streamOf('Executions', 'MODIFY'),
    };
    this.#operators = new Operators(plan, {
      ...this.#surroundings,
      functions: this.#functions,
      clients: this.#clients,
      ledger: this.#ledger,
      busFor: (caller) => createEventBus(this.#bus.clientFor(caller), 'bus'),
    });
    planEndpointActs(plan.endpointActs, ...parts);

    dynamoDb.onChange = (change) => this.#attempt(() => this.#onChange(change));
    for (const endpoint of plan.endpoints) dynamoDb.write('Endpoints', endpointRow(endpoint, time.nowMs));
    for (const { atMs, stream, by } of plan.rewinds) time.after(atMs, () => this.#streams[stream].rewind(by));
    for (const { atMs, of } of plan.strays) {
      time.after(atMs, () => this.#reports.send(strayReport(of, this.#ledger, time.nowMs)));
    }
    if (plan.impossibleRecordAtMs !== undefined) {
      time.after(plan.impossibleRecordAtMs, () => dynamoDb.write('Cancellations', impossibleRecord(time.nowMs)));
    }
  }

  /** An order that is there from the beginning. */
  begin(order: Order): void {
    if (!isBeforeCapture(order) && order.paymentStatus !== 'FAILED') this.#platform.noteCaptured(order);
  }

  /**
   * Judges a write that is of no request. @returns the change of an order, if there is one; undefined when it is a
   * request's after all
   * @throws BrokenPromise
   */
  judgeWrite(changes: readonly Change[]): { readonly ofOrder: Change | undefined } | undefined {
    const record = changes.find(({ table }) => table === 'Cancellations')?.after as CancellationRow | undefined;
    const ofOrder = changes.find(({ table }) => table === 'Orders');
    const isOfRequest = record !== undefined && !isOfPlatform(record);
    if (record !== undefined && !isOfRequest) checkElsewhere(changes, this.#orders);
    if (ofOrder !== undefined) this.#orders.note(ofOrder, record !== undefined, false);
    return isOfRequest ? undefined : { ofOrder };
  }

  /** What must hold when all faults have ended and nothing is under way. @throws BrokenPromise */
  checkAtRest(): void {
    for (const { rid, orderKey } of this.#ledger.records.values()) {
      if (isOfSmokeStore(orderKey)) continue;
      if (rid === impossibleRid) {
        if (!this.#unpublishable.has(rid)) throw new BrokenPromise('A record that cannot be is not a dead letter.');
        continue;
      }
      const states = this.#ledger.states.get(rid);
      if (states === undefined) throw new BrokenPromise('A record has no execution at the end.');
      for (const { att, seq } of states) {
        if (!this.#bus.taken.has(`${rid}-${att}-${seq}`)) throw new BrokenPromise('An event has not left at the end.');
      }
    }
    for (const messages of [this.#reports, this.#orderEvents, this.#webhooks]) messages.checkAtRest();
    checkMoney(this.#orders, this.#ledger, (orderKey) => this.#platform.hasCaptured(orderKey));
    this.#countEnd();
  }

  /** A number that is the same for the same events. */
  get fingerprint(): number {
    let sum = this.#bus.taken.size * 31 + this.#executor.acts;
    for (const states of this.#ledger.states.values()) {
      for (const { att, seq, at } of states)
        sum = Math.imul(sum ^ Number(att * 1009n + seq * 31n + (at & 0xffffn)), 0x01000193);
    }
    return sum ^ this.#reports.invocations;
  }

  #countEnd(): void {
    const { chain } = this.#surroundings.statistics;
    for (const states of this.#ledger.states.values()) increment(chain, `execution ${states.at(-1)?.st}`);
    for (const { st } of this.#orders.presentOrders()) increment(chain, `order ${st}`);
  }

  #onChange(change: Change): void {
    const { table, before, after } = change;
    // Later ones come with what else their transaction has changed (judgeWrite).
    if (table === 'Orders' && this.#surroundings.time.step === 0) this.#orders.note(change, false, true);
    if (table === 'Endpoints') this.#endpoints.note(change);
    if (table !== 'Cancellations' && table !== 'Executions') return;
    this.#ledger.note(change, (id) => this.#bus.taken.has(id));
    if (table === 'Executions') this.#onExecution(before as ExecutionRow | undefined, after as unknown as ExecutionRow);
    this.#streams[table].add(change);
  }

  #onExecution(before: ExecutionRow | undefined, row: ExecutionRow): void {
    const isLateDeposit = before?.kind !== row.kind && row.why === accountMissing;
    const isReported = before !== undefined && row.st !== 'REQUESTED' && row.st !== 'RESOLVED' && !isLateDeposit;
    if (isReported && !this.#reports.hasSaid(row)) {
      throw new BrokenPromise('An execution is what nobody has reported.');
    }
    if (row.st === 'FAILED') this.#operators.noteFailure(row);
  }

  #invokePublisher(event: DynamoDBStreamEvent, end: (response: DynamoDBBatchResponse | undefined) => void): void {
    const faults = this.#plan.publisherFaults[this.#publications] ?? [];
    this.#publications += 1;
    const run = async (caller: Caller, context: Context) => {
      const handle = createPublisher({
        bus: createEventBus(this.#bus.clientFor(caller), 'bus'),
        executions: createExecutionRepository(this.#clients.dynamoDbFor(caller), 'Executions'),
        deadLetters: this.#clients.deadLettersFor(caller, (body) => {
          assertNoAccount(body, 'a dead letter');
          this.#unpublishable.add((JSON.parse(body) as { returnRequestId: string }).returnRequestId);
        }),
        report: (handled) => this.#clients.onReport(caller, handled),
      });
      return await handle(event, context);
    };
    this.#functions.invoke(publisher, faults, run, end);
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#surroundings.fail(error);
    }
  }
}

/** As version 0.1.0 wrote them: without a currency. */
function impossibleRecord(nowMs: number): object {
  const at = BigInt(nowMs);
  return {
    orderKey: 'STORE-1/OLD',
    cancellationKey: 'K#old',
    rid: impossibleRid,
    kind: 'REFUND',
    at,
    v: 2n,
    data: '{}',
    lines: [],
  };
}

function isComplete(row: RefundAccountRow | undefined): boolean {
  return row?.n !== undefined && row.b !== undefined && row.h !== undefined;
}
