import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { canceledFor, onWire } from '../../support/dynamodb-errors.ts';
import { orderWritesPerSecond, TokenBucket } from '../../support/token-bucket.ts';
import type { LocalServer } from './dynamodb-proxy.ts';

/** How long a call takes besides the engine's own time. A write is at its order for most of it. */
const roundTripMs = 8;
const writeMs = 6;
const wayMs = (roundTripMs - writeMs) / 2;

/** What is known of the order that a write changes. */
interface OrderState {
  readonly admission: TokenBucket;
  /** Undefined until the first write was applied. */
  version: string | undefined;
  isBeingWritten: boolean;
}

/**
 * Stands before an engine and does what DynamoDB does to the writes of one order, and the engine does not: it takes its
 * time, turns away a write that meets another one under way, and those that are too many for a partition.
 */
export async function startContendedDynamoDb(engine: string): Promise<LocalServer> {
  const orders = new Map<string, OrderState>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, bytes } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': bytes.length });
    response.end(bytes);
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await readAll(request);
    const forward = () => forwarded(engine, agent, request, body);
    if (!String(request.headers['x-amz-target']).endsWith('.TransactWriteItems')) {
      await sleep(roundTripMs / 2);
      const read = await forward();
      await sleep(roundTripMs / 2);
      return read;
    }
    const write = orderWriteOf(body);
    await sleep(wayMs);
    const order = stateOf(orders, write.orderKey);
    if (!order.admission.take(performance.now())) return await turnedAway('ThrottlingError');
    if (order.isBeingWritten) return await turnedAway('TransactionConflict');
    // DynamoDB looks at conditions first, and a write that fails there is in nobody's way.
    const isLost = order.version !== undefined && order.version !== write.versionRead;
    order.isBeingWritten = !isLost;
    try {
      if (!isLost) await sleep(writeMs);
      const written = await forward();
      if (written.status === 200) order.version = write.nextVersion;
      if (isLost) await sleep(writeMs);
      return written;
    } finally {
      if (!isLost) order.isBeingWritten = false;
      await sleep(wayMs);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
}

/** What the service's write asks of its order, which is the first of the transaction's items. */
interface OrderWrite {
  readonly orderKey: string;
  readonly versionRead: string;
  readonly nextVersion: string;
}

export function orderWriteOf(body: Buffer): OrderWrite {
  const { TransactItems } = JSON.parse(body.toString()) as {
    readonly TransactItems: ReadonlyArray<{
      readonly Update?: {
        readonly Key: { readonly orderKey: { readonly S: string } };
        readonly ExpressionAttributeValues: Readonly<Record<string, { readonly N?: string }>>;
      };
    }>;
  };
  const update = TransactItems[0]?.Update;
  const versionRead = update?.ExpressionAttributeValues[':versionRead']?.N;
  const nextVersion = update?.ExpressionAttributeValues[':nextVersion']?.N;
  if (update === undefined || versionRead === undefined || nextVersion === undefined) {
    throw new Error('The first item of a transaction is not the update of an order on a condition of its version.');
  }
  return { orderKey: update.Key.orderKey.S, versionRead, nextVersion };
}

function stateOf(orders: Map<string, OrderState>, orderKey: string): OrderState {
  const known = orders.get(orderKey);
  if (known !== undefined) return known;
  const admission = new TokenBucket(orderWritesPerSecond, performance.now());
  const state: OrderState = { admission, version: undefined, isBeingWritten: false };
  orders.set(orderKey, state);
  return state;
}

/** As DynamoDB answers, with a reason for each item of the transaction: the order's and the record's. */
async function turnedAway(code: string): Promise<Answer> {
  const { status, body } = onWire(canceledFor([{ Code: code }, { Code: 'None' }]));
  await sleep(roundTripMs - wayMs);
  return { status, bytes: Buffer.from(JSON.stringify(body)) };
}

/** Byte by byte, because this shares the machine with what is measured. */
async function forwarded(engine: string, agent: Agent, { headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const { host: _host, ...others } = headers;
  const call = send(engine, { method: 'POST', agent, headers: others });
  call.end(body);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 500, bytes: await readAll(response) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
