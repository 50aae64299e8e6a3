// npm install standardwebhooks; then WEBHOOK_SECRET=whsec_... node receive.ts
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env['WEBHOOK_SECRET'] ?? '');

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // The bytes as they came: JSON that was parsed and written again has another signature.
  const body = await text(request);
  let event: unknown;
  try {
    event = webhook.verify(body, request.headers as Record<string, string>);
  } catch {
    response.writeHead(401).end();
    return;
  }
  // Keep it, known by this id, and work on it after the answer.
  console.log(request.headers['webhook-id'], JSON.stringify(event));
  response.writeHead(204).end();
}

const server = createServer((request, response) => void receive(request, response).catch(() => response.destroy()));
server.listen(Number(process.env['PORT'] ?? 9000), '127.0.0.1');
