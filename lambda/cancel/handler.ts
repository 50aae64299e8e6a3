import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Answer } from '../signed-route/outcome.ts';
import { commit, pause } from './commit.ts';
import isCancelRequest from './cancel-request.validator.cjs';
import { cancellationData } from '../contract/cancellation-data.ts';
import type { Violation } from '../contract/reasons.ts';
import { requestDigest } from './request-digest.ts';
import type { Refusal } from '../contract/result-codes.ts';
import type { CancellationRequest } from '../domain/cancellation.ts';
import { decideCancellation } from '../domain/decide-cancellation.ts';
import { judgeRepeat } from '../domain/idempotency.ts';
import { wasCanceledBefore } from '../domain/order.ts';
import { authenticate } from '../signed-route/authenticate.ts';
import { parseJson } from '../signed-route/parse-json.ts';
import { readRequest } from '../signed-route/read-request.ts';
import { respond } from '../signed-route/respond.ts';
import type { SignedEvent } from '../signed-route/signed-request.ts';
import { validate } from '../signed-route/validate.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { CancellationRecord } from '../dynamodb/items.ts';
import type { OrderStore, RequestPlace } from '../dynamodb/order-repository.ts';
import type { RemainingMs } from '../dynamodb/failures.ts';
import { StoreUnavailable } from '../dynamodb/failures.ts';
import type { StoreKeyStore } from '../dynamodb/credential-repository.ts';
import type { Telemetry } from './telemetry.ts';
import { lastResortMs, remainingMsOf } from '../environment/deadline.ts';

export interface Dependencies {
  readonly orders: OrderStore;
  readonly storeKeys: StoreKeyStore;
  readonly runtime: Runtime;
  readonly telemetry: Telemetry;
}

export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * POST /api/v2/payment/cancel. The middleware makes the checks in the order of the contract's section 5, the handler
 * loads, decides and commits, and respond puts whatever came of it into the envelope.
 */
export function createHandler(dependencies: Dependencies): Handler {
  const { runtime, storeKeys, telemetry } = dependencies;
  const chain = middy<SignedEvent<CancellationRequest>, Answer>({ timeoutEarlyInMillis: lastResortMs })
    .use(respond(runtime, telemetry))
    .use(readRequest())
    .use(authenticate(storeKeys, runtime, remainingMsOf))
    .use(parseJson())
    .use(validate({ isRequest: isCancelRequest }))
    .handler((event: SignedEvent<CancellationRequest>, context: Context) =>
      cancelPayment(event, context, dependencies),
    );
  return chain as unknown as Handler;
}

/** How often an order is read and decided on, before the merchant is asked to retry. */
const maxAttempts = 5;

/** A request that passed every check, and what it is known by (contract, section 4). */
interface Claim {
  readonly request: CancellationRequest;
  readonly currencyCode: string;
  readonly place: RequestPlace;
  readonly digest: string;
  readonly hasIdempotencyKey: boolean;
  /** The id of the cancellation, should this request make one. */
  readonly returnRequestId: string;
}

async function cancelPayment(
  event: SignedEvent<CancellationRequest>,
  context: Context,
  dependencies: Dependencies,
): Promise<Answer> {
  const claim = claimOf(event, dependencies.runtime);
  const remainingMs = remainingMsOf(context);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    event.effort.attempts = attempt;
    const answer = await attemptCancellation(claim, event, dependencies, remainingMs);
    if (answer !== undefined) return answer;
    if (attempt < maxAttempts) await pause(attempt, dependencies.runtime, remainingMs);
  }
  throw new StoreUnavailable('The order kept changing.');
}

/** Load, decide, commit. Undefined when the order changed in between, so that it has to be decided on anew. */
async function attemptCancellation(
  claim: Claim,
  { effort }: SignedEvent<CancellationRequest>,
  { orders, runtime }: Dependencies,
  remainingMs: RemainingMs,
): Promise<Answer | undefined> {
  const { request, place, digest, returnRequestId } = claim;
  const loaded = await orders.load(place, remainingMs);
  if (loaded.kind === 'BUSY') return undefined;
  const { order, record } = loaded;
  if (order === undefined) return refuse('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });
  if (record !== undefined) return answerRepeat(record, claim, runtime.now());

  const decision = decideCancellation(order, request, claim.currencyCode);
  if (!decision.ok) {
    const refusal = refuse('RULES_BROKEN', ...decision.violations);
    if (!wasCanceledBefore(order)) return refusal;
    // Order and record are not read at one instant: a twin of this request may have been applied between the two.
    const look = await orders.findRecord(place, remainingMs);
    if (look.kind === 'BUSY') return undefined;
    return look.record ? answerRepeat(look.record, claim, runtime.now()) : refusal;
  }

  const { cancellation } = decision;
  const { kind } = cancellation;
  const data = cancellationData(cancellation, returnRequestId);
  const write = {
    order,
    cancellation,
    record: {
      cancellationKey: place.cancellationKey,
      requestDigest: digest,
      kind,
      createdAtMs: runtime.now(),
      returnRequestId,
      data,
    },
    refundAccount: request.refundAccount,
    // A token belongs to one write: another version of the order is another write.
    clientRequestToken: `${returnRequestId}-${effort.attempts}`,
  };
  const outcome = await commit(write, place, { orders, runtime }, effort, remainingMs);
  if (outcome.kind === 'ORDER_CHANGED') return undefined;
  // The record may be this request's own, when DynamoDB applied the write and the answer was lost.
  const isOwn = outcome.kind === 'COMMITTED' || outcome.record.returnRequestId === returnRequestId;
  return isOwn ? { ok: true, data, kind, isReplay: false } : answerRepeat(outcome.record, claim, runtime.now());
}

function claimOf({ caller, request, commonHeaders }: SignedEvent<CancellationRequest>, runtime: Runtime): Claim {
  if (caller === undefined || request === undefined) throw new Error('The middleware has not run.');
  const { idempotencyKey, currencyCode } = commonHeaders;
  const digest = requestDigest(request);
  return {
    request,
    currencyCode,
    place: {
      storeId: caller.storeId,
      orderNo: request.orderNo,
      // Prefixed, so that no idempotency key can pass for a digest.
      cancellationKey: idempotencyKey === undefined ? `D#${digest}` : `K#${idempotencyKey}`,
    },
    digest,
    hasIdempotencyKey: idempotencyKey !== undefined,
    returnRequestId: `RETREQ${runtime.newId()}`,
  };
}

function answerRepeat(record: CancellationRecord, claim: Claim, nowMs: number): Answer {
  const at = { header: 'X-Idempotency-Key' };
  switch (judgeRepeat(record, claim, nowMs)) {
    case 'REPLAY':
      return { ok: true, data: record.data, kind: record.kind, isReplay: true };
    case 'KEY_REUSED':
      return refuse('KEY_REUSED', { reason: 'IDEMPOTENCY_KEY_REUSED', at });
    case 'DUPLICATE':
      return refuse('DUPLICATE', { reason: 'DUPLICATE_CANCELLATION', at, accepted: record.returnRequestId });
  }
}

function refuse(refusal: Refusal, ...violations: readonly Violation[]): Answer {
  return { ok: false, refusal, violations };
}
