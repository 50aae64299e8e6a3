import { afterEach, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { FunctionTimeout } from '../../../../tools/local/function-host.ts';
import { createGateway, type DeployedApi, type Invoke } from '../../../../tools/local/gateway.ts';
import type { GatewayResponse } from '../../../../tools/local/template.ts';

const path = '/api/v2/payment/cancel';
const maxPayloadBytes = 10 * 1024 * 1024;
/** 23/Nov/2026:03:43:47 +0000 */
const gatewayTime = /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

describe('what localhost alone has', () => {
  const documents = new Map([['/docs/demo.json', '{"store":{}}']]);

  test('is served without a function, and no cache keeps it', async () => {
    const { events, port } = await serve(undefined, {}, documents);
    const response = await fetch(`http://127.0.0.1:${port}/docs/demo.json`);
    expect([response.status, await response.json()]).toEqual([200, { store: {} }]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(events).toEqual([]);
  });

  test('can only be read, and only where there is such a document', async () => {
    const { port } = await serve(undefined, {}, documents);
    const { port: portWithout } = await serve();
    const posted = await fetch(`http://127.0.0.1:${port}/docs/demo.json`, { method: 'POST' });
    const missing = await fetch(`http://127.0.0.1:${portWithout}/docs/demo.json`);
    expect([posted.status, missing.status]).toEqual([404, 404]);
  });
});

describe('a request that the gateway hands over', () => {
  test('keeps its body as text', async () => {
    const { events, port } = await serve();
    await post(port, '{"accountHolderName":"홍길동 \\u0041"}\n');
    expect(events).toMatchObject([{ body: '{"accountHolderName":"홍길동 \\u0041"}\n', isBase64Encoded: false }]);
  });

  test('has its body as bytes where the API has binary media types', async () => {
    const { events, port } = await serve(undefined, { hasBinaryBodies: true });
    await exchange(port, [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'Content-Length: 2',
      'Connection: close',
      '',
      '{}',
    ]);
    expect(events).toMatchObject([{ body: 'e30=', isBase64Encoded: true }]);
  });

  test('may have headers with the names of what every object has', async () => {
    const { events, port } = await serve();
    await exchange(port, [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      '__proto__: a',
      'constructor: b',
      'Connection: close',
      '',
      '',
    ]);
    expect(events[0]?.multiValueHeaders['constructor']).toEqual(['b']);
  });

  test('keeps its body whole when it comes in pieces', async () => {
    const { events, port } = await serve();
    await exchange(port, [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'Transfer-Encoding: chunked',
      'Connection: close',
      '',
      '3',
      '{"a',
      '4',
      '":1}',
      '0',
      '',
      '',
    ]);
    expect(events).toMatchObject([{ body: '{"a":1}' }]);
  });

  test('has no body when none was sent', async () => {
    const { events, port } = await serve();
    await post(port, '');
    expect(events).toMatchObject([{ body: null }]);
  });

  test('keeps the case and the repeats of its headers', async () => {
    const { events, port } = await serve();
    await exchange(port, [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'X-Store-Id: one',
      'X-Store-Id: two',
      'x-store-id: three',
      'X-Empty:',
      'Content-Length: 0',
      'Connection: close',
      '',
      '',
    ]);
    expect(events[0]?.multiValueHeaders).toEqual({
      Host: ['localhost'],
      'X-Store-Id': ['one', 'two'],
      'x-store-id': ['three'],
      'X-Empty': [''],
      'Content-Length': ['0'],
      Connection: ['close'],
    });
  });

  test('has the last of repeated values as its single one', async () => {
    const { events, port } = await serve();
    await exchange(port, [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'X-Store-Id: one',
      'X-Store-Id: two',
      'Content-Length: 0',
      'Connection: close',
      '',
      '',
    ]);
    expect(events[0]?.headers['X-Store-Id']).toBe('two');
  });

  test('says where it came in', async () => {
    const { events, port } = await serve();
    await fetch(`http://127.0.0.1:${port}${path}?a=1`, { method: 'POST', body: '{}' });
    expect(events).toMatchObject([
      {
        resource: path,
        path,
        httpMethod: 'POST',
        requestContext: {
          resourcePath: path,
          path,
          httpMethod: 'POST',
          stage: 'dev',
          protocol: 'HTTP/1.1',
          identity: { sourceIp: '127.0.0.1' },
        },
      },
    ]);
  });

  test('has one id, in the event and in the response', async () => {
    const { events, port } = await serve();
    const responses = [await post(port, '{}'), await post(port, '{}')];
    const ids = responses.map(({ headers }) => headers.get('x-amzn-RequestId'));
    expect(events.map(({ requestContext }) => requestContext.requestId)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
  });

  test("has its time in the gateway's own format and in milliseconds", async () => {
    const { events, port } = await serve();
    await post(port, '{}');
    const { requestTime, requestTimeEpoch } = events[0]?.requestContext ?? {};
    expect(requestTime).toMatch(gatewayTime);
    const [, day, month, year, time] = /^(\d+)\/(\w+)\/(\d+):(.*)$/.exec(requestTime ?? '') ?? [];
    expect(Date.parse(`${day} ${month} ${year} ${time}`)).toBe(Math.floor((requestTimeEpoch ?? 0) / 1000) * 1000);
  });

  test('leads to the route of its method and path', async () => {
    const invoked: string[] = [];
    const routes = [
      { ...route, path: '/other', function: { ...route.function, name: 'Other' } },
      { ...route, method: 'GET', function: { ...route.function, name: 'Getter' } },
      route,
    ];
    const { port } = await serve(
      async ({ function: { name } }) => {
        invoked.push(name);
        return { statusCode: 200, body: '' };
      },
      { routes },
    );
    await post(port, '{}');
    expect(invoked).toEqual(['Handler']);
  });
});

describe("the function's response", () => {
  test('is passed on', async () => {
    const { port } = await serve(async () => ({
      statusCode: 422,
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '1' },
      body: '{"message":"홍길동"}',
    }));
    const response = await post(port, '{}');
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(await response.text()).toBe('{"message":"홍길동"}');
  });

  test('may have no headers', async () => {
    const { port } = await serve(async () => ({ statusCode: 204, body: '' }));
    expect((await post(port, '{}')).status).toBe(204);
  });

  test.each<[what: string, result: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'OK'],
    ['an empty object', {}],
    ['no status', { body: '{}' }],
    ['a status that is no number', { statusCode: 'OK', body: '{}' }],
    ['a status with a fraction', { statusCode: 200.5, body: '{}' }],
    ['a status that HTTP does not have', { statusCode: 1000, body: '{}' }],
    ['a body that is no text', { statusCode: 200, body: { data: null } }],
    ['a header that would start another', { statusCode: 200, body: '', headers: { 'X-A': '1\r\nX-B: 2' } }],
  ])('is refused with 502 and the envelope when it is malformed: %s', async (_what, result) => {
    const { port } = await serve(async () => result);
    expect(await readEnvelope(await post(port, '{}'))).toEqual(envelope(502, 'EBP-Z-0010'));
  });

  test('is 502 and the envelope when the function fails, without saying why', async () => {
    const { port } = await serve(async () => {
      throw new Error('account 1234567890');
    });
    const response = await post(port, '{}');
    expect(await response.clone().text()).not.toContain('1234567890');
    expect(await readEnvelope(response)).toEqual(envelope(502, 'EBP-Z-0010'));
  });

  test('is 504 and the envelope when the function does not respond in time', async () => {
    const { port } = await serve(async () => {
      throw new FunctionTimeout();
    });
    expect(await readEnvelope(await post(port, '{}'))).toEqual(envelope(504, 'EBP-Z-0010'));
  });

  test('that fails does not affect the next one', async () => {
    let calls = 0;
    const { port } = await serve(async () => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return { statusCode: 200, body: '' };
    });
    const first = await post(port, '{}');
    await first.text();
    expect([first.status, (await post(port, '{}')).status]).toEqual([502, 200]);
  });
});

