import { cancellationData, toDataJson } from '../contract/cancellation-data.ts';
import { etagOf, matchesEtag } from '../contract/etag.ts';
import type { Cancellation } from '../domain/cancellation.ts';
import { decideCancellation } from '../domain/decide-cancellation.ts';
import { hasCancellations, type Order } from '../domain/order.ts';
import { attempts } from '../dynamodb/backoff.ts';
import { Contended, OutcomeUnknown } from '../dynamodb/failures.ts';
import type { Busy, CancellationWrite, CommitOutcome, Loaded, OrderRepository } from '../dynamodb/order-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import { refused, type Refused } from '../signed-route/outcome.ts';
import type { RequestStats } from '../signed-route/request-report.ts';
import type { CancelCommand } from './cancel-command.ts';
import { type CancelOutcome, isOwnRecord, outcomeOfOwnRecord, outcomeOfRecord } from './cancel-outcome.ts';

/** What one request works with. */
export interface CancelContext {
  readonly orders: OrderRepository;
  readonly runtime: Runtime;
  readonly stats: RequestStats;
  readonly remainingMs: RemainingMs;
}

/** Milliseconds kept back to look for the record of a write that was not answered. */
const lastLookMs = 1000;

/**
 * Cancels, or finds out why not: load, decide, commit, until the outcome is certain or the time is over.
 * @throws OutcomeUnknown when a write was not answered and its record is not found, Contended or DatabaseUnavailable when
 *   nothing was canceled
 */
export async function cancelPayment(command: CancelCommand, context: CancelContext): Promise<CancelOutcome> {
  const { stats } = context;
  try {
    const outcome = await cancelWithRetries(command, context);
    stats.isOutcomeUnknown = false;
    return outcome;
  } catch (error) {
    // Every write was answered, in each attempt of the SDK: so it is certain that none was applied.
    if (!stats.isOutcomeUnknown) throw error;
    const outcome = await lookOnceMore(command, context);
    if (outcome === undefined) throw new OutcomeUnknown('A write was not answered.', { cause: error });
    stats.isOutcomeUnknown = false;
    return outcome;
  }
}

async function cancelWithRetries(command: CancelCommand, context: CancelContext): Promise<CancelOutcome> {
  const { orders, runtime, stats, remainingMs } = context;
  for await (const attempt of attempts(runtime, remainingMs, stats)) {
    const loaded = await orders.load(command.key, remainingMs);
    if (loaded.kind === 'BUSY') continue;
    let tried = await decideAndCommit(loaded, command, context);
    // The first lost race costs one round trip: the order that came back is as good as one that is read. After a pause
    // it no longer is, and without a pause many requests for one order would only get in each other's way.
    if (attempt === 1 && tried.kind === 'ORDER_CHANGED' && tried.order !== undefined) {
      stats.attempts += 1;
      tried = await decideAndCommit({ order: tried.order, record: undefined }, command, context);
    }
    if (tried.kind === 'SETTLED') return tried.outcome;
  }
  throw new Contended('The time for retries is over.');
}

/** What came of one attempt: an outcome, or a reason for another attempt. */
type Tried =
  | { readonly kind: 'SETTLED'; readonly outcome: CancelOutcome }
  | Extract<CommitOutcome, { kind: 'ORDER_CHANGED' | 'UNANSWERED' }>
  | Busy;

async function decideAndCommit(
  { order, record }: Pick<Loaded, 'order' | 'record'>,
  command: CancelCommand,
  context: CancelContext,
): Promise<Tried> {
  const { orders, runtime, stats, remainingMs } = context;
  if (order === undefined) {
    return settled(refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } }));
  }
  if (record !== undefined) return settled(outcomeOfRecord(record, order, command, runtime.now()));

  const decision = decide(order, command);
  if (!decision.ok) return await refuseUnlessRecorded(decision.refusal, order, command, context);

  const write = writeOf(decision.cancellation, order, command, stats.attempts, runtime.now());
  const committed = await orders.commit(write, () => remainingMs() - lastLookMs);
  if (committed.isOpen) stats.isOutcomeUnknown = true;
  switch (committed.kind) {
    case 'COMMITTED':
      return settled(outcomeOfOwnRecord(write.record));
    case 'RECORD_EXISTS':
      return settled(outcomeOfRecord(committed.record, order, command, runtime.now()));
    case 'BUSY':
      if (committed.isConflict) stats.conflicts += 1;
      return committed;
    case 'ORDER_CHANGED':
    case 'UNANSWERED':
      return committed;
  }
}

