import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { RequestRefused } from './outcome.ts';
import { onlyValue } from '../contract/headers.ts';
import { jsonFlawOf } from '../contract/explain-json-error.ts';
import type { SignedMiddleware } from './signed-request.ts';

const mediaType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/**
 * Middy's JSON parser behind a stricter look at the media type and the bytes: another charset would be another text than
 * the one that was signed.
 */
export function parseJson(): SignedMiddleware {
  const parser = httpJsonBodyParser({ disableContentTypeCheck: true });
  return {
    before(request) {
      const { event } = request;
      if (!mediaType.test(onlyValue(event.rawHeaders, 'Content-Type') ?? '')) {
        throw new RequestRefused('NOT_JSON', [{ reason: 'NOT_JSON', at: { header: 'Content-Type' } }]);
      }
      if (!isUtf8(event.rawBody)) throw invalidJson(event.rawBody);
      try {
        parser.before?.(request as unknown as Parameters<NonNullable<typeof parser.before>>[0]);
      } catch {
        // Middy also refuses names like __proto__, and gives up on lists in lists in lists. Those are JSON: the schema
        // is to tell what is wrong with them. The error itself quotes the body, so it goes no further.
        event.body = parseUnguarded(event.rawBody);
      }
    },
  };
}

/** Nothing but validation may follow: an object may have __proto__ as a property of its own. */
function parseUnguarded(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw invalidJson(rawBody);
  }
}

function invalidJson(rawBody: Buffer): RequestRefused {
  const violation = { reason: 'INVALID_JSON', at: { field: '' }, accepted: jsonFlawOf(rawBody) } as const;
  return new RequestRefused('INVALID_JSON', [violation]);
}
