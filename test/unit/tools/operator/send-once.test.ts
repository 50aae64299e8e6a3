import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { sendOnce } from '../../../../tools/operator/send-once.ts';

const closing: Array<() => unknown> = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path`;
}

const request = { headers: { 'X-Test': 'yes' }, body: '{"name":"é"}' };
const never = new AbortController().signal;

test('posts headers and body, and reads status, headers and body', async () => {
  const url = await serve((incoming, response) => {
    response.writeHead(422, { 'Idempotent-Replayed': 'true' });
    response.write(`${incoming.method} ${incoming.url} ${incoming.headers['content-length']} `);
    incoming.pipe(response);
  });
  expect(await sendOnce(url, request, never)).toMatchObject({
    status: 422,
    headers: { 'idempotent-replayed': 'true' },
    body: 'POST /path 13 {"name":"é"}',
  });
});

test('sends by another method, if one is named', async () => {
  const url = await serve((incoming, response) => response.end(incoming.method));
  expect(await sendOnce(url, { ...request, method: 'GET' }, never)).toMatchObject({ body: 'GET' });
});

test('a port that nobody listens on fails with its code', async () => {
  await expect(sendOnce('http://127.0.0.1:9/', request, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test.each<[string, RequestListener]>([
  ['before the response', () => undefined],
  ['within the response', (_incoming, response) => void response.writeHead(200).write('{')],
])('the signal ends a call %s, with its reason', async (_name, listener) => {
  const aborting = new AbortController();
  const reason = new Error('too late');
  const url = await serve((incoming, response) => {
    listener(incoming, response);
    setImmediate(() => aborting.abort(reason));
  });
  await expect(sendOnce(url, request, aborting.signal)).rejects.toBe(reason);
});

test('a response that breaks off fails', async () => {
  const url = await serve((_incoming, response) => {
    response.writeHead(200, { 'Content-Length': 10 });
    response.write('{', () => response.destroy());
  });
  await expect(sendOnce(url, request, never)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a response without end is not read to its end', async () => {
  const url = await serve((_incoming, response) => {
    const more = () => void response.write(Buffer.alloc(64 * 1024), (error) => error ?? more());
    more();
  });
  await expect(sendOnce(url, request, never)).rejects.toThrow('The response has more than 1048576 bytes.');
});
