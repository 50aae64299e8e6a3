import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { createCancelHandler } from '../../../lambda/cancel/handler.ts';
import { orderKeyOf, orderOf, orderRow, type OrderRow } from '../../../lambda/dynamodb/items.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { credentialOf } from '../../../tools/in-memory/memory-service.ts';
import { store } from '../../../tools/in-memory/requests.ts';
import { eventOfItems, orderOfLines } from '../../support/cancellations.ts';
import { canceledFor } from '../../support/dynamodb-errors.ts';
import { Random } from '../../support/random.ts';
import { orderWritesPerSecond, TokenBucket } from '../../support/token-bucket.ts';
import { DynamoDb } from './dynamodb.ts';
import { functionTimeoutMs } from './function-instance.ts';
import { VirtualTime } from './virtual-time.ts';

/** Different cancellations of one order, a number of them at once, and how far DynamoDB is. */
export interface HotLoad {
  readonly requests: number;
  readonly connections: number;
  readonly roundTripMs: number;
}

export interface HotOutcome {
  readonly responses: ReadonlyArray<{ readonly status: number; readonly durationMs: number }>;
  readonly unitsCanceled: number;
  readonly calls: number;
  readonly writes: number;
  readonly drainedMs: number;
  /** All requests one after another, each as long as a write that was applied. */
  readonly idealMs: number;
}

const maxSteps = 1_000_000;

/** Lets all requests be served by the real handler, each by an instance of its own, in virtual time. */
export async function serveHotOrder(
  { requests, connections, roundTripMs }: HotLoad,
  seed: number,
): Promise<HotOutcome> {
  const time = new VirtualTime(Date.UTC(2026, 0, 1));
  const startedAtMs = time.nowMs;
  const random = new Random(seed);
  const order = orderOfLines('HOT', 1);
  const dynamoDb = new HotDynamoDb(time, random, roundTripMs, orderKeyOf(order));
  dynamoDb.tables.write('Orders', orderRow(order));
  let ids = 0;
  const credential = { ...credentialOf(store), expiresAtMs: Infinity };
  const handler = createCancelHandler({
    orders: createOrderRepository(
      dynamoDb as unknown as DynamoDBDocumentClient,
      { orders: 'Orders', cancellations: 'Cancellations', refundAccounts: 'RefundAccounts' },
      365,
    ),
    credentials: { find: async () => credential },
    runtime: {
      now: () => time.nowMs,
      sleep: async (ms) => await pass(time, ms),
      random: () => random.float(),
      newId: () => String((ids += 1)).padStart(26, '0'),
    },
    telemetry: { report: () => undefined },
  });

  const responses: Array<{ status: number; durationMs: number }> = [];
  let next = 0;
  const connect = async () => {
    while (next < requests) {
      const event = eventOfItems('HOT', 1, `KEY-${(next += 1)}`);
      const begunAtMs = time.nowMs;
      const context = { getRemainingTimeInMillis: () => begunAtMs + functionTimeoutMs - time.nowMs };
      const { statusCode } = await handler(event, context as Context);
      responses.push({ status: statusCode, durationMs: time.nowMs - begunAtMs });
    }
  };
  for (let connection = 0; connection < connections; connection += 1) {
    time.after(random.between(0, 2), () => void connect());
  }
  await time.run(maxSteps);
  const atEnd = dynamoDb.tables.latest('Orders', { orderKey: orderKeyOf(order) }) as unknown as OrderRow;
  return {
    responses,
    unitsCanceled: orderOf(atEnd).lines[0]?.canceled.units ?? 0,
    calls: dynamoDb.calls,
    writes: dynamoDb.writes,
    drainedMs: time.nowMs - startedAtMs,
    idealMs: (requests * dynamoDb.appliedMs) / dynamoDb.applied,
  };
}

/** Chance plays no part in when a transaction is applied: the time that it takes is that of its write. */
class NoChance extends Random {
  override chance(): boolean {
    return false;
  }
}

/** What DynamoDB does to the writes of one order: one at a time, others are turned away, and so is what is too much. */
class HotDynamoDb {
  readonly tables: DynamoDb;
  calls = 0;
  writes = 0;
  /** Writes that were applied, and how long they took together. */
  applied = 0;
  appliedMs = 0;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #roundTripMs: number;
  readonly #orderKey: string;
  readonly #admission: TokenBucket;
  readonly #noChance = new NoChance(0);
  #isWriting = false;

  constructor(time: VirtualTime, random: Random, roundTripMs: number, orderKey: string) {
    const keys = { Orders: ['orderKey'], Cancellations: ['orderKey', 'cancellationKey'] };
    this.tables = new DynamoDb(time, keys, () => undefined);
    this.#time = time;
    this.#random = random;
    this.#roundTripMs = roundTripMs;
    this.#orderKey = orderKey;
    this.#admission = new TokenBucket(orderWritesPerSecond, time.nowMs);
  }

  async send(command: unknown): Promise<unknown> {
    this.calls += 1;
    if (command instanceof TransactWriteCommand) return await this.#write(command);
    await this.#pass(this.#roundTripMs / 2);
    const answer = this.#handle(command);
    await this.#pass(this.#roundTripMs / 2);
    return await answer;
  }

  /** A write is at its order for all of its time but a millisecond each way, unless it has lost when it arrives. */
  async #write(command: TransactWriteCommand): Promise<unknown> {
    this.writes += 1;
    const sentAtMs = this.#time.nowMs;
    const thereMs = this.#roundTripMs - 2;
    await pass(this.#time, 1);
    const turnedAway = this.#reasonToTurnAway();
    if (turnedAway !== undefined || this.#isLost(command)) {
      const answer = turnedAway === undefined ? this.#handle(command) : Promise.reject(canceled(turnedAway));
      answer.catch(() => undefined);
      await this.#pass(thereMs + 1);
      return await answer;
    }
    this.#isWriting = true;
    await this.#pass(thereMs);
    const answer = this.#handle(command);
    this.#isWriting = false;
    await pass(this.#time, 1);
    await answer;
    this.applied += 1;
    this.appliedMs += this.#time.nowMs - sentAtMs;
    return {};
  }

  #reasonToTurnAway(): string | undefined {
    if (!this.#admission.take(this.#time.nowMs)) return 'ThrottlingError';
    return this.#isWriting ? 'TransactionConflict' : undefined;
  }

  #isLost({ input }: TransactWriteCommand): boolean {
    const present = this.tables.latest('Orders', { orderKey: this.#orderKey }) as OrderRow | undefined;
    const { ':versionRead': versionRead } = input.TransactItems?.[0]?.Update?.ExpressionAttributeValues ?? {};
    return Number(present?.v) !== Number(versionRead);
  }

  async #handle(command: unknown): Promise<unknown> {
    return await new Promise((resolve, reject) => {
      this.tables.handle(command, { random: this.#noChance }, { resolve, reject });
    });
  }

  /** A fourth more or less. */
  async #pass(ms: number): Promise<void> {
    await pass(this.#time, ms * (0.75 + this.#random.float() / 2));
  }
}

function canceled(code: string): Error {
  return canceledFor([{ Code: code }, { Code: 'None' }]);
}

async function pass(time: VirtualTime, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    time.after(ms, resolve);
  });
}
