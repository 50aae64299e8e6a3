import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { PaymentStatus } from '../../../lambda/domain/order.ts';
import { createDocumentClient } from '../../../lambda/dynamodb/client.ts';
import { createExecutionRepository } from '../../../lambda/dynamodb/execution-repository.ts';
import type { OrderRow } from '../../../lambda/dynamodb/items.ts';
import { createPublisher } from '../../../lambda/publisher/publish.ts';
import type { TableNames } from '../../../lib/stages.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { createLocalClient, localAwsEnvironment } from '../../../tools/local/client.ts';
import { createTables } from '../../../tools/local/tables.ts';
import { runOrderTaker } from '../../support/engine/order-taker.ts';
import { definitionsOf, newTableNames } from '../../support/engine/own-tables.ts';
import { auditViolations } from '../../support/engine/play-order-histories.ts';
import {
  authorized,
  captured,
  capturedWithOrder,
  failed,
  refundedElsewhere,
  registered,
} from '../../support/platform-events.ts';
import { Random } from '../../support/random.ts';

export interface StormReport {
  /** Deliveries of events, doubles and those that came again included. */
  readonly deliveries: number;
  readonly seconds: number;
  readonly auditSeconds: number;
  readonly violations: readonly string[];
}

interface Storm {
  /** Of the engine. */
  readonly endpoint: string;
  readonly seed: number;
  readonly orders: number;
  /** Called now and then with how many orders are through. */
  readonly onProgress: (orders: number) => void;
}

/** So many orders' events are shuffled together. */
const windowSize = 500;
const batchSize = 10;
/** Batches under way at the same time. */
const batchesAtOnce = 16;
/** Events that come before their order come again so often at most. */
const maxRounds = 30;
const maxViolations = 20;

/**
 * Lets orders come in by events, doubled and shuffled, many at once, through the real order taker; compares how each order
 * stands then with what its events say, and runs the real audit over the tables.
 */
export async function playStorm({ endpoint, seed, orders, onProgress }: Storm): Promise<StormReport> {
  Object.assign(process.env, localAwsEnvironment(endpoint));
  const tables = newTableNames();
  const tool = createLocalClient(endpoint);
  const client = createDocumentClient();
  try {
    await createTables(tool, definitionsOf(tables));
    const taker = runOrderTaker(client, tables);
    const random = new Random(seed);
    const startedAt = performance.now();
    let deliveries = 0;
    let waiting: object[] = [];
    const play = async (events: readonly object[]) => {
      deliveries += events.length;
      waiting = await sendAll(shuffled(events, random), taker);
    };
    for (let from = 0; from < orders; from += windowSize) {
      const count = Math.min(windowSize, orders - from);
      const fresh = Array.from({ length: count }, (_value, index) => eventsOf(seed, from + index)).flat();
      await play([...waiting, ...fresh]);
      onProgress(from + count);
    }
    for (let round = 0; waiting.length > 0 && round < maxRounds; round += 1) await play(waiting);
    const seconds = (performance.now() - startedAt) / 1000;
    await publishAll(client, tables);

    const violations = waiting.length > 0 ? [`${waiting.length} events are never taken`] : [];
    if (taker.letters.length > 0) violations.push(`${taker.letters.length} events are dead letters, and none may be`);
    violations.push(...(await wrongOrders(tool, tables, seed, orders)));
    const auditedFrom = performance.now();
    violations.push(...(await auditViolations(tool, tables)));
    const auditSeconds = (performance.now() - auditedFrom) / 1000;
    return { deliveries, seconds, auditSeconds, violations: violations.slice(0, maxViolations) };
  } finally {
    client.destroy();
    tool.destroy();
  }
}

/** How an order comes about, and how it stands when all is taken. */
interface Way {
  readonly events: ReadonlyArray<'REGISTERED' | 'AUTHORIZED' | 'CAPTURED' | 'WITH_ORDER' | 'FAILED' | 'PART' | 'ALL'>;
  readonly ends: PaymentStatus;
  /** What is canceled of its two lines, in minor units. */
  readonly canceled: readonly [bigint, bigint];
}

