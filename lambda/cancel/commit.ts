import { attempts } from '../dynamodb/backoff.ts';
import { DatabaseUnavailable, failureOf } from '../dynamodb/failures.ts';
import type {
  CancellationWrite,
  CommitOutcome,
  FindOutcome,
  OrderRepository,
  RecordKey,
} from '../dynamodb/order-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { RequestStats } from '../signed-route/request-report.ts';

/** What one request works with. */
export interface CancelContext {
  readonly orders: OrderRepository;
  readonly runtime: Runtime;
  readonly stats: RequestStats;
  readonly remainingMs: RemainingMs;
}

/** The outcomes that are certain. */
export type Settled = Extract<CommitOutcome, { kind: 'COMMITTED' | 'RECORD_EXISTS' | 'ORDER_CHANGED' }>;

/** Milliseconds kept back to look up the record of a write that was not answered. */
const lastLookMs = 1000;

/**
 * Sends a write until its outcome is certain. The SDK does not retry a transaction that was canceled for a conflict or
 * for throttling, so this does: the same write with the same token may be sent again. If a write is not answered, its
 * record is looked up.
 * @throws DatabaseUnavailable when the outcome stays unknown or DynamoDB stays busy: neither means "not canceled"
 */
export async function commit(write: CancellationWrite, context: CancelContext): Promise<Settled> {
  const { orders, runtime, stats, remainingMs } = context;
  for await (const send of attempts(runtime, remainingMs)) {
    const sent = orders.commit(write, () => remainingMs() - lastLookMs);
    // A send is up to three calls of the SDK. The first of them may have been applied without an answer, before DynamoDB
    // turned the last one away as busy. So if this send is rejected, an earlier one may still have been applied.
    const outcome = await (send === 1 ? sent : unlessRejected(sent, unknownBecauseOf));
    if (outcome.kind === 'UNKNOWN') return await lookUp(write, outcome.cause, context);
    if (outcome.kind !== 'BUSY') return outcome;
    if (outcome.isConflict) stats.conflicts += 1;
  }
  throw new DatabaseUnavailable('DynamoDB stayed busy.');
}

/**
 * Finds out whether a write that was not answered was applied: then its record exists.
 * @throws DatabaseUnavailable when the record cannot be read or does not exist
 */
async function lookUp(
  write: CancellationWrite,
  cause: unknown,
  { orders, stats, remainingMs }: CancelContext,
): Promise<Settled> {
  stats.isOutcomeUnknown = true;
  const look = await unlessRejected(orders.findRecord(recordKeyOf(write), remainingMs), nothingSeen);
  if (look.kind === 'BUSY' || look.record === undefined) {
    throw new DatabaseUnavailable('A write was not answered.', { cause });
  }
  stats.isOutcomeUnknown = false;
  return { kind: 'RECORD_EXISTS', record: look.record };
}

function recordKeyOf({ order, record }: CancellationWrite): RecordKey {
  return { storeId: order.storeId, orderNo: order.orderNo, cancellationKey: record.cancellationKey };
}

const unknownBecauseOf = (cause: unknown): CommitOutcome => ({ kind: 'UNKNOWN', cause });
const nothingSeen = (): FindOutcome => ({ kind: 'FOUND', record: undefined });

/**
 * The outcome of a call, or another one if AWS rejects the call, for expired credentials for example. A rejected call
 * says nothing about the calls before it.
 */
async function unlessRejected<Outcome>(
  call: Promise<Outcome>,
  otherwise: (cause: unknown) => Outcome,
): Promise<Outcome> {
  try {
    return await call;
  } catch (error) {
    if (failureOf(error) === 'REJECTED') return otherwise(error);
    throw error;
  }
}
