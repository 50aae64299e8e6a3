import type { Effort } from '../signed-route/outcome.ts';
import type { Runtime } from '../environment/runtime.ts';
import type {
  CancellationWrite,
  CommitOutcome,
  LookOutcome,
  OrderStore,
  RequestPlace,
} from '../dynamodb/order-repository.ts';
import { failureOf, type RemainingMs, StoreUnavailable } from '../dynamodb/failures.ts';

/** What is known for certain of a write. */
export type Settled = Extract<CommitOutcome, { kind: 'COMMITTED' | 'RECORD_EXISTS' | 'ORDER_CHANGED' }>;

/** How often one write is sent, before the merchant is asked to retry. */
const maxSends = 5;

/** Kept back for a last look at the record, when a write was not answered. */
const lastLookMs = 1000;

/**
 * Sends a write until its outcome is known. Conflicts and throttling are not retried by the SDK when they stand in a
 * transaction's reasons; the same write with the same token may be sent again. An unanswered write is looked up.
 * @throws StoreUnavailable when it stays unknown, or DynamoDB stays busy: never "not canceled"
 */
export async function commit(
  write: CancellationWrite,
  place: RequestPlace,
  { orders, runtime }: { readonly orders: OrderStore; readonly runtime: Runtime },
  effort: Effort,
  remainingMs: RemainingMs,
): Promise<Settled> {
  for (let sends = 1; sends <= maxSends; sends += 1) {
    const answered = orders.commit(write, () => remainingMs() - lastLookMs);
    // Of an earlier send an attempt may not have been answered.
    const isFirst = sends === 1;
    const outcome: CommitOutcome = await (isFirst ? answered : unlessRefused(answered, unknownBecauseOf));
    if (outcome.kind === 'UNKNOWN') {
      effort.isOutcomeUnknown = true;
      const look = await unlessRefused(orders.findRecord(place, remainingMs), nothingSeen);
      if (look.kind === 'BUSY' || look.record === undefined) {
        throw new StoreUnavailable('A write was not answered.', { cause: outcome.cause });
      }
      effort.isOutcomeUnknown = false;
      return { kind: 'RECORD_EXISTS', record: look.record };
    }
    if (outcome.kind !== 'BUSY') return outcome;
    if (outcome.isConflict) effort.conflicts += 1;
    if (sends < maxSends) await pause(sends, runtime, remainingMs);
  }
  throw new StoreUnavailable('DynamoDB stayed busy.');
}

const unknownBecauseOf = (cause: unknown): CommitOutcome => ({ kind: 'UNKNOWN', cause });
const nothingSeen = (): LookOutcome => ({ kind: 'LOOKED' });

/** Another outcome where AWS refuses a call (its credentials have expired, say), which says nothing of the calls before. */
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

const firstPauseMs = 25;
const longestPauseMs = 400;

/** Exponential backoff with full jitter. @throws StoreUnavailable when the request would be late */
export async function pause(failures: number, runtime: Runtime, remainingMs: RemainingMs): Promise<void> {
  const ms = runtime.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
  if (ms >= remainingMs()) throw new StoreUnavailable('No time is left for another attempt.');
  await runtime.sleep(ms);
}
