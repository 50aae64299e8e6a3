import type { Order } from '../../../lambda/domain/order.ts';
import { type CancellationRow, orderRow, type OrderRow, orderKeyOf, orderOf } from '../../../lambda/dynamodb/items.ts';
import { accessKeyHashOf } from '../../../lambda/dynamodb/credential-repository.ts';
import { capturedOrder } from './capture.ts';
import { Chain } from './chain/chain.ts';
import { outcomeOf } from './responses.ts';
import { type Change, DynamoDb } from './dynamodb.ts';
import { storeKeysTable } from './function-instance.ts';
import { Gateway } from './gateway.ts';
import {
  type Applied,
  type CancelOperation,
  type CaptureOperation,
  BrokenPromise,
  type PlatformOperation,
} from './history.ts';
import { checkCommit } from './invariants.ts';
import { json } from './json.ts';
import { judge } from './judge.ts';
import { Merchant } from './merchant.ts';
import { hashKeyOf } from './message.ts';
import { Network } from './network.ts';
import { type PlannedCredential, dayMs, type Plan } from './plan.ts';
import { increment, markInterleaving, type Statistics } from './statistics.ts';
import { VirtualTime } from './virtual-time.ts';

/** The epoch milliseconds at which every history begins. */
const beginningMs = Date.UTC(2026, 0, 1);
const maxSteps = 100_000;
/** What goes round in circles in the chain does so slowly: there is a call in each round. */
const maxStepsOfChain = 20_000;

const keySchema = {
  Orders: ['orderKey'],
  Cancellations: ['orderKey', 'cancellationKey'],
  RefundAccounts: ['orderKey', 'refundKey'],
  Executions: ['orderKey', 'rid'],
  Endpoints: ['storeId'],
  [storeKeysTable]: ['accessKeyHash'],
};

/**
 * Lets a plan happen, from its first event to the last, and judges the history.
 * @param trace gets a line for everything that happens
 * @returns what went wrong, in one line; undefined for a history that keeps every promise
 */
export async function runHistory(
  plan: Plan,
  statistics: Statistics,
  trace?: (line: string) => void,
): Promise<string | undefined> {
  const world = new World(plan, statistics, trace);
  try {
    await world.run();
    return undefined;
  } catch (error) {
    if (error instanceof BrokenPromise) return error.message;
    return describe(error as Error, trace !== undefined);
  }
}

function describe({ name, message, stack = '', cause }: Error, isStackWanted: boolean): string {
  const causes = cause instanceof Error ? `, because of ${describe(cause, isStackWanted)}` : '';
  return `${name}: ${isStackWanted ? stack : message}${causes}`;
}

class World {
  readonly #plan: Plan;
  readonly #statistics: Statistics;
  readonly #time = new VirtualTime(beginningMs);
  readonly #dynamoDb: DynamoDb;
  readonly #network: Network;
  readonly #gateway: Gateway;
  readonly #chain: Chain | undefined;
  readonly #merchants: readonly Merchant[];
  /** What the platform does to orders. */
  readonly #changes = new Map<string, PlatformOperation[]>();
  /** What was applied, by the id of the cancellation. */
  readonly #applied = new Map<string, Applied>();
  readonly #requests = new Map<string, CancelOperation>();
  #ids = 0;
  #failure: unknown;

