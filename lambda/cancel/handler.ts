import { type CancellationData, cancellationData, fromDataJson, toDataJson } from '../contract/cancellation-data.ts';
import { returnRequestIdOf } from '../contract/return-request-id.ts';
import type { CancellationKind, CancellationRequest } from '../domain/cancellation.ts';
import { decideCancellation } from '../domain/decide-cancellation.ts';
import { cancellationKeyOf, judgeRepeat } from '../domain/idempotency.ts';
import { hasCancellations } from '../domain/order.ts';
import { attempts } from '../dynamodb/backoff.ts';
import { DatabaseUnavailable } from '../dynamodb/failures.ts';
import type { CancellationRecord } from '../dynamodb/items.ts';
import type { OrderRepository, RecordKey } from '../dynamodb/order-repository.ts';
import type { Runtime } from '../environment/runtime.ts';
import { refused, type Refused, type Succeeded } from '../signed-route/outcome.ts';
import { createSignedRoute, type Handler, type SignedRouteDependencies } from '../signed-route/signed-route.ts';
import type { SignedRequest } from '../signed-route/signed-request.ts';
import { cancelRequestShape } from './cancel-request.ts';
import { commit, type CancelContext } from './commit.ts';
import { requestDigestOf } from './request-digest.ts';

export interface CancelDependencies extends SignedRouteDependencies<Canceled> {
  readonly orders: OrderRepository;
}

/** A cancellation that was made: by this request, or by an earlier, identical one. */
export interface Canceled extends Succeeded {
  readonly data: CancellationData;
  readonly kind: CancellationKind;
  readonly isReplay: boolean;
}

export type CancelOutcome = Canceled | Refused;

/** POST /api/v2/payment/cancel (EBP_API_232): loads order and record, decides, commits. */
export function createCancelHandler(dependencies: CancelDependencies): Handler {
  const { orders, runtime } = dependencies;
  return createSignedRoute(
    {
      shape: cancelRequestShape,
      act: async (request) =>
        await cancelPayment(commandOf(request, runtime), {
          orders,
          runtime,
          stats: request.stats,
          remainingMs: request.remainingMs,
        }),
    },
    dependencies,
  );
}

/** A request that passed every check, with what identifies its cancellation (contract, section 4). */
interface CancelCommand {
  readonly request: CancellationRequest;
  readonly currencyCode: string;
  readonly key: RecordKey;
  readonly requestDigest: string;
  readonly hasIdempotencyKey: boolean;
  /** The id of the cancellation, if this request makes one. */
  readonly returnRequestId: string;
}

function commandOf({ storeId, headers, body }: SignedRequest<CancellationRequest>, runtime: Runtime): CancelCommand {
  const { idempotencyKey, currencyCode } = headers;
  const requestDigest = requestDigestOf(body);
  return {
    request: body,
    currencyCode,
    key: { storeId, orderNo: body.orderNo, cancellationKey: cancellationKeyOf(idempotencyKey, requestDigest) },
    requestDigest,
    hasIdempotencyKey: idempotencyKey !== undefined,
    returnRequestId: returnRequestIdOf(runtime.newId()),
  };
}

async function cancelPayment(command: CancelCommand, context: CancelContext): Promise<CancelOutcome> {
  const { stats, runtime, remainingMs } = context;
  for await (const attempt of attempts(runtime, remainingMs)) {
    stats.attempts = attempt;
    const outcome = await attemptCancellation(command, attempt, context);
    if (outcome !== undefined) return outcome;
  }
  throw new DatabaseUnavailable('The order kept changing.');
}

/**
 * One attempt: load, decide, commit. Undefined when another one is needed, because the order changed meanwhile or
 * DynamoDB is busy.
 */
async function attemptCancellation(
  command: CancelCommand,
  attempt: number,
  context: CancelContext,
): Promise<CancelOutcome | undefined> {
  const { request, key, requestDigest, returnRequestId } = command;
  const { orders, runtime, remainingMs } = context;
  const loaded = await orders.load(key, remainingMs);
  if (loaded.kind === 'BUSY') return undefined;
  const { order, record } = loaded;
  if (order === undefined) {
    return refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });
  }
  if (record !== undefined) return outcomeOfRepeat(record, command, runtime.now());

  const decision = decideCancellation(order, request, command.currencyCode);
  if (!decision.ok) {
    const refusal = refused('RULES_BROKEN', ...decision.violations);
    if (!hasCancellations(order)) return refusal;
    // Order and record are not read at the same instant: an identical request may have been applied between the two
    // reads.
    const look = await orders.findRecord(key, remainingMs);
    if (look.kind === 'BUSY') return undefined;
    return look.record ? outcomeOfRepeat(look.record, command, runtime.now()) : refusal;
  }

  const { cancellation } = decision;
  const { kind } = cancellation;
  const data = cancellationData(cancellation, returnRequestId);
  const write = {
    order,
    cancellation,
    record: {
      cancellationKey: key.cancellationKey,
      requestDigest,
      kind,
      createdAtMs: runtime.now(),
      returnRequestId,
      dataJson: toDataJson(data),
    },
    refundAccount: request.refundAccount,
    // A token belongs to one write. Each attempt decides on another version of the order, so it makes another write.
    // DynamoDB takes up to 36 characters: 32 of the id, and up to three digits.
    clientRequestToken: `${returnRequestId}-${attempt}`,
  };
  const settled = await commit(write, context);
  if (settled.kind === 'ORDER_CHANGED') return undefined;
  // The record may be this request's own, if DynamoDB applied the write and its answer was lost.
  const isOwn = settled.kind === 'COMMITTED' || settled.record.returnRequestId === returnRequestId;
  if (!isOwn) return outcomeOfRepeat(settled.record, command, runtime.now());
  return { ok: true, data, kind, isReplay: false };
}

function outcomeOfRepeat(record: CancellationRecord, command: CancelCommand, nowMs: number): CancelOutcome {
  const at = { header: 'X-Idempotency-Key' };
  switch (judgeRepeat(record, command, nowMs)) {
    case 'REPLAY':
      return { ok: true, data: fromDataJson(record.dataJson), kind: record.kind, isReplay: true };
    case 'KEY_REUSED':
      return refused('KEY_REUSED', { reason: 'IDEMPOTENCY_KEY_REUSED', at });
    case 'DUPLICATE':
      return refused('DUPLICATE', { reason: 'DUPLICATE_CANCELLATION', at, shown: record.returnRequestId });
  }
}
