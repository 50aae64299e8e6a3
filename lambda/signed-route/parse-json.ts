import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { ParsedBody } from '../contract/check-body.ts';
import { explainJsonError } from '../contract/explain-json-error.ts';
import { isSurelyLossless } from '../contract/find-lossy-values.ts';
import type { AuthenticRequest } from './authenticate.ts';
import { refused, RequestRefused } from './outcome.ts';

export interface ParsedRequest extends AuthenticRequest {
  readonly parsed: ParsedBody;
}

const mediaType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/**
 * Parses the body with middy's parser, after stricter checks of the media type and the bytes: in another charset, the
 * signed bytes would be another text.
 * @throws RequestRefused
 */
export function parseJson(authentic: AuthenticRequest, context: Context): ParsedRequest {
  const { headers, rawBody, event } = authentic;
  if (!mediaType.test(headers.contentType)) {
    throw new RequestRefused(refused('NOT_JSON', { reason: 'NOT_JSON', at: { header: 'Content-Type' } }));
  }
  if (!isUtf8(rawBody)) throw invalidJson(rawBody);
  const text = rawBody.toString('utf8');
  try {
    return { ...authentic, parsed: parse(text, event, context) };
  } catch {
    // Middy also refuses names like __proto__. They are valid JSON, so the schema reports them. The error itself quotes
    // the body: it is not passed on.
    return { ...authentic, parsed: { text, value: parseUnguarded(text, rawBody), isSurelyLossless: false } };
  }
}

function parse(text: string, event: APIGatewayProxyEvent, context: Context): ParsedBody {
  let memberCount = 0;
  const parser = httpJsonBodyParser({
    disableContentTypeCheck: true,
    reviver(_name, value) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        memberCount += Object.keys(value).length;
      return value;
    },
  });
  const request = {
    event: { ...event, body: text, isBase64Encoded: false },
    context,
    response: undefined,
    error: undefined,
    internal: {},
  };
  parser.before?.(request);
  const value: unknown = request.event.body;
  return { text, value, isSurelyLossless: isSurelyLossless(text, memberCount) };
}

/** Parses without middy's check of names. An object may have a __proto__ of its own, so only validation may follow. */
function parseUnguarded(text: string, rawBody: Buffer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson(rawBody);
  }
}

function invalidJson(rawBody: Buffer): RequestRefused {
  const violation = { reason: 'INVALID_JSON', at: { field: '' }, shown: explainJsonError(rawBody) } as const;
  return new RequestRefused(refused('INVALID_JSON', violation));
}
