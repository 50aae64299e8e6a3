import { RequestRefused } from './outcome.ts';
import { readCommonHeaders } from '../contract/headers.ts';
import { maxBodyBytes } from '../contract/limits.ts';
import type { SignedMiddleware } from './signed-request.ts';

/** The first two checks: size, then headers (contract, section 5). Keeps the raw bytes for the signature. */
export function readRequest(): SignedMiddleware {
  return {
    before({ event }) {
      // The gateway has no body at all for an empty one, which is no JSON document either.
      const body = typeof event.body === 'string' ? event.body : '';
      event.body = body;
      event.rawBody = event.isBase64Encoded ? Buffer.from(body, 'base64') : Buffer.from(body);
      if (event.rawBody.length > maxBodyBytes) {
        const at = { field: '' };
        throw new RequestRefused('BODY_TOO_LARGE', [{ reason: 'BODY_TOO_LARGE', at, accepted: String(maxBodyBytes) }]);
      }
      const read = readCommonHeaders(event.rawHeaders);
      if (!read.ok) throw new RequestRefused('HEADERS_INVALID', read.violations);
      event.commonHeaders = read.headers;
    },
  };
}
