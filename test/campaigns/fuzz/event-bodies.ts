import type { Order } from '../../../lambda/domain/order.ts';
import { majorUnits } from '../../support/expected-event.ts';
import type { Random } from '../../support/random.ts';
import { mutatedBytes } from './mutate-bytes.ts';
import { spoil } from './report-bodies.ts';
import { type Members, members, textOf, type Tree } from './tree.ts';
import { account } from './world.ts';

/** The body of a message: what a platform says of an order, or what somebody made of it. */
export function eventBody(order: Order, random: Random): string {
  const text = textOf(eventTree(order, random), random);
  if (!random.chance(8)) return text;
  const another = () => Buffer.from(textOf(eventTree(order, random), random));
  return mutatedBytes(Buffer.from(text), random, another).toString('utf8');
}

function eventTree(order: Order, random: Random): Members {
  const type = random.pick(types);
  const detail = members({
    specversion: '"1.0"',
    id: JSON.stringify(random.pick(['evt-1', 'a:b.c_d-e', 'x'.repeat(128)])),
    source: '"payment-platform"',
    type: JSON.stringify(type),
    time: random.pick(['"2025-12-30T21:14:14Z"', '"2025-12-30T21:14:14.909123456+09:00"']),
    data: dataOf(type, order, random),
    // Platforms may send more.
    paidBy: random.chance(20) ? JSON.stringify(account) : undefined,
  });
  const body = members({ version: '"0"', 'detail-type': JSON.stringify(type), source: '"payment-platform"', detail });
  if (random.chance(35)) spoil(body, random);
  return body;
}

const types = [
  'order.registered.v1',
  'payment.authorized.v1',
  'payment.captured.v1',
  'payment.captured.v1',
  'payment.failed.v1',
  'payment.refunded_elsewhere.v1',
  'payment.refunded_elsewhere.v1',
] as const;

function dataOf(type: (typeof types)[number], order: Order, random: Random): Members {
  const { storeId, orderNo, currencyCode, refundMethod, lines } = order;
  const id = { storeId: JSON.stringify(storeId), orderNo: JSON.stringify(orderNo) };
  const currency = { currencyCode: JSON.stringify(random.chance(95) ? currencyCode : random.pick(['USD', 'KRW'])) };
  const major = (minor: bigint) => amountOf(majorUnits(minor, currencyCode), random);
  const described = {
    refundMethod: JSON.stringify(random.chance(95) ? refundMethod : 'ORIGINAL'),
    items: listOf(
      lines.map(({ seq, itemType, itemId, quantity, unitAmountMinor, unitTaxMinor }) =>
        members({
          seq: String(random.chance(97) ? seq : 1),
          itemType: JSON.stringify(itemType),
          itemId: JSON.stringify(itemId),
          quantity: String(quantity),
          amount: major(unitAmountMinor),
          taxAmount: unitTaxMinor > 0n ? major(unitTaxMinor) : undefined,
        }),
      ),
    ),
  };
  switch (type) {
    case 'order.registered.v1':
      return members({ ...id, ...currency, ...described });
    case 'payment.captured.v1': {
      const total = lines.reduce((sum, { quantity, unitAmountMinor }) => sum + BigInt(quantity) * unitAmountMinor, 0n);
      return members({
        ...id,
        ...currency,
        amount: major(total),
        order: random.chance(40) ? members(described) : undefined,
      });
    }
    case 'payment.refunded_elsewhere.v1': {
      const some = random.chance(30) ? lines : [random.pick(lines)];
      const items = some.map(({ seq, quantity, unitAmountMinor }) => {
        const isPart = random.chance(40);
        return members({
          seq: String(random.chance(96) ? seq : 9),
          quantity: String(random.between(1, quantity + Number(random.chance(8)))),
          amount: major(isPart ? unitAmountMinor / 2n : unitAmountMinor),
        });
      });
      return members({ ...id, ...currency, reason: random.pick(['"REFUND"', '"CHARGEBACK"']), items: listOf(items) });
    }
    case 'payment.authorized.v1':
    case 'payment.failed.v1':
      return members(id);
  }
}

function listOf(items: Tree[]): Tree {
  return { items };
}

function amountOf(amount: number, random: Random): string {
  if (random.chance(95)) return String(amount);
  return random.pick([String(amount + 1), `${amount}e0`, String(-amount), '0.12345', '1e400', '3000.0000000000000001']);
}
