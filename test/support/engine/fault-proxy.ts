import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onWire } from '../dynamodb-errors.ts';
import { errorsOfFaults } from './errors-of-faults.ts';

export type DynamoDbOperation = 'BatchGetItem' | 'GetItem' | 'Query' | 'TransactGetItems' | 'TransactWriteItems';

/** What happens to one call. None of the engines raises conflicts or throttles, so the proxy does. */
export type WireFault =
  | NamedFault
  /** Something else happens first, such as another writer's change; the request is lost where that fails. */
  | (() => Promise<unknown>)
  /** Something happens when DynamoDB has answered, before the answer is passed on. */
  | { readonly onAnswer: () => Promise<unknown> };

export type NamedFault =
  /** The request never arrives. */
  | 'DROP_REQUEST'
  /** DynamoDB does what it was asked, and the answer is lost. */
  | 'DROP_ANSWER'
  /** The answer ends in the middle. */
  | 'CUT_ANSWER'
  /** The answer stops in the middle, and the connection stays. */
  | 'STALLED_ANSWER'
  /** No answer at all. */
  | 'HANG'
  /** The answer comes late, but in time. */
  | 'DELAY'
  /** DynamoDB gets to it when its sender has given up. */
  | 'LATE_REQUEST'
  /** A write is canceled because of its order, of its record, or of both. */
  | 'CONFLICT'
  | 'CONFLICT_AT_RECORD'
  | 'CONFLICT_AT_BOTH'
  | 'THROTTLED_IN_TRANSACTION'
  | 'THROTTLED_AT_RECORD'
  | 'THROTTLED_AT_BOTH'
  /** A read in a transaction is canceled because of its only item. */
  | 'LOOK_IN_CONFLICT'
  | 'LOOK_THROTTLED'
  | 'THROTTLED'
  | 'IN_PROGRESS'
  /** AWS refuses the credentials that the call is signed with. */
  | 'CREDENTIALS_REFUSED'
  | 'SERVER_ERROR'
  /** DynamoDB does what it was asked, and answers with a server error. */
  | 'SERVER_ERROR_AFTER_EFFECT'
  /** A batch of which nothing was processed. */
  | 'UNPROCESSED';

/** A call as the proxy sees it; every attempt of the SDK is one. */
export interface WireCall {
  readonly operation: DynamoDbOperation;
  /** The order that it is about; empty where it is about none. */
  readonly orderKey: string;
  /** Calls of this operation about this order that came before. */
  readonly earlier: number;
}

export interface MetFault extends WireCall {
  readonly fault: string;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** What the next calls of an operation meet, in this sequence; then all goes well again. */
  plan(operation: DynamoDbOperation, ...faults: WireFault[]): void;
  /** Decides on every call that nothing is planned for. */
  disturb(faultOf: (call: WireCall) => WireFault | undefined): void;
  /** Calls seen so far, of an operation or in all. */
  calls(operation?: DynamoDbOperation): number;
  /** Faults so far, in the sequence in which calls met them. */
  met(): readonly MetFault[];
  /** Once DynamoDB has got all that it will get of what arrived so far. */
  settled(): Promise<void>;
  /** All goes well again, and all counts are 0. */
  reset(): void;
  close(): Promise<void>;
}

/** Stands between the SDK and an engine, and does to each call what was planned for it. Takes any number at once. */
export async function startFaultProxy(engine: string): Promise<FaultProxy> {
  const planned = new Map<string, WireFault[]>();
  const counts = new Map<string, number>();
  const met: MetFault[] = [];
  const underWay = new Set<Promise<void>>();
  let disturbance: ((call: WireCall) => WireFault | undefined) | undefined;

  const faultOf = (operation: DynamoDbOperation, body: string): WireFault | undefined => {
    const orderKey = /"orderKey":\{"S":"([^"]*)"/.exec(body)?.[1] ?? '';
    const earlier = increment(counts, `${operation} ${orderKey}`);
    increment(counts, operation);
    increment(counts, 'all');
    const call: WireCall = { operation, orderKey, earlier };
    const fault = planned.get(operation)?.shift() ?? disturbance?.(call);
    if (fault !== undefined) met.push({ ...call, fault: typeof fault === 'string' ? fault : 'EVENT' });
    return fault;
  };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) as DynamoDbOperation;
    const body = await readAll(request);
    await serve(engine, request, response, body, faultOf(operation, body.toString()));
  };

  const server = createServer((request, response) => {
    const served = take(request, response)
      .catch(() => response.destroy())
      .then(() => void underWay.delete(served));
    underWay.add(served);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (operation, ...faults) => planned.set(operation, faults),
    disturb(faultOf) {
      disturbance = faultOf;
    },
    calls: (operation) => counts.get(operation ?? 'all') ?? 0,
    met: () => met,
    async settled() {
      await Promise.all(underWay);
    },
    reset() {
      planned.clear();
      counts.clear();
      met.length = 0;
      disturbance = undefined;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Milliseconds: well below the SDK's timeout of a call, and well above it. */
const shortDelayMs = 100;
const longDelayMs = 2000;

async function serve(
  engine: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  fault?: WireFault,
): Promise<void> {
  if (fault === 'HANG') return;
  if (fault === 'DROP_REQUEST') {
    request.socket.destroy();
    return;
  }
  if (fault === 'UNPROCESSED') {
    const { RequestItems } = JSON.parse(body.toString()) as { RequestItems: unknown };
    send(response, 200, { Responses: {}, UnprocessedKeys: RequestItems });
    return;
  }
  if (typeof fault === 'string' && fault in errorsOfFaults) {
    sendError(response, fault as keyof typeof errorsOfFaults);
    return;
  }
  if (fault === 'LATE_REQUEST') await sleep(longDelayMs);
  if (typeof fault === 'function') await fault();

  const answer = await fetch(engine, {
    method: 'POST',
    headers: forwarded(request),
    body,
    signal: AbortSignal.timeout(10_000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (fault === 'DELAY') await sleep(shortDelayMs);
  if (typeof fault === 'object') await fault.onAnswer();
  if (fault === 'DROP_ANSWER') {
    request.socket.destroy();
    return;
  }
  if (fault === 'SERVER_ERROR_AFTER_EFFECT') {
    sendError(response, 'SERVER_ERROR');
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': bytes.length });
  if (fault === 'STALLED_ANSWER') response.write(bytes.subarray(0, 1));
  else if (fault === 'CUT_ANSWER') response.write(bytes.subarray(0, 1), () => request.socket.destroy());
  else response.end(bytes);
}

/** What the count was before. */
function increment(counts: Map<string, number>, name: string): number {
  const before = counts.get(name) ?? 0;
  counts.set(name, before + 1);
  return before;
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target', 'x-amz-content-sha256'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

function sendError(response: ServerResponse, fault: keyof typeof errorsOfFaults): void {
  const { status, body } = onWire(errorsOfFaults[fault]);
  send(response, status, body);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
