import { maxListedCancellations } from '../contract/limits.ts';
import { addAmounts, areEqualAmounts, type LineAmounts, zeroAmounts } from '../domain/line-amounts.ts';
import type { ExecutionState } from '../domain/execution.ts';
import { assertWithinPaid, InvariantViolated, type Order, type OrderId } from '../domain/order.ts';
import { attempts } from '../dynamodb/backoff.ts';
import type { HistoryRepository, PastCancellation } from '../dynamodb/history-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { RequestStats } from '../signed-route/request-report.ts';

/** An order and its cancellations as of one instant, so that they add up. */
export interface OrderHistory {
  readonly order: Order;
  /** Unsorted; undefined if there are too many to list. */
  readonly cancellations: readonly PastCancellation[] | undefined;
  /** By returnRequestId. They change by themselves: they are as of the instant at which they were read. */
  readonly executions: ReadonlyMap<string, ExecutionState>;
}

export interface HistoryContext {
  readonly history: HistoryRepository;
  readonly runtime: Runtime;
  readonly stats: RequestStats;
  readonly remainingMs: RemainingMs;
}

/**
 * Reads an order, and then its cancellations up to the version that was read: those that others have added meanwhile are
 * left out. Executions are read beside the cancellations. While DynamoDB applies a cancellation, its order may show before its record does; then the two do not add
 * up and are read again. Undefined if there is no such order. Two round trips.
 * @throws InvariantViolated when they do not add up until the time is over: then the tables disagree
 */
export async function readHistory(id: OrderId, context: HistoryContext): Promise<OrderHistory | undefined> {
  const { history, runtime, stats, remainingMs } = context;
  for await (const _ of attempts(runtime, remainingMs, stats)) {
    const order = await history.findOrder(id, remainingMs);
    if (order === undefined) return undefined;
    assertWithinPaid(order);
    const [all, states] = await Promise.all([
      history.listCancellations(id, maxListedCancellations, remainingMs),
      history.listExecutions(id, maxListedCancellations, remainingMs),
    ]);
    // No execution is missing from a list: what cannot be read as a whole is too much to list.
    if (all === undefined || states === undefined) return { order, cancellations: undefined, executions: new Map() };
    const cancellations = all.filter(({ orderVersion }) => orderVersion <= order.version);
    const executions = new Map(states.map((state) => [state.returnRequestId, state]));
    if (addUp(order, cancellations)) return { order, cancellations, executions };
  }
  throw new InvariantViolated('The records of an order do not add up to what is canceled of it.');
}

function addUp({ lines }: Order, cancellations: readonly PastCancellation[]): boolean {
  const takenBySeq = new Map<number, LineAmounts>();
  for (const { seq, ...taken } of cancellations.flatMap((cancellation) => cancellation.lines)) {
    takenBySeq.set(seq, addAmounts(takenBySeq.get(seq) ?? zeroAmounts, taken));
  }
  return lines.every(({ seq, canceled }) => areEqualAmounts(takenBySeq.get(seq) ?? zeroAmounts, canceled));
}
