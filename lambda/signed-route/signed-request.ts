import type { RemainingMs } from '../environment/deadline.ts';
import type { ParsedRequest } from './parse-json.ts';

/** What the bodies of all signed routes have in common. */
export interface OrderRequest {
  readonly orderNo: string;
}

/** A request that has passed every check but the route's own. */
export interface SignedRequest<Body extends OrderRequest> extends ParsedRequest {
  readonly body: Body;
  readonly remainingMs: RemainingMs;
}
