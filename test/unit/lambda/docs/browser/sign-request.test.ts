import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { signatureOf } from '../../../../../tools/in-memory/requests.ts';

/** The file is JavaScript for browsers, whose types tsconfig.browser.json checks. */
const file: string = '../../../../../lambda/docs/browser/sign-request.js';
const { curlOf, signRequest } = (await import(file)) as {
  readonly curlOf: (url: string, request: SignedRequest) => string;
  readonly signRequest: (text: string, hashKey: string, headers: Record<string, string>) => Promise<SignedRequest>;
};

interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const hashKey = "hash 'key' $1";

test('a request has the signature of its very bytes, and no header that is empty', async () => {
  const { headers, body } = await signRequest('{"name":"홍길동"}', hashKey, { 'X-Store-Id': 'S', 'If-Match': '' });
  expect(headers).toEqual({
    'Content-Type': 'application/json',
    'X-EBP-Signature': signatureOf('{"name":"홍길동"}', hashKey),
    'X-Store-Id': 'S',
  });
  expect(Buffer.from(body).toString()).toBe('{"name":"홍길동"}');
});

describe('the command', () => {
  let server: Server;
  let received: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }>;

  beforeEach(async () => {
    received = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  test.each([
    ['Korean', '{"name":"홍길동"}'],
    ['quotes, and what a shell would expand', `{"a":"O'Brien $HOME \`no\` %s \\\\"}`],
    ['lines, also at its end', '{\n  "a": 1\n}\n\n'],
  ])('signs and sends a body with %s as the page does, and has no signature in it', async (_what, text) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const request = await signRequest(text, hashKey, { 'Idempotency-Key': "it's", 'If-Match': '"ORD-1.3"' });
    const command = curlOf(url, request);
    expect(command).not.toMatch(/[0-9a-f]{64}/);
    expect(command).not.toContain(hashKey);

    const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', no_proxy: '*', HASH_KEY: hashKey };
    await promisify(execFile)('bash', ['-c', command], { env, timeout: 10_000 });
    expect(received).toMatchObject([
      {
        body: text,
        headers: {
          'x-ebp-signature': signatureOf(text, hashKey),
          'content-type': 'application/json',
          'idempotency-key': "it's",
          'if-match': '"ORD-1.3"',
        },
      },
    ]);
  });
});