describe('a request that the gateway responds to itself', () => {
  test.each([
    ['POST', '/'],
    ['POST', '/api/v2/payment'],
    ['POST', '/api/v2/payment/cancel/'],
    ['POST', '/api/v2/payment/Cancel'],
    ['POST', '/api/v2/payment/cancel/1'],
    ['POST', '/api/v2/payment/cancel%2F'],
    ['GET', path],
    ['PUT', path],
    ['DELETE', path],
    ['OPTIONS', path],
  ])('%s %s is 404 and the envelope', async (method, target) => {
    const { events, port } = await serve();
    const response = await fetch(`http://127.0.0.1:${port}${target}`, { method });
    expect(await readEnvelope(response)).toEqual(envelope(404, 'EBP-Z-0001'));
    expect(events).toEqual([]);
  });

  test.each(['//', `//${path}`, `//other.example${path}`, '/%', 'http://[', '*'])(
    'the odd target %s is 404 and the envelope',
    async (target) => {
      const { events, port } = await serve();
      const response = await exchange(port, [
        `POST ${target} HTTP/1.1`,
        'Host: localhost',
        'Content-Length: 0',
        'Connection: close',
        '',
        '',
      ]);
      expect(response).toMatch(/^HTTP\/1\.1 404 /);
      expect(JSON.parse(/\{.*\}/.exec(response)?.[0] ?? '')).toMatchObject({ resultCode: 'EBP-Z-0001' });
      expect(events).toEqual([]);
    },
  );

  test('is 413 and the envelope when its body is over 10 MiB', async () => {
    const { events, port } = await serve();
    const response = await post(port, 'x'.repeat(maxPayloadBytes + 1));
    expect(await readEnvelope(response)).toEqual(envelope(413, 'EBP-C-0006'));
    expect(events).toEqual([]);
  });

  test('is not one with a body of exactly 10 MiB', async () => {
    const { events, port } = await serve();
    expect((await post(port, 'x'.repeat(maxPayloadBytes))).status).toBe(200);
    expect(events[0]?.body).toHaveLength(maxPayloadBytes);
  });

  test('has the headers of the template', async () => {
    const { port } = await serve();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  test.each([
    ['DEFAULT_4XX', 'GET', 403],
    ['DEFAULT_5XX', 'POST', 502],
  ])('falls back on %s, with the status of the gateway', async (type, method, status) => {
    const gatewayResponses = new Map([[type, envelopeOf('EBP-TEST')]]);
    const { port } = await serve(async () => undefined, { gatewayResponses });
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    expect(await readEnvelope(response)).toEqual(envelope(status, 'EBP-TEST'));
  });

  test('has an empty body when the template says nothing', async () => {
    const { port } = await serve(undefined, { gatewayResponses: new Map() });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([response.status, await response.text()]).toEqual([403, '']);
  });
});

const route = {
  method: 'POST',
  path,
  function: { name: 'Handler', codeFile: '/nonexistent/index.js', export: 'handler', timeoutMs: 1000, environment: {} },
};

function envelopeOf(resultCode: string, status?: number): GatewayResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    template: JSON.stringify({
      resultCode,
      requestId: '$context.requestId',
      timestamp: '$context.requestTime',
      data: null,
    }),
  };
}

