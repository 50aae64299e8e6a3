import type { CancelCommand } from '../../lambda/cancel/cancel-command.ts';
import type { CancelOutcome } from '../../lambda/cancel/cancel-outcome.ts';
import { cancelPayment } from '../../lambda/cancel/cancel-payment.ts';
import type { Order } from '../../lambda/domain/order.ts';
import type { CancellationRecord } from '../../lambda/dynamodb/items.ts';
import { DatabaseUnavailable } from '../../lambda/dynamodb/failures.ts';
import type {
  Busy,
  CancellationWrite,
  CommitOutcome,
  Found,
  Loaded,
  OrderRepository,
} from '../../lambda/dynamodb/order-repository.ts';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import type { RequestStats } from '../../lambda/signed-route/request-report.ts';
import { startOfTest } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { commandFor } from './commands.ts';

/** What the repository answers to each kind of call, first to last; the last answer of a kind is repeated. */
export interface Script {
  readonly command?: CancelCommand;
  /** The order as it is by default, with nothing canceled. */
  readonly loads?: ReadonlyArray<Loaded | Busy | Error>;
  readonly commits?: ReadonlyArray<CommitOutcome | Error>;
  readonly looks?: ReadonlyArray<Found | Busy | Error>;
  /** What remains for the request, in milliseconds. Only pauses and calls take time. */
  readonly timeMs?: number;
  /** How long each write takes. */
  readonly commitMs?: number;
}

export interface Played {
  readonly settled: Promise<CancelOutcome>;
  /** What was done, such as `load`, `pause 25`, `commit of version 1` and `look`. */
  readonly steps: readonly string[];
  readonly writes: readonly CancellationWrite[];
  /** The time that each call was given, in milliseconds, with its step. */
  readonly given: ReadonlyArray<readonly [step: string, ms: number]>;
  readonly stats: RequestStats;
}

export function loaded(order: Order | undefined = orderOf(), record?: CancellationRecord): Loaded {
  return { kind: 'LOADED', order, record };
}

/** The order after another cancellation, which took 1 of its first line, in this version. */
export function orderAfter(version: number, overrides: Partial<Order> = {}): Order {
  const canceled = { units: 0, amountMinor: 1n, taxMinor: 0n };
  return orderOf({
    version,
    paymentStatus: 'PARTIALLY_CANCELED',
    lines: orderOf().lines.map((line) => (line.seq === 1 ? { ...line, canceled } : line)),
    ...overrides,
  });
}

export const found = (record?: CancellationRecord): Found => ({ kind: 'FOUND', record });
export const busy: Busy & { isOpen: false } = { kind: 'BUSY', isConflict: false, isOpen: false };
export const conflict: CommitOutcome = { kind: 'BUSY', isConflict: true, isOpen: false };
export const committed: CommitOutcome = { kind: 'COMMITTED', isOpen: false };
export const unanswered: CommitOutcome = { kind: 'UNANSWERED', isOpen: true };

export function changedTo(order: Order | undefined): CommitOutcome {
  return { kind: 'ORDER_CHANGED', order, isOpen: false };
}

/** Cancels through a repository that answers as the script says. Every pause is half of its longest. */
export function play({ command = commandFor(), timeMs = 9500, commitMs = 0, ...script }: Script = {}): Played {
  const steps: string[] = [];
  const writes: CancellationWrite[] = [];
  const given: Array<readonly [string, number]> = [];
  const stats: RequestStats = { attempts: 0, conflicts: 0, isOutcomeUnknown: false };
  let spentMs = 0;
  const remainingMs = () => timeMs - spentMs;
  const answering = <Answer>(answers: ReadonlyArray<Answer | Error>) => {
    let calls = 0;
    return (step: string, givenMs: number): Answer => {
      endInTime(givenMs);
      steps.push(step);
      given.push([step, givenMs]);
      const answer = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      if (answer === undefined) throw new TypeError(`The script has no answer to ${step}.`);
      if (answer instanceof Error) throw answer;
      return answer;
    };
  };
  const load = answering(script.loads ?? [loaded()]);
  const commit = answering(script.commits ?? [committed]);
  const look = answering(script.looks ?? []);
  const orders: OrderRepository = {
    load: async (_key, remaining) => load('load', remaining()),
    findRecord: async (_key, remaining) => look('look', remaining()),
    commit: async (write, remaining) => {
      const givenMs = remaining();
      endInTime(givenMs);
      writes.push(write);
      spentMs += commitMs;
      return commit(`commit of version ${write.order.version}`, givenMs);
    },
  };
  const runtime: Runtime = {
    now: () => startOfTest,
    newId: () => '',
    random: () => 0.5,
    sleep: async (ms) => {
      steps.push(`pause ${ms}`);
      spentMs += ms;
    },
  };
  const settled = cancelPayment(command, { orders, runtime, stats, remainingMs });
  return { settled, steps, writes, given, stats };
}

/** What the real repository does before every call. */
function endInTime(remainingMs: number): void {
  if (remainingMs <= 0) throw new DatabaseUnavailable('No time remains for another call.');
}
