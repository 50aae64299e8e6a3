import type { Order } from '../../../../lambda/domain/order.ts';
import { smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import type { BankAccount } from '../../../../tools/conformance/executor.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf, type Store } from '../../../../tools/in-memory/requests.ts';
import { newStore } from '../../../support/engine/engine-service.ts';
import { Random } from '../../../support/random.ts';

export interface Plan {
  readonly stores: readonly Store[];
  readonly orders: readonly Order[];
  /** In the sequence in which they are sent; those of the reserved store are among them. */
  readonly cancellations: readonly PlannedCancellation[];
}

export interface PlannedCancellation {
  readonly store: Store;
  readonly order: Order;
  /** The body of the request. */
  readonly text: string;
  /** In major units: all that is to go back. Within its order no other cancellation has the same. */
  readonly amount: number;
  readonly account: BankAccount | undefined;
  /** What an operator names when the refund is tried again; undefined for the account of before, if there is one. */
  readonly otherAccount: BankAccount | undefined;
  readonly deed: Deed;
}

/** What the PSP does with a refund. */
export interface Deed {
  /** How many attempts fail before one succeeds. */
  readonly failures: number;
  /** Whether the PSP accepts first, and says later what became of it. */
  readonly isLate: boolean;
  /** Whether the money of a void was taken already, so that it has to be refunded. */
  readonly isCaptured: boolean;
}

/** Parts of every account that is made here, and of nothing else: wherever one of them stands, an account has leaked. */
export const accountPattern = /110-?77319|Leaky Holder/;

const storeCount = 3;
const smokePercent = 8;

/** The cancellations of a seed, those of the reserved store not counted. */
export function drawPlan(seed: number, count: number): Plan {
  const random = new Random(seed);
  const stores = Array.from({ length: storeCount }, newStore);
  const smoke: Store = { ...newStore(), ...smokeStore };
  const orders: Order[] = [];
  const cancellations: PlannedCancellation[] = [];
  let isResolvedPlanned = false;
  let planned = 0;
  while (planned < count) {
    const isSmoke = random.chance(smokePercent);
    const store = isSmoke ? smoke : random.pick(stores);
    const order = drawOrder(random, store.storeId, `CHAIN-${seed}-${orders.length + 1}`);
    const wanted = isSmoke ? 3 : count - planned;
    // One at least is never paid, and settled by hand.
    const isHopeless = !isSmoke && order.paymentStatus === 'CAPTURED' && (!isResolvedPlanned || random.chance(1));
    const drawn = drawCancellations(random, store, order).slice(0, wanted);
    if (isHopeless && drawn[0] !== undefined) {
      drawn[0] = { ...drawn[0], deed: { ...drawn[0].deed, failures: Infinity } };
      isResolvedPlanned = true;
    }
    orders.push(order);
    cancellations.push(...drawn);
    if (!isSmoke) planned += drawn.length;
  }
  return { stores: [...stores, smoke], orders, cancellations };
}

export function isSmoke({ store }: PlannedCancellation): boolean {
  return store.storeId === smokeStore.storeId;
}

/** By what a PSP and an executor know of a refund. */
export function refundKeyOf(storeId: string, orderNo: string, amount: number): string {
  return `${storeId}/${orderNo} ${amount}`;
}

/** Amounts that no sum of others is: each line twice, at most. */
const leastAmounts = [1000, 5000, 20_000];

function drawOrder(random: Random, storeId: string, orderNo: string): Order {
  return orderOf({
    storeId,
    orderNo,
    currencyCode: random.pick(['KRW', 'KRW', 'USD']),
    paymentStatus: random.chance(20) ? 'AUTHORIZED' : 'CAPTURED',
    refundMethod: random.chance(40) ? 'BANK_ACCOUNT' : 'ORIGINAL',
    lines: leastAmounts.map((least, index) => {
      const unitAmountMinor = BigInt(least + random.below(900));
      return lineOf({ seq: index + 1, quantity: 2, unitAmountMinor, unitTaxMinor: unitAmountMinor / 11n });
    }),
  });
}

/** An order that was not captured is canceled as a whole; of others some lines are, each by a request of its own. */
function drawCancellations(random: Random, store: Store, order: Order): PlannedCancellation[] {
  if (order.paymentStatus === 'AUTHORIZED') {
    const items = order.lines.map(({ seq }) => ({ seq, quantity: 2 }));
    return [drawCancellation(random, store, order, items)];
  }
  return order.lines
    .slice(0, random.between(1, order.lines.length))
    .map(({ seq }) => drawCancellation(random, store, order, [{ seq, quantity: random.between(1, 2) }]));
}

function drawCancellation(
  random: Random,
  store: Store,
  order: Order,
  wanted: ReadonlyArray<{ readonly seq: number; readonly quantity: number }>,
): PlannedCancellation {
  const factor = order.currencyCode === 'USD' ? 100 : 1;
  const minorOf = (seq: number) => Number(order.lines[seq - 1]?.unitAmountMinor);
  const totalMinor = wanted.reduce((sum, { seq, quantity }) => sum + quantity * minorOf(seq), 0);
  const isVoid = order.paymentStatus === 'AUTHORIZED';
  const needsAccount = order.refundMethod === 'BANK_ACCOUNT';
  // Of a void it may be missing: then a capture that came meanwhile fails, until an operator names one.
  const account = needsAccount && !(isVoid && random.chance(50)) ? drawAccount(random) : undefined;
  const amount = totalMinor / factor;
  const items = wanted.map(({ seq, quantity }) =>
    itemOf({ seq, quantity, itemId: 'P001', amount: minorOf(seq) / factor }),
  );
  return {
    store,
    order,
    text: JSON.stringify(
      requestOf(items, {
        orderNo: order.orderNo,
        totalCancelAmount: amount,
        ...(account && { refundAccount: account }),
      }),
    ),
    amount,
    account,
    otherAccount: needsAccount && (account === undefined || random.chance(50)) ? drawAccount(random) : undefined,
    deed: {
      failures: random.chance(12) ? random.between(1, 2) : 0,
      isLate: random.chance(30),
      isCaptured: !isVoid || random.chance(40),
    },
  };
}

function drawAccount(random: Random): BankAccount {
  const digits = String(random.below(1_000_000)).padStart(6, '0');
  return { accountNumber: `110-77319-${digits}`, bankCode: 'KB', accountHolderName: `Leaky Holder ${digits}` };
}
