import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { EventType } from '../../../lambda/events/event-names.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { setEndpoint } from '../../../tools/webhooks/change-endpoint.ts';
import type { Deployment } from './deployment.ts';

/** What a merchant has of one event, and how often it was sent. */
export interface ReceivedWebhook {
  readonly body: string;
  readonly deliveries: number;
}

/** Where merchants get their webhooks: one server on loopback, with a path for each store. */
export interface MerchantReceiver {
  /** Gives a store an endpoint here. npm run admin refuses one on loopback for a stage. */
  readonly connect: (storeId: string, options?: ConnectOptions) => Promise<void>;
  /** What a store has got, by webhook-id. */
  readonly received: (storeId: string) => ReadonlyMap<string, ReceivedWebhook>;
  /** What nobody should send: with a wrong signature, for a store that is not here, or other bytes under the same id. */
  readonly strange: readonly string[];
  readonly stop: () => void;
}

interface ConnectOptions {
  /** All, unless given. */
  readonly types?: readonly EventType[];
  /** So many deliveries are answered with 500 before the first good answer. */
  readonly failures?: number;
}

interface Merchant {
  readonly webhook: Webhook;
  readonly received: Map<string, ReceivedWebhook>;
  failures: number;
}

export async function startMerchantReceiver({ dynamodb }: Deployment): Promise<MerchantReceiver> {
  const merchants = new Map<string, Merchant>();
  const strange: string[] = [];
  const server = createServer((request, response) => {
    receive(request, response, merchants, strange).catch((error: unknown) => {
      strange.push(String(error));
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    strange,
    async connect(storeId, { types, failures = 0 } = {}) {
      const settings = { url: `http://127.0.0.1:${port}/${storeId}`, types };
      const secret = await setEndpoint(dynamodb, tableNamesOf('dev').endpoints, storeId, settings, Date.now());
      if (secret === undefined) throw new Error(`${storeId} has an endpoint already.`);
      merchants.set(storeId, { webhook: new Webhook(secret), received: new Map(), failures });
    },
    received: (storeId) => merchants.get(storeId)?.received ?? new Map<string, ReceivedWebhook>(),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  merchants: ReadonlyMap<string, Merchant>,
  strange: string[],
): Promise<void> {
  const body = await text(request);
  const storeId = request.url?.slice(1) ?? '';
  const id = String(request.headers['webhook-id']);
  const merchant = merchants.get(storeId);
  if (merchant === undefined) throw new Error(`${id} came to ${storeId}`);
  // Throws for a wrong signature, and for a time that is not now.
  merchant.webhook.verify(body, request.headers as Record<string, string>);

  const earlier = merchant.received.get(id);
  if (earlier !== undefined && earlier.body !== body) strange.push(`${id} has other bytes`);
  merchant.received.set(id, { body, deliveries: (earlier?.deliveries ?? 0) + 1 });
  const isFailure = merchant.failures > 0;
  if (isFailure) merchant.failures -= 1;
  response.writeHead(isFailure ? 500 : 204).end();
}
