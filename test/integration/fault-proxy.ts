import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Operation = 'BatchGetItem' | 'GetItem' | 'TransactWriteItems';

/** What happens to one call. None of the engines raises conflicts or throttles, so the proxy does. */
export type Fault =
  /** The request never arrives. */
  | 'DROP_REQUEST'
  /** DynamoDB does what it was asked, and the answer is lost. */
  | 'DROP_ANSWER'
  /** The answer ends in the middle. */
  | 'CUT_ANSWER'
  /** No answer at all. */
  | 'HANG'
  | 'CONFLICT'
  | 'THROTTLED_IN_TRANSACTION'
  | 'THROTTLED'
  | 'IN_PROGRESS'
  | 'SERVER_ERROR'
  /** A batch of which nothing was processed. */
  | 'UNPROCESSED'
  /** Something else happens first, such as another writer's change. */
  | (() => Promise<unknown>);

export interface FaultProxy {
  readonly endpoint: string;
  /** What the next calls of an operation meet, in this order; then all goes well again. */
  plan(operation: Operation, ...faults: Fault[]): void;
  /** Calls seen so far, by operation; every attempt of the SDK counts. */
  calls(operation: Operation): number;
  reset(): void;
  close(): Promise<void>;
}

/** Stands between the SDK and an engine, and does to each call what was planned for it. */
export async function startFaultProxy(engine: string): Promise<FaultProxy> {
  const planned = new Map<string, Fault[]>();
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    const fault = planned.get(operation)?.shift();
    serve(engine, request, response, fault).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (operation, ...faults) => planned.set(operation, faults),
    calls: (operation) => counts.get(operation) ?? 0,
    reset() {
      planned.clear();
      counts.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(engine: string, request: IncomingMessage, response: ServerResponse, fault?: Fault): Promise<void> {
  const body = await readAll(request);
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
  if (typeof fault === 'string' && fault in errors) {
    const { status, ...error } = errors[fault as keyof typeof errors];
    send(response, status, error);
    return;
  }
  if (typeof fault === 'function') await fault();

  const answer = await fetch(engine, {
    method: 'POST',
    headers: forwarded(request),
    body,
    signal: AbortSignal.timeout(10_000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (fault === 'DROP_ANSWER') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': bytes.length });
  if (fault === 'CUT_ANSWER') {
    response.write(bytes.subarray(0, 1), () => request.socket.destroy());
    return;
  }
  response.end(bytes);
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target', 'x-amz-content-sha256'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

const namespace = 'com.amazonaws.dynamodb.v20120810#';

function canceledBecauseOf(code: string) {
  return {
    status: 400,
    __type: `${namespace}TransactionCanceledException`,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${code}, None]`,
    CancellationReasons: [{ Code: code, Message: code }, { Code: 'None' }],
  };
}

const errors = {
  CONFLICT: canceledBecauseOf('TransactionConflict'),
  THROTTLED_IN_TRANSACTION: canceledBecauseOf('ThrottlingError'),
  THROTTLED: { status: 400, __type: `${namespace}ProvisionedThroughputExceededException`, message: 'Slow down.' },
  IN_PROGRESS: { status: 400, __type: `${namespace}TransactionInProgressException`, message: 'In progress.' },
  SERVER_ERROR: { status: 500, __type: `${namespace}InternalServerError`, message: 'Internal.' },
} satisfies Partial<Record<Extract<Fault, string>, object>>;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