const nothing = [0n, 0n] as const;
const ways: readonly Way[] = [
  { events: ['REGISTERED'], ends: 'REQUESTED', canceled: nothing },
  { events: ['REGISTERED', 'AUTHORIZED'], ends: 'AUTHORIZED', canceled: nothing },
  { events: ['REGISTERED', 'FAILED'], ends: 'FAILED', canceled: nothing },
  { events: ['REGISTERED', 'CAPTURED'], ends: 'CAPTURED', canceled: nothing },
  { events: ['REGISTERED', 'AUTHORIZED', 'CAPTURED'], ends: 'CAPTURED', canceled: nothing },
  { events: ['WITH_ORDER'], ends: 'CAPTURED', canceled: nothing },
  { events: ['REGISTERED', 'AUTHORIZED', 'WITH_ORDER'], ends: 'CAPTURED', canceled: nothing },
  { events: ['REGISTERED', 'AUTHORIZED', 'CAPTURED', 'PART'], ends: 'PARTIALLY_CANCELED', canceled: [1000n, 0n] },
  { events: ['WITH_ORDER', 'ALL'], ends: 'CANCELED', canceled: [2000n, 500n] },
];

const drawsOf = (seed: number, index: number) => new Random(seed, index + 1);
const wayOf = (seed: number, index: number) => drawsOf(seed, index).pick(ways);

/** The events of one order, each of them one to three times. */
function eventsOf(seed: number, index: number): object[] {
  const random = drawsOf(seed, index);
  const { events } = random.pick(ways);
  const id = { storeId: `STORE-${index % 7}`, orderNo: `O${index}` };
  const one = { seq: 1, quantity: 1, amount: 1000 };
  const make = {
    REGISTERED: () => registered(id),
    AUTHORIZED: () => authorized(id),
    CAPTURED: () => captured(id),
    WITH_ORDER: () => capturedWithOrder(id),
    FAILED: () => failed(id),
    PART: () => refundedElsewhere(id, `refund-${index}`, [one]),
    ALL: () =>
      refundedElsewhere(id, `refund-${index}`, [
        { ...one, quantity: 2 },
        { seq: 2, quantity: 1, amount: 500 },
      ]),
  };
  return events.flatMap((kind) => Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, make[kind]));
}

/** @returns those that have to come again */
async function sendAll(events: readonly object[], taker: ReturnType<typeof runOrderTaker>): Promise<object[]> {
  const again: object[] = [];
  const batches = Array.from({ length: Math.ceil(events.length / batchSize) }, (_value, index) =>
    events.slice(index * batchSize, (index + 1) * batchSize),
  ).values();
  const workers = Array.from({ length: batchesAtOnce }, async () => {
    for (const batch of batches) {
      for (const index of await taker.send(...batch)) again.push(batch[index] as object);
    }
  });
  await Promise.all(workers);
  return again;
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, place: random.float() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

/** Hands every cancellation to the real publisher, on a bus that takes everything, as the stream of its table would. */
async function publishAll(client: DynamoDBDocumentClient, tables: TableNames): Promise<void> {
  const publish = createPublisher({
    bus: { put: async () => undefined },
    executions: createExecutionRepository(client, tables.executions),
    deadLetters: {
      async send(body) {
        throw new Error(`This cannot be published: ${body}`);
      },
    },
    report: () => undefined,
  });
  const scan = { TableName: tables.cancellations, ConsistentRead: true, Limit: batchSize };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    const Records = Items.map((item, index): DynamoDBRecord => {
      const NewImage = marshall(item) as Record<string, AttributeValue>;
      return { eventName: 'INSERT', dynamodb: { NewImage, SequenceNumber: String(index) } };
    });
    const { batchItemFailures } = await publish({ Records }, contextOf(60_000));
    if (batchItemFailures.length > 0) throw new Error('Cancellations were not published, and nothing was wrong.');
  }
}

async function wrongOrders(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  seed: number,
  orders: number,
): Promise<string[]> {
  const wrong: string[] = [];
  let found = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tables.orders, ConsistentRead: true })) {
    for (const row of Items as OrderRow[]) {
      found += 1;
      const { ends, canceled, events } = wayOf(seed, Number(row.orderKey.split('/O')[1]));
      const isCanceled = row.lines.every(({ c }, index) => (c?.a ?? 0n) === canceled[index]);
      const isRight = row.st === ends && isCanceled && row.v <= BigInt(events.length);
      if (!isRight) wrong.push(`${row.orderKey} is ${row.st} at version ${row.v}, after ${events.join(', ')}`);
    }
  }
  if (found !== orders) wrong.push(`there are ${found} orders, and ${orders} have come in`);
  return wrong;
}