/** A gateway on a free port, and the events that it handed over. */
async function serve(
  invoke: Invoke = async () => ({ statusCode: 200, body: '{}' }),
  overrides: Partial<DeployedApi> = {},
  localDocuments?: ReadonlyMap<string, string>,
): Promise<{ readonly port: number; readonly events: APIGatewayProxyEvent[] }> {
  const events: APIGatewayProxyEvent[] = [];
  const deployed: DeployedApi = {
    routes: [route],
    tables: [],
    gatewayResponses: new Map([
      ['MISSING_AUTHENTICATION_TOKEN', envelopeOf('EBP-Z-0001', 404)],
      ['REQUEST_TOO_LARGE', envelopeOf('EBP-C-0006', 413)],
      ['DEFAULT_5XX', envelopeOf('EBP-Z-0010')],
    ]),
    gatewayStage: 'dev',
    hasBinaryBodies: false,
    ...overrides,
  };
  const keepAndInvoke: Invoke = async (found, event) => {
    events.push(event);
    return await invoke(found, event);
  };
  const server = createGateway(deployed, keepAndInvoke, localDocuments);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, events };
}

async function post(port: number, body: string): Promise<Response> {
  return await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body });
}

/** A response of the gateway's own, and whether its body and its header have the same id. */
async function readEnvelope(response: Response): Promise<object> {
  const { requestId, ...rest } = JSON.parse(await response.text()) as { requestId: string };
  return { status: response.status, hasOneId: requestId === response.headers.get('x-amzn-RequestId'), ...rest };
}

function envelope(status: number, resultCode: string): object {
  return { status, hasOneId: true, resultCode, timestamp: expect.stringMatching(gatewayTime), data: null };
}

/** Sends these very lines, and returns what comes back until the connection ends. */
async function exchange(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(lines.join('\r\n'));
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
