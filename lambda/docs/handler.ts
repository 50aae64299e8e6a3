import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { DocumentPath } from './document-paths.ts';

export interface StaticDocument {
  readonly contentType: string;
  readonly text: string;
  /** In addition to those of every document: the Content-Security-Policy of a page, for example. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type DocsHandler = (
  event: Pick<APIGatewayProxyEvent, 'resource' | 'httpMethod' | 'multiValueHeaders'>,
) => Promise<APIGatewayProxyResult>;

/**
 * Serves GET and HEAD of documents that never change within a version. It reads no body and has no state, so nothing
 * but the path of a request can be wrong.
 * @throws Error for a path without a document: then the gateway has a route that this function does not know
 */
export function createDocsHandler(documents: Readonly<Record<DocumentPath, StaticDocument>>): DocsHandler {
  const served = new Map(Object.entries(documents).map(([path, document]) => [path, withHeaders(document)]));
  return async ({ resource, httpMethod, multiValueHeaders }) => {
    const document = served.get(resource);
    if (document === undefined) throw new Error('The gateway has a route without a document.');
    const { text, etag, headers } = document;
    const isUnchanged = hasTag(multiValueHeaders, etag);
    const body = isUnchanged || httpMethod === 'HEAD' ? '' : text;
    return { statusCode: isUnchanged ? 304 : 200, headers, body, isBase64Encoded: false };
  };
}

function withHeaders({ contentType, text, headers }: StaticDocument) {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return {
    text,
    etag,
    headers: {
      'Content-Type': contentType,
      // A reader who comes back within five minutes causes no request, and one after a release soon sees the new
      // version.
      'Cache-Control': 'public, max-age=300',
      ETag: etag,
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  };
}

/** Whether a client has this very document: If-None-Match compares weakly (RFC 9110, section 13.1.2). */
function hasTag(headers: APIGatewayProxyEvent['multiValueHeaders'] | null, etag: string): boolean {
  const tags = Object.entries(headers ?? {})
    .filter(([name]) => name.toLowerCase() === 'if-none-match')
    .flatMap(([, values = []]) => values.join(',').split(','));
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
