import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type HeadersRead, readHeaders, type RequestHeaders } from '../contract/headers.ts';
import { maxBodyBytes } from '../contract/limits.ts';
import { refused, RequestRefused } from './outcome.ts';
import type { RequestStats, RequestSubject } from './request-report.ts';

/** A request as it was received: nothing is checked yet. */
export interface ReceivedRequest {
  readonly event: APIGatewayProxyEvent;
  readonly receivedAtMs: number;
  readonly headersRead: HeadersRead;
  /** The bytes that were signed. */
  readonly rawBody: Buffer;
  readonly stats: RequestStats;
  readonly subject: RequestSubject;
}

/** A request of which only the size and the headers are checked. */
export interface RequestWithHeaders extends ReceivedRequest {
  readonly headers: RequestHeaders;
}

/** The first step. It never throws, so every request that a later step refuses is a ReceivedRequest. */
export function receive(now: () => number) {
  return (event: APIGatewayProxyEvent): ReceivedRequest => ({
    event,
    receivedAtMs: now(),
    headersRead: readHeaders(event.multiValueHeaders),
    // API Gateway sends null for an empty body.
    rawBody: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    stats: { attempts: 0, conflicts: 0, isOutcomeUnknown: false },
    subject: { storeId: undefined, orderNo: undefined, keyExpiresSoon: false },
  });
}

/**
 * The first checks: size, then headers and, where they are good, Content-Encoding (contract, section 5). Before the
 * signature, because whoever lets a library compress the body has signed the text. @throws RequestRefused
 */
export function checkSizeAndHeaders(received: ReceivedRequest): RequestWithHeaders {
  if (received.rawBody.length > maxBodyBytes) {
    const violation = { reason: 'BODY_TOO_LARGE', at: { field: '' }, shown: String(maxBodyBytes) } as const;
    throw new RequestRefused(refused('BODY_TOO_LARGE', violation));
  }
  const { headersRead } = received;
  if (!headersRead.ok) throw new RequestRefused(refused('HEADERS_INVALID', ...headersRead.violations));
  const { headers } = headersRead;
  if (!headers.contentEncodings.every((encoding) => encoding.trim().toLowerCase() === 'identity')) {
    const violation = { reason: 'ENCODING_UNSUPPORTED', at: { header: 'Content-Encoding' } } as const;
    throw new RequestRefused(refused('ENCODING_UNSUPPORTED', violation));
  }
  return { ...received, headers };
}