const settled = (outcome: CancelOutcome): Tried => ({ kind: 'SETTLED', outcome });

type Decided =
  | { readonly ok: true; readonly cancellation: Cancellation }
  | { readonly ok: false; readonly refusal: Refused };

/** Whether the order is in the state that the request is meant for, and then whether the rules allow it. */
function decide(order: Order, { request, currencyCode, ifMatch }: CancelCommand): Decided {
  const etag = etagOf(order);
  if (ifMatch !== undefined && !matchesEtag(ifMatch, etag)) {
    const violation = { reason: 'ORDER_CHANGED', at: { header: 'If-Match' }, shown: etag } as const;
    return { ok: false, refusal: { ...refused('ORDER_CHANGED', violation), etag } };
  }
  const decision = decideCancellation(order, request, currencyCode);
  return decision.ok ? decision : { ok: false, refusal: refused('RULES_BROKEN', ...decision.violations) };
}

/**
 * Order and record are not read at the same instant, so an identical request may have been applied between the two
 * reads: what it took does not remain, and yet this one is its repetition.
 */
async function refuseUnlessRecorded(
  refusal: Refused,
  order: Order,
  command: CancelCommand,
  { orders, runtime, remainingMs }: CancelContext,
): Promise<Tried> {
  if (!hasCancellations(order)) return settled(refusal);
  const look = await orders.findRecord(command.key, remainingMs);
  if (look.kind === 'BUSY') return look;
  return settled(look.record ? outcomeOfRecord(look.record, order, command, runtime.now()) : refusal);
}

function writeOf(
  cancellation: Cancellation,
  order: Order,
  command: CancelCommand,
  attempt: number,
  nowMs: number,
): CancellationWrite {
  const { request, key, requestDigest, accountTag, id, returnRequestId } = command;
  const { kind } = cancellation;
  const mayNeedAccount = order.refundMethod === 'BANK_ACCOUNT';
  return {
    order,
    cancellation,
    record: {
      cancellationKey: key.cancellationKey,
      requestDigest,
      kind,
      createdAtMs: nowMs,
      returnRequestId,
      orderVersion: order.version + 1,
      accountTag: mayNeedAccount && kind === 'REFUND' ? accountTag() : undefined,
      dataJson: toDataJson(cancellationData(cancellation, returnRequestId)),
    },
    // An account that no refund goes to is not kept. That of a void is, for a deposit that comes late.
    refundAccount: mayNeedAccount ? request.refundAccount : undefined,
    // A token belongs to one write, and each attempt makes another one. DynamoDB takes up to 36 characters: 26 of the id,
    // and nine digits.
    clientRequestToken: `${id}-${attempt}`,
  };
}

/** The outcome of a write that was not answered, if its record exists. Whatever fails here says nothing about it. */
async function lookOnceMore(
  command: CancelCommand,
  { orders, runtime, remainingMs }: CancelContext,
): Promise<CancelOutcome | undefined> {
  const { key } = command;
  try {
    const look = await orders.findRecord(key, remainingMs);
    if (look.kind === 'BUSY' || look.record === undefined) return undefined;
    if (isOwnRecord(look.record, command)) return outcomeOfOwnRecord(look.record);
    const loaded = await orders.load(key, remainingMs);
    if (loaded.kind === 'BUSY' || loaded.order === undefined) return undefined;
    return outcomeOfRecord(look.record, loaded.order, command, runtime.now());
  } catch {
    return undefined;
  }
}
