import { judgeLateDeposit } from '../domain/late-deposit.ts';
import type { Order } from '../domain/order.ts';
import { type EventVerdict, judgeEvent, type Refusal, type StatusEvent } from '../domain/platform-event.ts';
import { attempts } from '../dynamodb/backoff.ts';
import { Contended } from '../dynamodb/failures.ts';
import type { LateDepositRepository } from '../dynamodb/late-deposit-repository.ts';
import type { PaymentRepository, PaymentWritten } from '../dynamodb/payment-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';

/** What came of an event. */
export type EventOutcome =
  | { readonly kind: 'TAKEN' }
  | { readonly kind: 'WITHOUT_EFFECT' }
  /** What it is about may still come. */
  | { readonly kind: 'NOT_YET' }
  /** A deposit of a voided order is being paid back. */
  | { readonly kind: 'CAPTURE_AFTER_VOID' }
  | Refusal;

export interface ApplyContext {
  readonly payments: PaymentRepository;
  readonly lateDeposits: LateDepositRepository;
  readonly runtime: Runtime;
  readonly remainingMs: RemainingMs;
}

/**
 * Takes an event about the status of a payment: load, judge, write on the condition that it still holds, and judge again
 * by the order that comes back if it does not. So the sequence of events makes no difference, and neither do doubles.
 * @throws Contended when the order was busy until the time was over, DatabaseUnavailable, InvariantViolated, or the
 *   error of AWS: then the event has to come again
 */
export async function applyEvent(event: StatusEvent, context: ApplyContext): Promise<EventOutcome> {
  const { payments, runtime, remainingMs } = context;
  let changed: { readonly order: Order | undefined } | undefined;
  for await (const _ of attempts(runtime, remainingMs, { attempts: 0 })) {
    const order = changed === undefined ? await payments.find(event.id, remainingMs) : changed.order;
    const verdict = judgeEvent(event, order);
    if (verdict.kind === 'LATE_DEPOSIT') {
      const outcome = order && (await payBack(order, context));
      if (outcome !== undefined) return outcome;
      continue;
    }
    if (verdict.kind !== 'PUT' && verdict.kind !== 'CHANGE') return verdict;
    const written = await write(verdict, event, context);
    if (written.kind === 'WRITTEN') return { kind: 'TAKEN' };
    changed = written.kind === 'CHANGED' ? written : undefined;
  }
  throw new Contended('The time for retries is over.');
}

async function write(
  verdict: Extract<EventVerdict, { kind: 'PUT' | 'CHANGE' }>,
  { id }: StatusEvent,
  { payments, remainingMs }: ApplyContext,
): Promise<PaymentWritten> {
  return verdict.kind === 'PUT'
    ? await payments.putIfNew(verdict.order, remainingMs)
    : await payments.change(id, verdict.change, remainingMs);
}

/** Undefined if somebody else changed the execution at the same time. */
async function payBack(order: Order, context: ApplyContext): Promise<EventOutcome | undefined> {
  const { lateDeposits, runtime, remainingMs } = context;
  const execution = await lateDeposits.findVoid(order, remainingMs);
  const judged = judgeLateDeposit(execution);
  if (judged !== 'PAY_BACK' || execution === undefined) return { kind: judged === 'PAY_BACK' ? 'NOT_YET' : judged };
  const outcome = await lateDeposits.payBack(order, execution, runtime.now(), remainingMs);
  return outcome === 'DONE' ? { kind: 'CAPTURE_AFTER_VOID' } : undefined;
}
