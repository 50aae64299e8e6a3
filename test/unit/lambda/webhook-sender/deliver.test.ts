import { createServer, type RequestListener, request as http } from 'node:http';
import { createServer as createTlsServer, request as https } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createDeliver, type Network } from '../../../../lambda/webhook-sender/deliver.ts';
import { selfSignedCertificate } from '../../../support/certificate.ts';

const closing: Array<() => void> = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver on a loopback address. @returns its port */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const receiver = async (listener: (...of: Parameters<RequestListener>) => unknown) =>
  await listen(createServer((request, response) => void listener(request, response)));
const nobodyAsked: Network['resolve'] = async (hostname) => {
  throw new Error(`DNS was asked for ${hostname}.`);
};
const deliver = createDeliver({ resolve: nobodyAsked, https, http });
const deliveryTo = (url: string) => ({ url: new URL(url), headers: { 'X-One': '1' }, body: '{"a":"가"}' });
const local = (port: number) => deliveryTo(`http://127.0.0.1:${port}/hooks?x=1`);

describe('a delivery', () => {
  test('posts the body as it is, with its headers', async () => {
    const got = Promise.withResolvers<object>();
    const port = await receiver(async (request, response) => {
      const { method, url, headers } = request;
      const body = await text(request);
      got.resolve({ method, url, one: headers['x-one'], length: headers['content-length'], body });
      response.writeHead(204).end();
    });
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'ANSWERED', status: 204 });
    const expected = { method: 'POST', url: '/hooks?x=1', one: '1', length: '11', body: '{"a":"가"}' };
    expect(await got.promise).toEqual(expected);
  });

  test('follows no redirect', async () => {
    const paths: unknown[] = [];
    const port = await receiver((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'ANSWERED', status: 307 });
    expect(paths).toEqual(['/hooks?x=1']);
  });

  test('reads no body, however long it is', async () => {
    const sent = Promise.withResolvers<number>();
    const port = await receiver((_request, response) => {
      let bytes = 0;
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const send = () => {
        while (!response.destroyed && bytes < 300_000_000) {
          bytes += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', send);
            return;
          }
        }
      };
      response.on('close', () => sent.resolve(bytes));
      send();
    });
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'ANSWERED', status: 200 });
    // What the buffers of two sockets hold.
    expect(await sent.promise).toBeLessThan(30_000_000);
  });

  test('ends when its time is over, whether nothing comes or a head that never ends', async () => {
    const silent = await receiver(() => undefined);
    expect(await deliver(local(silent), 50)).toEqual({ kind: 'UNANSWERED', because: 'TIMEOUT' });
    const dripping = await listen(
      createTcpServer((socket) => socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\nX: ')),
    );
    expect(await deliver(local(dripping), 50)).toEqual({ kind: 'UNANSWERED', because: 'TIMEOUT' });
  });

  test('takes no head beyond 16 KB', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`);
      }),
    );
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'UNANSWERED', because: 'HPE_HEADER_OVERFLOW' });
  });

  test.each([
    ['closes at once', 'ECONNRESET', ''],
    ['speaks something else', 'HPE_INVALID_CONSTANT', 'SSH-2.0-OpenSSH\r\n'],
    ['switches protocols', 'CLOSED', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ])('fails where somebody %s', async (_what, because, answer) => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        if (answer === '') socket.destroy();
        else socket.end(answer);
      }),
    );
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'UNANSWERED', because });
  });

  test('fails where nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => void server.close(resolve));
    expect(await deliver(local(port), 5000)).toEqual({ kind: 'UNANSWERED', because: 'ECONNREFUSED' });
  });
});

/** Connects to this port of localhost in the place of 443, after the address was looked up. */
const networkTo = (port: number, resolve: Network['resolve'], connected: string[]): Network => ({
  resolve,
  http,
  https: ((url: URL, options: Parameters<typeof https>[1]) =>
    https(url, {
      ...options,
      createConnection: undefined,
      agent: undefined,
      port,
      lookup: (hostname, how, callback) =>
        options.lookup?.(hostname, { ...how, all: false }, (error, address) => {
          if (error === null) connected.push(address as string);
          if (how.all === true) callback(error, [{ address: '127.0.0.1', family: 4 }]);
          else callback(error, '127.0.0.1', 4);
        }),
    })) as typeof http,
});

const noSuchName = async () => {
  throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
};

describe('a delivery by https', () => {
  test('connects to the address that was checked, and asks DNS once', async () => {
    const { cert, key } = selfSignedCertificate();
    const port = await listen(createTlsServer({ cert, key }, (_request, response) => response.writeHead(200).end()));
    const answers = [['8.8.8.8'], ['127.0.0.1']];
    const connected: string[] = [];
    const resolve = async () => answers.shift() ?? [];
    const send = createDeliver(networkTo(port, resolve, connected));
    // The certificate is nobody's that is trusted, and of another name.
    expect(await send(deliveryTo('https://shop.example/'), 5000)).toEqual({
      kind: 'UNANSWERED',
      because: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(connected).toEqual(['8.8.8.8']);
    // A moment later the same name leads inside.
    expect(await send(deliveryTo('https://shop.example/'), 5000)).toEqual({
      kind: 'UNANSWERED',
      because: 'ADDRESS_NOT_PUBLIC',
    });
    expect(connected).toEqual(['8.8.8.8']);
  });

  test.each([
    ['a private address', ['10.0.0.1']],
    ['a public and a private one', ['8.8.8.8', '169.254.169.254']],
  ])('opens no connection to %s', async (_what, addresses) => {
    let connections = 0;
    const port = await listen(createTcpServer(() => void (connections += 1)));
    const send = createDeliver({ resolve: async () => addresses, https, http });
    expect(await send(deliveryTo(`https://shop.example:${port}/`), 5000)).toEqual({
      kind: 'UNANSWERED',
      because: 'ADDRESS_NOT_PUBLIC',
    });
    expect(connections).toBe(0);
  });

  test('fails where DNS has no such name', async () => {
    const send = createDeliver({ resolve: noSuchName, https, http });
    expect(await send(deliveryTo('https://shop.example/'), 5000)).toEqual({
      kind: 'UNANSWERED',
      because: 'ENOTFOUND',
    });
  });

  test('ends in time where DNS is silent', async () => {
    const send = createDeliver({ resolve: async () => await new Promise(() => undefined), https, http });
    expect(await send(deliveryTo('https://shop.example/'), 50)).toEqual({ kind: 'UNANSWERED', because: 'TIMEOUT' });
  });
});
