import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { FunctionTimeout } from './function-host.ts';
import type { DeployedStack, Route } from './template.ts';

/** What of a stack the gateway serves. */
export type DeployedApi = Omit<DeployedStack, 'chain'>;

/** API Gateway's limit for a request body. */
const maxPayloadBytes = 10 * 1024 * 1024;

export type Invoke = (route: Route, event: APIGatewayProxyEvent) => Promise<unknown>;

/**
 * Stands in for the REST API of the template: its routes, the proxy event, and the gateway responses.
 * @param localDocuments JSON by path, which only localhost serves
 */
export function createGateway(
  deployed: DeployedApi,
  invoke: Invoke,
  localDocuments: ReadonlyMap<string, string> = new Map(),
): Server {
  const server = createServer((request, response) => {
    const requestId = randomUUID();
    const localDocument = request.method === 'GET' ? localDocuments.get(request.url ?? '') : undefined;
    if (localDocument !== undefined) {
      response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
      response.end(localDocument);
      return;
    }
    respond(deployed, invoke, request, response, requestId).catch(() => {
      // Only a broken connection leads here, so there is nobody to respond to.
      response.destroy();
    });
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return server;
}

async function respond(
  deployed: DeployedApi,
  invoke: Invoke,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const refuse = (type: string, status: number) => sendGatewayResponse(deployed, response, type, status, requestId);
  const path = pathOf(request.url ?? '/');
  const route = deployed.routes.find((candidate) => candidate.method === request.method && candidate.path === path);
  if (route === undefined) return refuse('MISSING_AUTHENTICATION_TOKEN', 403);

  const body = await readBody(request);
  if (body === undefined) return refuse('REQUEST_TOO_LARGE', 413);
  try {
    const result = await invoke(route, proxyEvent(deployed, route, request, body, requestId));
    if (!isProxyResult(result)) return refuse('DEFAULT_5XX', 502);
    response.writeHead(result.statusCode, {
      ...(result.headers as Record<string, string> | undefined),
      'x-amzn-RequestId': requestId,
    });
    response.end(result.body);
  } catch (error) {
    refuse('DEFAULT_5XX', error instanceof FunctionTimeout ? 504 : 502);
  }
}

/** The path of a request's target; undefined if the target is not a URL. */
function pathOf(target: string): string | undefined {
  return URL.parse(target.startsWith('/') ? `http://localhost${target}` : target)?.pathname;
}

/** The body; undefined if it is larger than the gateway accepts. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // A body that is too large is read to its end, or the client would not see the response. It is not kept.
    if (bytes <= maxPayloadBytes) chunks.push(chunk);
  }
  return bytes <= maxPayloadBytes ? Buffer.concat(chunks) : undefined;
}

function proxyEvent(
  deployed: DeployedApi,
  route: Route,
  request: IncomingMessage,
  body: Buffer,
  requestId: string,
): APIGatewayProxyEvent {
  // Without a prototype, because a header may have the name of one of its members, such as constructor.
  const multiValueHeaders: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    (multiValueHeaders[name] ??= []).push(request.rawHeaders[index + 1] ?? '');
  }
  const nowMs = Date.now();
  return {
    resource: route.path,
    path: route.path,
    httpMethod: route.method,
    headers: Object.fromEntries(Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: body.length === 0 ? null : body.toString(deployed.hasBinaryBodies ? 'base64' : 'utf8'),
    isBase64Encoded: body.length > 0 && deployed.hasBinaryBodies,
    requestContext: {
      accountId: '000000000000',
      apiId: 'localhost',
      authorizer: null,
      httpMethod: route.method,
      // oxlint-disable-next-line typescript/consistent-type-assertions
      identity: { sourceIp: request.socket.remoteAddress ?? '' } as APIGatewayProxyEvent['requestContext']['identity'],
      path: route.path,
      protocol: `HTTP/${request.httpVersion}`,
      requestId,
      requestTime: requestTime(nowMs),
      requestTimeEpoch: nowMs,
      resourceId: 'localhost',
      resourcePath: route.path,
      stage: deployed.gatewayStage,
    },
  };
}

function isProxyResult(result: unknown): result is APIGatewayProxyResult {
  const { statusCode, body } = (result ?? {}) as Partial<APIGatewayProxyResult>;
  return Number.isInteger(statusCode) && typeof body === 'string';
}

function sendGatewayResponse(
  { gatewayResponses }: DeployedApi,
  response: ServerResponse,
  type: string,
  status: number,
  requestId: string,
): void {
  const found = gatewayResponses.get(type) ?? gatewayResponses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const context: Record<string, string> = { requestId, requestTime: requestTime(Date.now()) };
  const body = (found?.template ?? '').replaceAll(/\$context\.(\w+)/g, (_match, name: string) => context[name] ?? '');
  response.writeHead(found?.status ?? status, { ...found?.headers, 'x-amzn-RequestId': requestId });
  response.end(body);
}

/** API Gateway's $context.requestTime: 23/Nov/2026:03:43:47 +0000. */
function requestTime(epochMs: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
