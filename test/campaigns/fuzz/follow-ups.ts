import type { Order } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';
import { otherAccount } from './accounts.ts';
import { ifMatchFor, keyHeaders } from './optional-headers.ts';
import { type FuzzRequest, type Header, requestOn, signedBytesOf, withBytes } from './request.ts';

/** A later request, and how long after the one before. */
export interface FollowUp {
  readonly request: FuzzRequest;
  readonly passedMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What may follow a cancellation: the same once more, the same said otherwise, nearly the same, or another one.
 * @param before a request that was accepted @param order as it is now
 */
export function followUp(before: FuzzRequest, order: Order, random: Random): FollowUp {
  const passedMs = random.chance(25) ? random.pick([1, dayMs, dayMs + 1]) : 0;
  if (random.chance(35)) return { request: requestOn(order, random), passedMs };
  const body = JSON.parse(signedBytesOf(before).toString('utf8')) as Body;
  const change = random.chance(40) ? undefined : random.pick(changes);
  const changed = change === undefined ? before : withBytes(before, Buffer.from(JSON.stringify(change(body, random))));
  const headers = random.chance(60) ? changed.headers : otherHeaders(changed.headers, order, random);
  return { request: { ...changed, headers }, passedMs };
}

/** As an accepted request has it. */
interface Body {
  readonly refundAccount?: Readonly<Record<string, unknown>>;
  readonly items: ReadonlyArray<{ readonly quantity: number; readonly amount: number; readonly taxAmount?: number }>;
}

const changes: ReadonlyArray<(body: Body, random: Random) => Body> = [
  reordered,
  withOtherTax,
  withOtherTax,
  withOtherTax,
  withOtherAccount,
  withOtherAccount,
  withOtherAccount,
  withOtherQuantity,
];

/** The same with its items and its names in another sequence. */
function reordered(body: Body): Body {
  const reversed = { ...body, items: body.items.toReversed() };
  return Object.fromEntries(Object.entries(reversed).toReversed()) as unknown as Body;
}

function withOtherTax(body: Body, random: Random): Body {
  const at = random.below(body.items.length);
  const items = body.items.map(({ taxAmount, ...item }, index) => {
    if (index !== at) return { ...item, ...(taxAmount === undefined ? {} : { taxAmount }) };
    const other = random.pick([undefined, 0, 1, item.amount, (taxAmount ?? 0) + 1, taxAmount]);
    return { ...item, ...(other === undefined ? {} : { taxAmount: other }) };
  });
  return { ...body, items };
}

function withOtherAccount({ refundAccount, ...body }: Body, random: Random): Body {
  if (random.chance(10)) return body;
  return { ...body, refundAccount: otherAccount(refundAccount ?? {}, random) };
}

function withOtherQuantity(body: Body, random: Random): Body {
  const at = random.below(body.items.length);
  const items = body.items.map((item, index) =>
    index === at ? { ...item, quantity: item.quantity === 1 ? 2 : item.quantity - 1 } : item,
  );
  return { ...body, items };
}

/** Another key or none, the same key under its other name, another currency, or a state that the order must have. */
function otherHeaders(headers: readonly Header[], order: Order, random: Random): Header[] {
  const without = (...names: string[]) => headers.filter(([name]) => !names.includes(name.toLowerCase()));
  const keyNames = ['x-idempotency-key', 'idempotency-key'];
  switch (random.below(6)) {
    case 0:
      return without(...keyNames);
    case 1:
      return [...without(...keyNames), ...keyHeaders(random)];
    case 2:
      return headers.map(([name, value]): Header => renamedKey(name, value, random));
    case 3:
      return headers.map(
        ([name, value]): Header => [name, name === 'X-Currency-Code' ? random.pick(['EUR', 'USD']) : value],
      );
    default:
      return [...without('if-match'), ['If-Match', ifMatchFor(order, random)]];
  }
}

function renamedKey(name: string, value: string, random: Random): Header {
  if (name === 'X-Idempotency-Key' && !value.includes('"')) {
    return ['Idempotency-Key', random.chance(50) ? value : `"${value}"`];
  }
  return name === 'Idempotency-Key' ? ['X-Idempotency-Key', value.replace(/^"(.*)"$/s, '$1')] : [name, value];
}