  constructor(plan: Plan, statistics: Statistics, trace?: (line: string) => void) {
    const time = this.#time;
    this.#plan = plan;
    this.#statistics = statistics;
    const traceAt = trace && ((text: string) => trace(`${time.nowMs - beginningMs} ms  ${text}`));
    this.#dynamoDb = new DynamoDb(time, keySchema, (changes) => {
      traceAt?.(`applied ${changes.map(({ after }) => json(after)).join(' and ')}`);
      this.#attempt(() => this.#onCommit(changes));
    });
    this.#network = new Network(time, this.#dynamoDb, statistics, traceAt);
    const surroundings = {
      time,
      network: this.#network,
      statistics,
      onNewId: (operation: CancelOperation) => {
        this.#ids += 1;
        const id = String(this.#ids).padStart(26, '0');
        this.#requests.set(`RETREQ${id}`, operation);
        return id;
      },
      fail: (error: unknown) => this.#fail(error),
      trace: traceAt,
    };
    this.#gateway = new Gateway(plan, surroundings);
    this.#chain = plan.chain && new Chain(plan.chain, plan.orders, surroundings, this.#dynamoDb);
    this.#fillTables();
    this.#merchants = plan.sends.map(
      (send, index) => new Merchant(send, `request ${index}`, plan, time, this.#gateway, statistics),
    );
    for (const { order, atMs } of plan.captures) {
      time.after(atMs, () => this.#capture(plan.orders[order] as Order));
    }
  }

  /** @throws BrokenPromise, or whatever failed */
  async run(): Promise<void> {
    await this.#time.run(this.#chain === undefined ? maxSteps : maxStepsOfChain);
    if (this.#failure !== undefined) throw this.#failure;
    for (const [index, { status }] of this.#merchants.entries()) {
      if (status === undefined) throw new BrokenPromise(`request ${index} never gets a final response.`);
    }
    judge({
      credentials: this.#plan.credentials,
      orders: this.#firstOrders(),
      operations: this.#gateway.operations,
      changes: this.#changes,
      applied: this.#applied,
      orderAtEnd: (orderKey) => this.#dynamoDb.latest('Orders', { orderKey }) as OrderRow | undefined,
    });
    this.#chain?.checkAtRest();
    for (const operation of this.#gateway.operations) increment(this.#statistics.outcomes, outcomeOf(operation));
    this.#statistics.histories += 1;
    this.#statistics.events += this.#time.step;
    this.#statistics.commits += this.#applied.size;
    const { interleaving } = this.#network;
    markInterleaving(this.#statistics, interleaving);
    this.#statistics.fingerprint = (this.#statistics.fingerprint + this.#fingerprint(interleaving)) >>> 0;
  }

  #fingerprint(interleaving: number): number {
    let sum = interleaving ^ this.#time.nowMs ^ Math.imul(this.#time.step, 0x9e3779b1);
    sum ^= this.#chain?.fingerprint ?? 0;
    for (const { returnedAt, response } of this.#gateway.operations) {
      sum = Math.imul(sum ^ (response?.status ?? 1) ^ (returnedAt << 10), 0x01000193);
    }
    return sum;
  }

  #fillTables(): void {
    for (const order of this.#firstOrders()) {
      this.#dynamoDb.write('Orders', orderRow(order));
      this.#chain?.begin(order);
    }
    for (const credential of this.#plan.credentials) {
      this.#dynamoDb.write(storeKeysTable, credentialItem(credential, false));
      if (credential.revokedAtMs > longestHistoryMs) continue;
      const revoke = () => this.#dynamoDb.write(storeKeysTable, credentialItem(credential, true));
      this.#time.after(credential.revokedAtMs, revoke);
    }
  }

  /** Those that are there from the beginning. */
  #firstOrders(): readonly Order[] {
    const { orders, chain } = this.#plan;
    return orders.filter((_order, index) => chain?.platform.comingOrders.includes(index) !== true);
  }

  #capture(order: Order): void {
    const orderKey = orderKeyOf(order);
    const item = this.#dynamoDb.latest('Orders', { orderKey }) as OrderRow | undefined;
    if (item === undefined) return;
    const captured = capturedOrder(item);
    if (captured !== undefined && !this.#dynamoDb.write('Orders', captured)) {
      this.#time.after(3, () => this.#capture(order));
      return;
    }
    const { step } = this.#time;
    const operation: CaptureOperation = {
      kind: 'CAPTURE',
      name: 'capture',
      invokedAt: step,
      returnedAt: step,
      statusBefore: item.st,
    };
    this.#noteChange(orderKey, operation);
  }

  #noteChange(orderKey: string, operation: PlatformOperation): void {
    this.#changes.set(orderKey, [...(this.#changes.get(orderKey) ?? []), operation]);
  }

  #onCommit(changes: readonly Change[]): void {
    const written = this.#chain?.judgeWrite(changes);
    if (written !== undefined) {
      if (written.ofOrder !== undefined) this.#onOrderChange(written.ofOrder);
      return;
    }
    checkCommit(changes, this.#requests);
    const record = changes.find(({ table }) => table === 'Cancellations')?.after as unknown as CancellationRow;
    if (this.#applied.has(record.rid)) throw new BrokenPromise(`${record.rid} was applied twice.`);
    const shownAt = changes.find(({ table }) => table === 'Orders')?.shownAt ?? Infinity;
    this.#applied.set(record.rid, { record, shownAt });
  }

  #onOrderChange({ shownAt, before, after }: Change): void {
    const row = after as unknown as OrderRow;
    const was = before && orderOf(before as unknown as OrderRow);
    this.#noteChange(row.orderKey, {
      kind: 'CHANGE',
      name: `change to version ${row.v}`,
      invokedAt: shownAt,
      returnedAt: shownAt,
      before: was,
      after: orderOf(row),
    });
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#time.stop();
  }
}

const longestHistoryMs = 30 * dayMs;

/** There are a handful of names, and as many hashes are enough. */
const hashes = new Map<string, string>();

function hashOf(name: string): string {
  let hash = hashes.get(name);
  if (hash === undefined) hashes.set(name, (hash = accessKeyHashOf(name)));
  return hash;
}

function credentialItem(credential: PlannedCredential, isRevoked: boolean) {
  const { storeId, name, expiresAtMs, revokedAtMs, impossible } = credential;
  const expiresAt = BigInt(beginningMs + expiresAtMs);
  return {
    accessKeyHash: hashOf(name),
    storeId,
    divisionCode: 'DIVISION',
    channelCode: 'ONLINE',
    ...(impossible === 'NO_HASH_KEY' ? {} : { hashKey: hashKeyOf(credential) }),
    issuedAt: BigInt(beginningMs),
    ...(impossible === 'NO_EXPIRY'
      ? {}
      : { expiresAt: impossible === 'EXPIRY_IS_TEXT' ? String(expiresAt) : expiresAt }),
    ...(isRevoked ? { revokedAt: BigInt(beginningMs + revokedAtMs) } : {}),
  };
}
