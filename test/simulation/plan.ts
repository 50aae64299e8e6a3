import type { CancellationRequest, RequestedItem } from '../../lambda/domain/cancellation.ts';
import { nothing, type Order, type OrderLine } from '../../lambda/domain/order.ts';
import { deliveryFaults, type Fault, faultKinds } from './faults.ts';
import { Random } from './random.ts';

/**
 * All that chance decides of a history, drawn from its seed before it begins: so a part of it can be left out, and the
 * rest stays as it was. Times are milliseconds from the beginning.
 */
export interface Plan {
  readonly seed: number;
  readonly orders: readonly Order[];
  readonly credentials: readonly Credential[];
  readonly sends: readonly Send[];
  /** The platform captures an authorized order. */
  readonly captures: ReadonlyArray<{ readonly order: number; readonly atMs: number }>;
  /** How far the clocks of the function's instances are off; with more instances they begin again. */
  readonly skewsMs: readonly number[];
}

/** An access key of a store. */
export interface Credential {
  readonly storeId: string;
  readonly name: string;
  readonly expiresAtMs: number;
  readonly revokedAtMs: number;
}

/** A merchant's wish to cancel, sent until it has a final answer. */
export interface Send {
  readonly atMs: number;
  readonly order: number;
  readonly credential: number;
  readonly request: CancellationRequest;
  /** Requests that mean the same cancellation have the same number. */
  readonly meaning: number;
  readonly currencyCode: string;
  readonly idempotencyKey: string | undefined;
  /** Whether the text is written in another way than usual: numbers, and the order of the fields. */
  readonly isRewritten: boolean;
  readonly flaw: Flaw | undefined;
  /** Chance in all that happens to it, whatever happens to others. */
  readonly seed: number;
  /** What goes wrong with the first tries, one list each. Later ones are spared. */
  readonly faults: ReadonlyArray<readonly Fault[]>;
  readonly patienceMs: number;
}

export const flaws = [
  'FORGED_SIGNATURE',
  'UNKNOWN_KEY',
  'OTHER_STORE',
  'MISSING_HEADER',
  'NOT_JSON',
  'INVALID_JSON',
  'TOO_LARGE',
  'UNKNOWN_FIELD',
] as const;
export type Flaw = (typeof flaws)[number];

export const dayMs = 24 * 60 * 60 * 1000;
export const maxSkewMs = 2000;
const never = 400 * dayMs;

export function drawPlan(seed: number): Plan {
  const random = new Random(seed);
  const orders = drawOrders(random);
  const credentials = drawCredentials(random);
  const sends = drawSends(random, orders, credentials);
  const captures = orders.flatMap((order, index) =>
    order.paymentStatus === 'AUTHORIZED' && random.chance(70) ? [{ order: index, atMs: random.below(60) }] : [],
  );
  const skewsMs = [0, 1, 2].map(() => (random.chance(50) ? 0 : random.between(-maxSkewMs, maxSkewMs)));
  return { seed, orders, credentials, sends, captures, skewsMs };
}

const stores = ['STORE-1', 'STORE-2'] as const;

function drawOrders(random: Random): Order[] {
  const order = drawOrder(random, 'STORE-1', 'ORD-1');
  if (random.chance(85)) return [order];
  // The same number in another store is another order.
  return random.chance(70) ? [order, { ...order, storeId: 'STORE-2' }] : [order, drawOrder(random, 'STORE-1', 'ORD-2')];
}

const exponents = { KRW: 0, USD: 2, KWD: 3 } as const;
type Currency = keyof typeof exponents;
const unitAmounts = [0n, 1n, 5n, 7n, 1050n, 3000n, 50_000n, 999_999n];

function drawOrder(random: Random, storeId: string, orderNo: string): Order {
  const lines: OrderLine[] = [];
  const count = random.chance(60) ? 1 : random.between(2, 4);
  for (let seq = 1; seq <= count; seq += 1) {
    const unitAmountMinor = random.pick(unitAmounts);
    lines.push({
      seq,
      itemType: random.pick(['PHYSICAL', 'PHYSICAL', 'DIGITAL', 'DELIVERY']),
      itemId: `P-${seq}`,
      quantity: random.chance(50) ? 1 : random.between(2, 3),
      unitAmountMinor,
      unitTaxMinor: random.chance(40) ? 0n : unitAmountMinor / 10n,
      canceled: nothing,
    });
  }
  return {
    storeId,
    orderNo,
    currencyCode: random.pick<Currency>(['KRW', 'USD', 'KWD']),
    paymentStatus: random.chance(78)
      ? 'CAPTURED'
      : random.pick(['AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED', 'REQUESTED', 'FAILED']),
    refundMethod: random.chance(85) ? 'ORIGINAL' : 'BANK_ACCOUNT',
    version: 1,
    lines,
  };
}

