import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { signaturesOf } from '../../lambda/webhook-sender/sign.ts';

export interface WebhookReceiver {
  readonly url: string;
  stop(): Promise<void>;
}

/** A merchant's receiver of webhooks: checks the signature of each and prints it in one line. */
export async function startWebhookReceiver(secret: string, print = console.log): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    receive(request, response, secret, print).catch(() => response.destroy());
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  print: (line: string) => void,
): Promise<void> {
  const body = await text(request);
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = request.headers;
  const expected = signaturesOf(String(id), Number(timestamp), body, [secret]);
  const isSigned = String(signatures).split(' ').includes(expected);
  response.writeHead(isSigned ? 204 : 401).end();
  const webhook = isSigned ? (JSON.parse(body) as object) : {};
  const level = isSigned ? 'INFO' : 'WARN';
  print(JSON.stringify({ level, message: 'webhook-received', webhookId: id, isSigned, ...webhook }));
}
