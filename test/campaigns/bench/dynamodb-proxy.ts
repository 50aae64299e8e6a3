import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked of DynamoDB, and what it would be billed as. */
export interface Units {
  readonly requests: number;
  /** How many of the requests were transactions, which DynamoDB takes longer for. */
  readonly transactions: number;
  readonly reads: number;
  readonly writes: number;
}

export interface LocalServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Stands before an engine and counts requests and capacity units. */
export async function startMeter(engine: string): Promise<LocalServer & { readonly units: () => Units }> {
  const units = { requests: 0, transactions: 0, reads: 0, writes: 0 };
  const server = await startServer(async (operation, input) => {
    const answer = await fetch(engine, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20250101T000000Z',
      },
      body: JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' }),
      signal: AbortSignal.timeout(10_000),
    });
    const output = (await answer.json()) as Output;
    const consumed = unitsOf(operation, input, output);
    units.requests += 1;
    units.transactions += consumed.transactions;
    units.reads += consumed.reads;
    units.writes += consumed.writes;
    return { status: answer.status, output };
  });
  return { ...server, units: () => ({ ...units }) };
}

/** Gives the same answers again and again, so that only what asks takes time: an order that nothing is canceled of. */
export async function startCannedDynamoDb(
  tables: { orders: string },
  order: object,
  key: object,
): Promise<LocalServer> {
  return await startServer(async (operation, input) => {
    if (operation === 'BatchGetItem') return { status: 200, output: { Responses: { [tables.orders]: [order] } } };
    if (operation !== 'GetItem') return { status: 200, output: {} };
    return { status: 200, output: { Item: input['TableName'] === tables.orders ? order : key } };
  });
}

type Input = Readonly<Record<string, unknown>>;

const errorType = '__type';

interface Output {
  readonly [errorType]?: string;
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
}

interface Consumed {
  readonly CapacityUnits: number;
}

const reading: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query']);

/**
 * What an answer says, or DynamoDB's price list where it is an error, of which the engine reports no units: a write whose
 * condition failed is billed as if it had been made, here for items below 1 KB.
 */
export function unitsOf(operation: string, input: Input, output: Output): Omit<Units, 'requests'> {
  const transactions = operation.startsWith('Transact') ? 1 : 0;
  const error = output[errorType]?.split('#').at(-1);
  if (error === 'ConditionalCheckFailedException') return { transactions, reads: 0, writes: 1 };
  if (error === 'TransactionCanceledException') {
    return { transactions, reads: 0, writes: 2 * ((input['TransactItems'] as unknown[] | undefined)?.length ?? 0) };
  }
  const consumed = [output.ConsumedCapacity ?? []].flat().reduce((sum, each) => sum + each.CapacityUnits, 0);
  const isRead = reading.has(operation);
  return { transactions, reads: isRead ? consumed : 0, writes: isRead ? 0 : consumed };
}

type Answering = (operation: string, input: Input) => Promise<{ status: number; output: object }>;

/** A server that answers calls of AWS's services that speak JSON, by their names. */
export async function startServer(answering: Answering): Promise<LocalServer> {
  const server = createServer((request, response) => {
    serve(answering, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(answering: Answering, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request);
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  const { status, output } = await answering(operation, JSON.parse(body) as Input);
  const bytes = Buffer.from(JSON.stringify(output));
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': bytes.length });
  response.end(bytes);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
