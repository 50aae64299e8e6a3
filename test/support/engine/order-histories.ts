import type { DescribedLine } from '../../../lambda/domain/new-order.ts';
import type { OrderId, RefundMethod } from '../../../lambda/domain/order.ts';
import type { ElsewhereItem } from '../../../lambda/domain/refunded-elsewhere.ts';
import { authorized, captured, capturedWithOrder, failed, refundedElsewhere, registered } from '../platform-events.ts';
import { Random } from '../random.ts';

/** An event of a history, with what it is for whoever judges. */
export interface PlannedEvent {
  readonly kind: 'REGISTERED' | 'AUTHORIZED' | 'CAPTURED' | 'FAILED' | 'ELSEWHERE';
  /** Whether it can never be taken, whatever the order is: another order under its number, or a part of its amount. */
  readonly isWrong: boolean;
  readonly bringsOrder: boolean;
  /** Of money that went back elsewhere: the id of the event, and what it says. */
  readonly eventId: string;
  readonly items: readonly ElsewhereItem[];
  readonly message: object;
  /** How often it is delivered, besides what comes again. */
  readonly deliveries: number;
}

export interface PlannedRequest {
  readonly key: string;
  readonly items: readonly ElsewhereItem[];
  readonly account: object | undefined;
}

/** What becomes of a void at the executor. */
export type VoidEnd = 'VOIDED' | 'REFUNDED' | 'FAILED' | 'PENDING_THEN_VOIDED' | 'RESOLVED';

/** What happens to one order: on the platform, at the merchant and at the executor. */
export interface OrderHistory {
  readonly seed: number;
  readonly id: OrderId;
  readonly lines: readonly DescribedLine[];
  readonly refundMethod: RefundMethod;
  readonly events: readonly PlannedEvent[];
  readonly requests: readonly PlannedRequest[];
  readonly voidEnd: VoidEnd;
}

const complete = { accountNumber: '110-234-567890', bankCode: 'KB', accountHolderName: 'Hong Gildong' };

/** Draws a history. Equal seeds, equal histories. */
export function orderHistoryOf(seed: number, storeId: string): OrderHistory {
  const random = new Random(seed);
  const id = { storeId, orderNo: `O${seed}` };
  const lines = Array.from({ length: random.between(1, 3) }, (_value, index) => lineOf(index + 1, random));
  const refundMethod = random.chance(30) ? 'BANK_ACCOUNT' : 'ORIGINAL';
  const total = lines.reduce((sum, { quantity, amount }) => sum + quantity * amount, 0);
  const events: PlannedEvent[] = [];
  const add = (
    percent: number,
    kind: PlannedEvent['kind'],
    message: object,
    { isWrong = false, bringsOrder = false, eventId = '', items = [] }: Partial<PlannedEvent> = {},
  ) => {
    if (!random.chance(percent)) return;
    const deliveries = random.pick([1, 1, 2, 2, 3]);
    events.push({ kind, isWrong, bringsOrder, eventId, items, message, deliveries });
  };

  const order = { refundMethod, items: lines };
  const amount = { amount: total };
  const hasRegistration = random.chance(75);
  if (hasRegistration) add(100, 'REGISTERED', registered(id, order), { bringsOrder: true });
  add(55, 'AUTHORIZED', authorized(id));
  add(60, 'CAPTURED', captured(id, amount));
  add(hasRegistration ? 15 : 80, 'CAPTURED', capturedWithOrder(id, order, amount), { bringsOrder: true });
  add(20, 'FAILED', failed(id));
  add(8, 'CAPTURED', captured(id, { amount: total + 1 }), { isWrong: true });
  const others = [{ ...lines[0], quantity: 9 }, ...lines.slice(1)];
  // Only where the right one is first does it say nothing of its own.
  if (hasRegistration) add(8, 'REGISTERED', registered(id, { refundMethod, items: others }), { isWrong: true });
  const refunds = random.chance(45) ? random.between(1, 3) : 0;
  for (let index = 1; index <= refunds; index += 1) {
    const eventId = `refund-${index}`;
    const items = [itemOf(random.pick(lines), random)];
    add(100, 'ELSEWHERE', refundedElsewhere(id, eventId, items), { eventId, items });
    const changed = items.map((item) => ({ ...item, amount: item.amount + 1 }));
    add(8, 'ELSEWHERE', refundedElsewhere(id, eventId, changed), { eventId, items: changed });
  }
  return {
    seed,
    id,
    lines,
    refundMethod,
    events,
    requests: requestsOf(lines, random),
    voidEnd: random.pick(['VOIDED', 'REFUNDED', 'FAILED', 'PENDING_THEN_VOIDED', 'RESOLVED']),
  };
}

function lineOf(seq: number, random: Random): DescribedLine {
  const amount = random.pick([0, 7, 100, 1000, 12_345]);
  return {
    seq,
    itemType: random.pick(['PHYSICAL', 'DELIVERY'] as const),
    itemId: `P${seq}`,
    quantity: random.between(1, 3),
    amount,
    taxAmount: random.chance(50) ? Math.floor(amount / 11) : 0,
  };
}

/** Whole units, a part of an amount, or more than there is. */
function itemOf({ seq, quantity, amount }: DescribedLine, random: Random): ElsewhereItem {
  return {
    seq,
    quantity: random.chance(85) ? random.between(1, quantity) : quantity + 1,
    amount: random.chance(60) ? amount : Math.ceil(amount / random.between(2, 4)),
  };
}

function requestsOf(lines: readonly DescribedLine[], random: Random): PlannedRequest[] {
  const account = random.pick([complete, complete, complete, { bankCode: 'KB' }, undefined]);
  const whole = lines.map(({ seq, quantity, amount }) => ({ seq, quantity, amount }));
  const requests: PlannedRequest[] = [];
  if (random.chance(45)) requests.push({ key: 'whole', items: whole, account });
  const parts = random.chance(30) ? random.between(1, 2) : 0;
  for (let index = 1; index <= parts; index += 1) {
    requests.push({ key: `part-${index}`, items: [itemOf(random.pick(lines), random)], account: complete });
  }
  return requests;
}
