import { maxAttempts, pause } from '../dynamodb/backoff.ts';
import { DatabaseUnavailable, failureOf } from '../dynamodb/failures.ts';
import type {
  CancellationWrite,
  CommitOutcome,
  LookOutcome,
  OrderRepository,
  RecordKey,
} from '../dynamodb/order-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { RequestStats } from '../signed-route/request-report.ts';

/** What a write is made with. */
export interface CommitContext {
  readonly orders: OrderRepository;
  readonly runtime: Runtime;
  readonly stats: RequestStats;
  readonly remainingMs: RemainingMs;
}

/** What is known for certain of a write. */
export type Settled = Extract<CommitOutcome, { kind: 'COMMITTED' | 'RECORD_EXISTS' | 'ORDER_CHANGED' }>;

/** Kept back for a last look at the record, when a write was not answered. */
const lastLookMs = 1000;

/**
 * Sends a write until its outcome is known. The SDK does not retry conflicts and throttling that stand in a transaction's
 * reasons; the same write with the same token may be sent again. A write without an answer is looked up.
 * @throws DatabaseUnavailable when it stays unknown, or DynamoDB stays busy: never "not canceled"
 */
export async function commit(write: CancellationWrite, context: CommitContext): Promise<Settled> {
  const { orders, runtime, stats, remainingMs } = context;
  for (let send = 1; send <= maxAttempts; send += 1) {
    const sent = orders.commit(write, () => remainingMs() - lastLookMs);
    // Of an earlier send an attempt may not have been answered, so a refusal of a later one settles nothing.
    const outcome = await (send === 1 ? sent : unlessRefused(sent, unknownBecauseOf));
    if (outcome.kind === 'UNKNOWN') return await lookUp(write, outcome.cause, context);
    if (outcome.kind !== 'BUSY') return outcome;
    if (outcome.isConflict) stats.conflicts += 1;
    if (send < maxAttempts) await pause(send, runtime, remainingMs);
  }
  throw new DatabaseUnavailable('DynamoDB stayed busy.');
}

/** Whether a write was applied that has no answer. @throws DatabaseUnavailable when its record cannot be seen */
async function lookUp(
  write: CancellationWrite,
  cause: unknown,
  { orders, stats, remainingMs }: CommitContext,
): Promise<Settled> {
  stats.isOutcomeUnknown = true;
  const look = await unlessRefused(orders.findRecord(recordKeyOf(write), remainingMs), nothingSeen);
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
const nothingSeen = (): LookOutcome => ({ kind: 'LOOKED' });

/** Another outcome where AWS refuses a call (because credentials have expired, say): it says nothing of the calls before. */
async function unlessRefused<Outcome>(
  call: Promise<Outcome>,
  otherwise: (cause: unknown) => Outcome,
): Promise<Outcome> {
  try {
    return await call;
  } catch (error) {
    if (failureOf(error) === 'REFUSED') return otherwise(error);
    throw error;
  }
}