function drawCredentials(random: Random): Credential[] {
  const credentials: Credential[] = stores.map((storeId, index) => ({
    storeId,
    name: `access-key-${index}`,
    expiresAtMs: never,
    revokedAtMs: never,
  }));
  if (random.chance(88)) return credentials;
  // A key that ends, and the one that takes its place.
  const [first] = credentials as [Credential];
  const endsAtMs = random.pick([50, 3000, 30_000, 120_000]);
  const isRevoked = random.chance(60);
  const ending = { ...first, [isRevoked ? 'revokedAtMs' : 'expiresAtMs']: endsAtMs };
  return [ending, ...credentials.slice(1), { ...first, name: 'access-key-2' }];
}

function drawSends(random: Random, orders: readonly Order[], credentials: readonly Credential[]): Send[] {
  const isRough = random.chance(45);
  const isLong = random.chance(15);
  const requests: CancellationRequest[] = [];
  const texts: string[] = [];
  const meaningOf = (request: CancellationRequest): number => {
    const text = canonical(request);
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const sends: Send[] = [];
  const count = drawCount(random);
  let atMs = 0;
  while (sends.length < count) {
    atMs += drawPause(random, isLong);
    const earlier = sends.length > 0 && random.chance(65) ? random.pick(sends) : undefined;
    const order = earlier?.order ?? random.below(orders.length);
    const isOtherRequest = earlier === undefined || random.chance(12);
    const request = isOtherRequest ? drawRequest(random, orders[order] as Order) : rewritten(random, earlier.request);
    requests.push(request);
    sends.push({
      atMs,
      order,
      credential: credentialFor(random, credentials, (orders[order] as Order).storeId),
      request,
      meaning: meaningOf(request),
      currencyCode: random.chance(2) ? 'EUR' : (orders[order] as Order).currencyCode,
      idempotencyKey: earlier === undefined || random.chance(6) ? drawKey(random) : earlier.idempotencyKey,
      isRewritten: random.chance(20),
      flaw: random.chance(4) ? random.pick(flaws) : undefined,
      seed: random.next(),
      faults: isRough ? [drawFaults(random, 65), drawFaults(random, 40), drawFaults(random, 20)] : [],
      patienceMs: random.pick([800, 3000, 12_000, 30_000]),
    });
  }
  return sends;
}

function drawCount(random: Random): number {
  if (random.chance(1)) return random.between(6, 12);
  return random.pick([1, 2, 2, 2, 2, 2, 3, 4]);
}

/** Mostly at once, so that requests meet; now and then after the key's cache, or around the end of a retry window. */
function drawPause(random: Random, isLong: boolean): number {
  if (random.chance(75)) return random.below(14);
  if (!isLong) return random.below(3000);
  return random.pick([30_000, 61_000, 11 * 60_000, dayMs - 5000, dayMs, dayMs + 30_000]) + random.below(8000);
}

function credentialFor(random: Random, credentials: readonly Credential[], storeId: string): number {
  const own = credentials.map((_, index) => index).filter((index) => credentials[index]?.storeId === storeId);
  return random.pick(own);
}

/** Stands for a key that is, to the letter, the digest of the first request: no key may pass for a digest. */
export const digestKey = 'THE DIGEST OF THE FIRST REQUEST';

function drawKey(random: Random): string | undefined {
  const choice = random.below(20);
  if (choice < 9) return undefined;
  return choice === 9 ? digestKey : random.pick(['key-1', 'KEY-1', 'key 2']);
}

function drawFaults(random: Random, percent: number): Fault[] {
  if (!random.chance(percent)) return [];
  if (random.chance(10)) return drawOutage(random);
  const faults: Fault[] = [];
  const count = random.pick([1, 1, 2, 3]);
  for (let index = 0; index < count; index += 1) {
    const kind = random.chance(80) ? random.pick(faultKinds) : random.pick(deliveryFaults);
    const wire = random.below(5);
    faults.push({ kind, wire, choice: random.next() });
    // Sometimes it does not pass with the first retry.
    if (random.chance(25)) faults.push({ kind, wire: wire + 1, choice: random.next() });
    if (random.chance(10)) faults.push({ kind, wire: wire + 2, choice: random.next() });
  }
  return faults;
}

/** Of a kind that uses up the time of an invocation. */
function drawOutage(random: Random): Fault[] {
  const from = random.below(4);
  return Array.from({ length: 12 }, (_value, index) => {
    return { kind: random.pick(wearingFaults), wire: from + index, choice: random.next() };
  });
}

const wearingFaults = ['SLOW', 'SLOW', 'REQUEST_LOST', 'ANSWER_LOST', 'THROTTLED', 'CONFLICT', 'UNPROCESSED'] as const;

function drawRequest(random: Random, order: Order): CancellationRequest {
  const exponent = exponents[order.currencyCode as Currency];
  const wish = random.below(10);
  const isFull = wish < 4 || order.lines.length === 0;
  const isPart = !isFull && wish < 7;
  const lines = isFull ? order.lines : [random.pick(order.lines)];
  const hasTax = random.chance(70);
  const taxes = random.chance(80) ? 10n : BigInt(random.below(12));
  const items = lines.map((line) => drawItem(random, line, isPart, isFull, hasTax ? taxes : undefined, exponent));
  let total = 0;
  for (const { quantity, amount } of items) total += quantity * amount;
  total = rounded(total, exponent);
  const request: CancellationRequest = {
    orderNo: order.orderNo,
    totalCancelAmount: total,
    items,
    ...(order.refundMethod === 'BANK_ACCOUNT' && random.chance(85) ? { refundAccount } : {}),
  };
  return random.chance(7) ? mistaken(random, request) : request;
}

const refundAccount = { accountNumber: '110-234-567890', bankCode: '004', accountHolderName: 'HONG' };

function drawItem(
  random: Random,
  line: OrderLine,
  isPart: boolean,
  isWhole: boolean,
  taxTenths: bigint | undefined,
  exponent: number,
): RequestedItem {
  const { seq, itemType, itemId, unitAmountMinor, unitTaxMinor } = line;
  const isAmount = isPart && unitAmountMinor > 1n;
  const amountMinor = isAmount ? 1n + (BigInt(random.between(1, 9)) * (unitAmountMinor - 1n)) / 10n : unitAmountMinor;
  return {
    seq,
    itemType,
    itemId,
    quantity: isWhole ? line.quantity : random.between(1, line.quantity),
    amount: majorOf(amountMinor, exponent),
    ...(taxTenths === undefined ? {} : { taxAmount: majorOf((unitTaxMinor * taxTenths) / 10n, exponent) }),
  };
}

/** A request with a mistake that the rules find. */
function mistaken(random: Random, request: CancellationRequest): CancellationRequest {
  const [item, ...others] = request.items as [RequestedItem];
  const withItem = (changes: Partial<RequestedItem>) => ({ ...request, items: [{ ...item, ...changes }, ...others] });
  switch (random.below(8)) {
    case 0:
      return { ...request, totalCancelAmount: oneMoreThan(request.totalCancelAmount) };
    case 1:
      return withItem({ seq: 99 });
    case 2:
      return withItem({ itemId: 'ANOTHER' });
    case 3:
      return withItem({ amount: oneMoreThan(item.amount) });
    case 4:
      return withItem({ amount: 0.00001 });
    case 5:
      return withItem({ taxAmount: oneMoreThan(item.amount) });
    case 6:
      return { ...request, items: [item, ...request.items] };
    default:
      return { ...request, orderNo: 'ORD-9' };
  }
}

function oneMoreThan(amount: number): number {
  return rounded(amount + 1, 3);
}

/** The same cancellation in other words. */
function rewritten(random: Random, request: CancellationRequest): CancellationRequest {
  if (random.chance(80)) return request;
  const items = request.items.map((item) => (item.taxAmount === undefined ? { ...item, taxAmount: 0 } : item));
  return { ...request, items: items.toReversed() };
}

/** What a request means, whatever the order of its items and whether a tax of 0 is said. */
export function canonical({ orderNo, totalCancelAmount, refundAccount: account, items }: CancellationRequest): string {
  const lines = items.map(
    ({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }) =>
      `${seq} ${itemType} ${itemId} ${quantity} ${amount} ${taxAmount}`,
  );
  const to = account === undefined ? '' : Object.values(account).join(' ');
  return [orderNo, totalCancelAmount, to, ...lines.sort()].join('\n');
}

function majorOf(minor: bigint, exponent: number): number {
  return Number(minor) / 10 ** exponent;
}

function rounded(amount: number, exponent: number): number {
  return Math.round(amount * 10 ** exponent) / 10 ** exponent;
}
