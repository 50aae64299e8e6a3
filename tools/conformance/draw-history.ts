import type { CancellationKind } from '../../lambda/domain/cancellation.ts';
import type { Execution } from '../../lambda/domain/execution.ts';
import { Chance } from './chance.ts';
import { dayMs, hourMs, minuteMs, secondMs } from './virtual-clock.ts';

/** All that is decided before a history is played. The rest is drawn from its seed while it goes on. */
export interface History {
  readonly seed: number;
  /** Of each call of the executor, so many percent fail, before or after they have taken effect. 0: nothing fails. */
  readonly faultPercent: number;
  /** Of each run, so many percent end in the middle, together with all that the process remembers. */
  readonly crashPercent: number;
  /** Whether what failed comes again only days later, as a dead letter that somebody sends again. */
  readonly comesAgainLate: boolean;
  /** Whether the PSP answers another call under a known key as the first one, or refuses it. */
  readonly pspComparesCalls: boolean;
  /** Whether reports are lost after the bus took them. In the end each request is published again. */
  readonly losesReports: boolean;
  readonly refunds: readonly PlannedRefund[];
}

export interface PlannedRefund {
  readonly requested: Execution;
  /** When its request is delivered, from the start on: at once, doubled, and long after. */
  readonly deliveriesMs: readonly number[];
  /** When the money of a void is captured, from the start on. Undefined: never. */
  readonly capturedMs: number | undefined;
  /** When its account ends, from the start on. Infinity: it is kept. */
  readonly accountEndsMs: number;
  /** What the PSP does with the first calls that it executes; with all others it succeeds at once. */
  readonly behaviors: readonly Behavior[];
  /** Whether an operator retries it when it fails. */
  readonly isRetried: boolean;
}

export type Behavior = 'SUCCEEDS' | 'REFUSES' | 'SUCCEEDS_LATER' | 'FAILS_LATER' | 'COMES_BACK';

export const startMs = Date.UTC(2026, 0, 1);

interface Money {
  readonly currencyCode: string;
  readonly amountMinor: bigint;
}

const amounts: readonly [Money, ...Money[]] = [
  { currencyCode: 'KRW', amountMinor: 106_000n },
  { currencyCode: 'KRW', amountMinor: 1n },
  { currencyCode: 'USD', amountMinor: 1050n },
  { currencyCode: 'KWD', amountMinor: 999_999_999_999_999n },
  { currencyCode: 'JPY', amountMinor: 0n },
];

export function drawHistory(seed: number): History {
  const chance = new Chance(seed);
  // Every fifth history is a calm one: whatever is wrong in it is not the weather's fault.
  const isCalm = seed % 5 === 0;
  // The same for all refunds of a history: only their ids keep two of one order apart.
  const money = chance.pick(amounts);
  return {
    seed,
    faultPercent: isCalm ? 0 : chance.pick([0, 5, 15, 30]),
    crashPercent: isCalm ? 0 : chance.pick([0, 20, 60]),
    comesAgainLate: chance.percent(40),
    pspComparesCalls: chance.percent(50),
    losesReports: !isCalm && chance.percent(20),
    refunds: Array.from({ length: chance.between(1, 3) }, (_, index) => drawRefund(chance, money, seed, index)),
  };
}

function drawRefund(chance: Chance, money: Money, seed: number, index: number): PlannedRefund {
  const kind: CancellationKind = chance.percent(35) ? 'VOID' : 'REFUND';
  const requested: Execution = {
    storeId: 'STORE-1',
    orderNo: `ORD-${seed}-${chance.between(1, 2)}`,
    returnRequestId: `RETREQ${String(seed * 4 + index).padStart(26, '0')}`,
    kind,
    ...money,
    attempt: 1,
    sequence: 0,
    status: 'REQUESTED',
    requestedAtMs: startMs,
    updatedAtMs: startMs,
    hasAccount: chance.percent(40),
  };
  return {
    // Each void has an order of its own: it cancels the whole of it.
    requested: kind === 'VOID' ? { ...requested, orderNo: `ORD-${seed}-VOID-${index}` } : requested,
    deliveriesMs: drawDeliveries(chance),
    capturedMs:
      kind === 'REFUND' ? 0 : chance.pick([undefined, 0, chance.between(1, 2000), chance.between(1, 2 * dayMs)]),
    // Some have ended when the request comes for the first time, some do so while it is executed, some before a replay.
    accountEndsMs: chance.percent(60) ? Infinity : chance.pick([0, chance.between(1, hourMs), 28 * dayMs]),
    behaviors: Array.from({ length: chance.between(0, 3) }, () =>
      chance.pick<Behavior>(['SUCCEEDS', 'REFUSES', 'SUCCEEDS_LATER', 'FAILS_LATER', 'COMES_BACK']),
    ),
    isRetried: chance.percent(70),
  };
}

function drawDeliveries(chance: Chance): number[] {
  const deliveries = [chance.between(0, secondMs)];
  // At the same time, a little later, after the PSP's key has expired, and long after it.
  const reaches = [20, 5 * minuteMs, 30 * hourMs, 40 * dayMs] as const;
  for (const reach of reaches) if (chance.percent(40)) deliveries.push(chance.between(reach / 2, reach));
  return deliveries;
}
