import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { curlCommand } from '../../../../tools/local/curl.ts';
import { demoExamples, demoStore } from '../../../../tools/local/demo.ts';
import { signatureOf } from '../../../../tools/in-memory/requests.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the command to paste', () => {
  let server: Server;
  let url = '';
  let received: Received[] = [];

  beforeEach(async () => {
    received = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks),
        });
        response.end('{"resultCode":"0"}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  test.each([
    ['an example', JSON.stringify(demoExamples[0]?.request)],
    ['a single quote', `{"accountHolderName":"O'Brien"}`],
    ['nothing but single quotes', `''''`],
    ['percent signs', '{"a":"100% %s %d %% %n"}'],
    ['backslashes', String.raw`{"a":"\\ \n \u0041 \0 \c"}`],
    ['what a shell would expand', '{"a":"$HOME $(echo no) `echo no` ~ * ! \\$"}'],
    ['lines and tabs', '{\n\t"a": 1\n}'],
    ['a line at its end', '{"a":1}\n'],
    ['Korean', '{"accountHolderName":"홍길동"}'],
  ])('sends a body with %s as it is, and its signature verifies', async (_what, body) => {
    expect(await runInBash(curlCommand(url, demoStore, body))).toBe('{"resultCode":"0"}\n');
    expect(received).toHaveLength(1);
    expect(received[0]?.body.toString()).toBe(body);
    expect(received[0]?.headers['x-ebp-signature']).toBe(signatureOf(body, demoStore.hashKey));
  });

  test('sends every mandatory header of the contract', async () => {
    await runInBash(curlCommand(url, demoStore, '{}'));
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/api/v2/payment/cancel',
        headers: {
          'content-type': 'application/json',
          'x-access-key': demoStore.accessKey,
          'x-division-code': demoStore.divisionCode,
          'x-store-id': demoStore.storeId,
          'x-channel-code': demoStore.channelCode,
          'x-ric-code': demoStore.ricCode,
          'x-country-code': demoStore.countryCode,
          'x-currency-code': demoStore.currencyCode,
        },
      },
    ]);
  });
});

/** The output of a command in a bash that knows no proxy and no .curlrc. */
async function runInBash(command: string): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', no_proxy: '*' };
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { env, timeout: 10_000 });
  return stdout;
}
