import type { Order } from '../../../../lambda/domain/order.ts';
import type { Random } from '../../../support/random.ts';
import { isUnpaid } from '../order-model.ts';
import type { Plan } from '../plan.ts';
import { drawCopies, drawMoment, some } from './draw-times.ts';
import {
  type ElsewhereLine,
  eventFlaws,
  type PlannedEvent,
  type PlatformEventKind,
  type PlatformPlan,
} from './platform-plan.ts';

/** @param captures those of the plan, which come as events */
export function drawPlatform(random: Random, { orders, captures }: Plan): PlatformPlan {
  const comingOrders: number[] = [];
  const events: PlannedEvent[] = [];
  for (const [index, order] of orders.entries()) {
    const add = (kind: PlatformEventKind, atMs: number, items: readonly ElsewhereLine[] = []) => {
      const flaw = random.chance(5) ? random.pick(eventFlaws) : undefined;
      events.push({ kind, order: index, atMs, copiesMs: drawCopies(random), items, flaw });
    };
    const capturesMs = captures.filter((capture) => capture.order === index).map(({ atMs }) => atMs);
    const isComing = random.chance(30);
    if (isComing) {
      comingOrders.push(index);
      addArrival(random, order, add);
    }
    for (const atMs of capturesMs) add('CAPTURED', atMs);
    if (isUnpaid(order.paymentStatus)) {
      if (random.chance(35)) add('AUTHORIZED', random.below(60));
      if (random.chance(10)) add('FAILED', random.below(120));
      // Of an order that was voided it is a late deposit.
      if (random.chance(30)) add('CAPTURED', drawMoment(random));
    }
    // Whatever it is, it may contradict.
    for (const kind of some(random, 5, 2, () => random.pick(anyKind))) add(kind, drawMoment(random));
    for (const items of some(random, 18, 2, () => drawElsewhere(random, order))) {
      add('REFUNDED_ELSEWHERE', drawMoment(random), items);
    }
  }
  return { comingOrders, events };
}

const anyKind = ['REGISTERED', 'AUTHORIZED', 'CAPTURED', 'CAPTURED_WITH_ORDER', 'FAILED'] as const;

/** How an order comes in that ends up as it is planned. */
function addArrival(
  random: Random,
  { paymentStatus }: Order,
  add: (kind: PlatformEventKind, atMs: number) => void,
): void {
  const beginMs = random.below(60);
  if (paymentStatus === 'CAPTURED' && random.chance(40)) {
    add('CAPTURED_WITH_ORDER', beginMs);
    return;
  }
  add('REGISTERED', beginMs);
  if (paymentStatus === 'FAILED') add('FAILED', beginMs + random.below(60));
  else if (paymentStatus !== 'REQUESTED' && random.chance(70)) add('AUTHORIZED', beginMs + random.below(40));
  if (paymentStatus === 'CAPTURED') add('CAPTURED', beginMs + random.below(80));
}

function drawElsewhere(random: Random, { lines }: Order): ElsewhereLine[] {
  const isWhole = random.chance(20);
  return (isWhole ? lines : [random.pick(lines)]).map(({ seq, quantity, unitAmountMinor }) => {
    const isPart = !isWhole && unitAmountMinor > 1n && random.chance(40);
    return {
      seq,
      quantity: isWhole ? quantity : random.between(1, quantity),
      amountMinor: isPart ? 1n + (unitAmountMinor * BigInt(random.below(9))) / 10n : unitAmountMinor,
    };
  });
}
