import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type middy from '@middy/core';
import type { Effort } from './outcome.ts';
import type { CommonHeaders, RawHeaders } from '../contract/headers.ts';
import type { StoreKey } from '../dynamodb/credential-repository.ts';

/** API Gateway's event and what the middleware adds to it, each in its turn. */
export interface SignedEvent<Request extends OrderRequest = OrderRequest> extends Omit<APIGatewayProxyEvent, 'body'> {
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
  /** validate: the body, once it is known to be a request of the route. */
  request?: Request;
}

/** What the requests of every route have in common. */
export interface OrderRequest {
  readonly orderNo: string;
}

export type SignedMiddleware = middy.MiddlewareObj<SignedEvent, APIGatewayProxyResult>;
