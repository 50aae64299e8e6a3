import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { RequestShape } from '../contract/request-shape.ts';
import type { CredentialRepository } from '../dynamodb/credential-repository.ts';
import { lastResortMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import { authenticate } from './authenticate.ts';
import type { Refused, Succeeded } from './outcome.ts';
import { parseJson } from './parse-json.ts';
import { checkSizeAndHeaders, receive, type ReceivedRequest } from './receive.ts';
import type { Telemetry } from './request-report.ts';
import { outcomeOfError, respondWith } from './respond.ts';
import type { OrderRequest, SignedRequest } from './signed-request.ts';
import { validate } from './validate.ts';

export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What is special about one signed route: the shape of its body, and what it does. */
export interface SignedRoute<Body extends OrderRequest, Success extends Succeeded> {
  readonly shape: RequestShape<Body>;
  readonly act: (request: SignedRequest<Body>) => Promise<Success | Refused>;
  /** What an action that never ended may have done: a route that only reads has changed nothing. */
  readonly outOfTime: 'OUTCOME_UNKNOWN' | 'UNAVAILABLE';
}

export interface SignedRouteDependencies<Success extends Succeeded> {
  readonly credentials: CredentialRepository;
  readonly runtime: Runtime;
  readonly telemetry: Telemetry<Success | Refused>;
}

/**
 * The handler of a signed route: all checks in the sequence of the contract (section 5), then the action of the route.
 * Every request gets one response and one report, however it ends.
 */
export function createSignedRoute<Body extends OrderRequest, Success extends Succeeded>(
  { shape, act, outOfTime }: SignedRoute<Body, Success>,
  { credentials, runtime: { now }, telemetry }: SignedRouteDependencies<Success>,
): Handler {
  const respond = respondWith(telemetry, now);
  const actAndRespond = async (event: unknown) => {
    // What the last step of the sequence below returns. Only middy does not know its type.
    const request = event as SignedRequest<Body>;
    return respond(request, await act(request));
  };
  return middy<unknown, APIGatewayProxyResult>(actAndRespond, { timeoutEarlyInMillis: lastResortMs })
    .use(inSequence(receive(now), checkSizeAndHeaders, authenticate(credentials, now), parseJson, validate(shape)))
    .onError((request) => {
      // Safe, because receive never throws: whatever failed, the event was replaced by a received request before.
      request.response = respond(
        request.event as ReceivedRequest,
        outcomeOfError(request.error, outOfTime),
        request.error,
      );
    });
}

type Step<Takes, Returns> = (takes: Takes, context: Context) => Returns | Promise<Returns>;

/** Turns steps into middleware. Each takes what the one before it returned, which the compiler checks. */
function inSequence<A, B, C, D, E, F>(
  ...steps: [Step<A, B>, Step<B, C>, Step<C, D>, Step<D, E>, Step<E, F>]
): middy.MiddlewareObj[] {
  return (steps as ReadonlyArray<Step<unknown, unknown>>).map((step) => ({
    before: async (request) => {
      request.event = await step(request.event, request.context);
    },
  }));
}
