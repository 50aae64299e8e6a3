import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type middy from '@middy/core';
import type { Effort } from '../answer.ts';
import type { CommonHeaders, RawHeaders } from '../contract/headers.ts';
import type { CancellationRequest } from '../domain/cancellation.ts';
import type { StoreKey } from '../store/store-key-store.ts';

/** API Gateway's event and what the middleware adds to it, each in its turn. */
export interface CancelEvent extends Omit<APIGatewayProxyEvent, 'body'> {
  /** respond. */
  rawHeaders: RawHeaders;
  startedAtMs: number;
  effort: Effort;
  /** readRequest: the bytes that the signature is over. */
  rawBody: Buffer;
  commonHeaders: CommonHeaders;
  /** authenticate: absent until the request is known to be the store's. */
  caller?: StoreKey;
  /** Text as it came; parsed from parseJson on. */
  body: unknown;
  /** validate. */
  cancelRequest?: CancellationRequest;
}

export type CancelMiddleware = middy.MiddlewareObj<CancelEvent, APIGatewayProxyResult>;
