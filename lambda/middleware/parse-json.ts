import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { RequestRefused } from '../answer.ts';
import type { CancelMiddleware } from './cancel-event.ts';

const mediaType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/**
 * Middy's JSON parser (which also refuses __proto__) behind a stricter look at the media type and the bytes: another
 * charset would be another text than the one that was signed.
 */
export function parseJson(): CancelMiddleware {
  const parser = httpJsonBodyParser({ disableContentTypeCheck: true });
  return {
    before(request) {
      const { event } = request;
      if (!mediaType.test(event.headers['content-type'] ?? '')) {
        throw new RequestRefused('NOT_JSON', [{ reason: 'NOT_JSON', at: { header: 'Content-Type' } }]);
      }
      const refused = new RequestRefused('INVALID_JSON', [{ reason: 'INVALID_JSON', at: { field: '' } }]);
      if (!isUtf8(event.rawBody)) throw refused;
      try {
        parser.before?.(request as unknown as Parameters<NonNullable<typeof parser.before>>[0]);
      } catch {
        // The parser's error quotes the body, so it goes no further.
        throw refused;
      }
    },
  };
}
