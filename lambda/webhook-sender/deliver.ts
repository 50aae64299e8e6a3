import type { request as httpRequest, RequestOptions } from 'node:http';
import { guardedLookup, type Resolve } from './public-address.ts';

/** For everything: DNS, connection, TLS, and the status of the answer. */
export const deliveryTimeoutMs = 10_000;

const maxHeaderBytes = 16 * 1024;

export interface Delivery {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type DeliveryAnswer =
  | { readonly kind: 'ANSWERED'; readonly status: number }
  /** @see because a code, such as ECONNREFUSED, TIMEOUT or CERT_HAS_EXPIRED */
  | { readonly kind: 'UNANSWERED'; readonly because: string };

/** Posts a body once, follows no redirect, and reads nothing of the answer but its status. */
export type Deliver = (delivery: Delivery, timeoutMs: number) => Promise<DeliveryAnswer>;

export interface Network {
  readonly resolve: Resolve;
  readonly https: typeof httpRequest;
  readonly http: typeof httpRequest;
}

export function createDeliver({ resolve, https, http }: Network): Deliver {
  return async ({ url, headers, body }, timeoutMs) =>
    await new Promise((settle) => {
      const options: RequestOptions = {
        method: 'POST',
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        // A connection of its own: the rest of the answer is not read, so the connection is of no more use.
        agent: false,
        lookup: guardedLookup(url, resolve),
        maxHeaderSize: maxHeaderBytes,
        signal: AbortSignal.timeout(timeoutMs),
      };
      const request = (url.protocol === 'https:' ? https : http)(url, options);
      request.once('response', (response) => {
        settle({ kind: 'ANSWERED', status: response.statusCode ?? 0 });
        // However much it would be: nobody reads it.
        response.destroy();
      });
      // Also after the answer: it is ended in the middle.
      request.on('error', (error) => settle({ kind: 'UNANSWERED', because: codeOf(error) }));
      request.once('close', () => settle({ kind: 'UNANSWERED', because: 'CLOSED' }));
      request.end(body);
    });
}

function codeOf({ name, code, cause }: Error & { readonly code?: unknown }): string {
  if (name === 'AbortError' || (cause as Error | undefined)?.name === 'TimeoutError') return 'TIMEOUT';
  // Codes of Node, of OpenSSL and of DNS. A message could quote what the merchant sent.
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'ERROR';
}
