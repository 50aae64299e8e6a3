import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { DocumentPath } from './document-paths.ts';

export interface StaticDocument {
  readonly contentType: string;
  readonly text: string;
  /** Besides those that every document has: a page's Content-Security-Policy, say. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type DocsHandler = (
  event: Pick<APIGatewayProxyEvent, 'resource' | 'httpMethod' | 'multiValueHeaders'>,
) => Promise<APIGatewayProxyResult>;

/**
 * GET and HEAD of documents that never change within a version. It reads no body and has no state, so there is nothing
 * in a request that could go wrong but the path.
 * @throws Error for a path that it has no document for: the gateway has no such route
 */
export function createDocsHandler(documents: Readonly<Record<DocumentPath, StaticDocument>>): DocsHandler {
  const served = new Map(Object.entries(documents).map(([path, document]) => [path, withHeaders(document)]));
  return async ({ resource, httpMethod, multiValueHeaders }) => {
    const document = served.get(resource);
    if (document === undefined) throw new Error('The gateway has a route to no document.');
    const { text, etag, headers } = document;
    const isKnown = hasTag(multiValueHeaders, etag);
    const body = isKnown || httpMethod === 'HEAD' ? '' : text;
    return { statusCode: isKnown ? 304 : 200, headers, body, isBase64Encoded: false };
  };
}

function withHeaders({ contentType, text, headers }: StaticDocument) {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return {
    text,
    etag,
    headers: {
      'Content-Type': contentType,
      // A reader that comes back within minutes costs nothing, and one after a release sees it soon.
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
