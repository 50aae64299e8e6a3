import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { type Order, type OrderLine } from '../../../lambda/domain/order.ts';
import { drawRepetition, drawRequest, exponents } from './draw-request.ts';
import { deliveryFaults, type Fault, faultKinds } from './faults.ts';
import {
  type PlannedCredential,
  dayMs,
  digestKey,
  flaws,
  type IfMatch,
  impossibleRows,
  keyStyles,
  maxSkewMs,
  type Plan,
  type Send,
} from './plan.ts';
import { cancellationOf } from './repeats.ts';
import { isUnpaid } from './order-model.ts';
import { Random } from '../../support/random.ts';
import { zeroAmounts } from '../../../lambda/domain/line-amounts.ts';

const never = 400 * dayMs;

export function drawPlan(seed: number): Plan {
  const random = new Random(seed);
  const orders = drawOrders(random);
  const credentials = drawCredentials(random);
  const sends = drawSends(random, orders, credentials);
  const captures = orders.flatMap((order, index) =>
    isUnpaid(order.paymentStatus) && random.chance(70) ? [{ order: index, atMs: random.below(60) }] : [],
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

/** The tax of a unit is its amount divided by one of these. */
const taxDivisors = [10n ** 9n, 10n ** 9n, 10n, 10n, 11n, 3n, 1n];
const unitAmounts = [0n, 1n, 5n, 7n, 1050n, 3000n, 50_000n, 999_999n];

function drawOrder(random: Random, storeId: string, orderNo: string): Order {
  const lines: OrderLine[] = [];
  const count = random.chance(60) ? 1 : random.chance(2) ? random.between(11, 24) : random.between(2, 4);
  for (let seq = 1; seq <= count; seq += 1) {
    const unitAmountMinor = random.pick(unitAmounts);
    lines.push({
      seq,
      itemType: random.pick(['PHYSICAL', 'PHYSICAL', 'DIGITAL', 'DELIVERY']),
      itemId: `P-${seq}`,
      quantity: random.chance(50) ? 1 : random.between(2, 3),
      unitAmountMinor,
      unitTaxMinor: unitAmountMinor / random.pick(taxDivisors),
      canceled: zeroAmounts,
    });
  }
  return {
    storeId,
    orderNo,
    currencyCode: random.pick(Object.keys(exponents)),
    paymentStatus: random.chance(78)
      ? 'CAPTURED'
      : random.pick(['AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED', 'REQUESTED', 'REQUESTED', 'FAILED']),
    refundMethod: random.chance(75) ? 'ORIGINAL' : 'BANK_ACCOUNT',
    version: random.pick([1, 1, 1, 9, 10, 999]),
    lines,
  };
}

function drawCredentials(random: Random): PlannedCredential[] {
  const credentials: PlannedCredential[] = stores.map((storeId, index) => ({
    storeId,
    name: `access-key-${index}`,
    expiresAtMs: never,
    revokedAtMs: never,
  }));
  const [first] = credentials as [PlannedCredential];
  if (random.chance(2)) {
    return [...credentials, { ...first, name: 'access-key-2', impossible: random.pick(impossibleRows) }];
  }
  if (random.chance(88)) return credentials;
  // A key that ends, and the one that takes its place.
  const endsAtMs = random.pick([50, 3000, 30_000, 120_000]);
  const isRevoked = random.chance(60);
  const ending = { ...first, [isRevoked ? 'revokedAtMs' : 'expiresAtMs']: endsAtMs };
  return [ending, ...credentials.slice(1), { ...first, name: 'access-key-2' }];
}

function drawSends(random: Random, orders: readonly Order[], credentials: readonly PlannedCredential[]): Send[] {
  const isRough = random.chance(45);
  const isLong = random.chance(15);
  const requests: CancellationRequest[] = [];
  const texts: string[] = [];
  const meaningOf = (request: CancellationRequest): number => {
    const text = cancellationOf(request);
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const sends: Send[] = [];
  const count = drawCount(random);
  // Many cancellations of one order, each of its own, so that a write loses more than one race.
  const isCrowd = count > 4;
  let atMs = 0;
  while (sends.length < count) {
    atMs += drawPause(random, isLong);
    const earlier = sends.length > 0 && random.chance(65) ? random.pick(sends) : undefined;
    const order = earlier?.order ?? random.below(orders.length);
    const isOtherRequest = earlier === undefined || random.chance(12);
    const request = isOtherRequest
      ? drawRequest(random, orders[order] as Order)
      : drawRepetition(random, earlier.request, orders[order] as Order);
    requests.push(request);
    sends.push({
      atMs,
      order,
      credential: credentialFor(random, credentials, (orders[order] as Order).storeId),
      request,
      meaning: meaningOf(request),
      currencyCode: random.chance(2) ? 'EUR' : (orders[order] as Order).currencyCode,
      idempotencyKey: isCrowd && random.chance(60) ? `crowd-${sends.length}` : repeatedKey(random, earlier),
      keyStyle: random.chance(50) ? 'X' : random.pick(keyStyles),
      ifMatch: random.chance(12) ? drawIfMatch(random) : undefined,
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
  if (random.chance(1)) return random.chance(10) ? random.between(20, 40) : random.between(5, 8);
  return random.pick([1, 2, 2, 2, 2, 2, 3, 4]);
}

/** Mostly at once, so that requests meet; now and then after the key's cache, or around the end of a retry window. */
function drawPause(random: Random, isLong: boolean): number {
  if (random.chance(75)) return random.below(14);
  if (!isLong) return random.below(3000);
  return (
    random.pick([30_000, 61_000, 11 * 60_000, dayMs - 600_000, dayMs - 5000, dayMs, dayMs + 30_000]) +
    random.below(8000)
  );
}

function credentialFor(random: Random, credentials: readonly PlannedCredential[], storeId: string): number {
  const own = credentials.map((_, index) => index).filter((index) => credentials[index]?.storeId === storeId);
  return random.pick(own);
}

/** As long as a key may be, and alike up to the last character. */
const longKey = (last: string) => `${'k'.repeat(127)}${last}`;
const keys = ['key-1', 'KEY-1', longKey('a'), longKey('b')];

function drawKey(random: Random): string | undefined {
  const choice = random.below(20);
  if (choice < 9) return undefined;
  return choice === 9 ? digestKey : random.pick(keys);
}

function drawIfMatch(random: Random): IfMatch {
  return { state: random.pick(['ANY', 'LATEST', 'LATEST', 0, 0, 0, 1, 2] as const), isWeak: random.chance(25) };
}

function repeatedKey(random: Random, earlier: Send | undefined): string | undefined {
  return earlier === undefined || random.chance(6) ? drawKey(random) : earlier.idempotencyKey;
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
    // Sometimes it does not pass with the first retry, or another one comes.
    const next = random.chance(50) ? kind : random.pick(faultKinds);
    if (random.chance(35)) faults.push({ kind: next, wire: wire + 1, choice: random.next() });
    if (random.chance(10)) faults.push({ kind, wire: wire + 2, choice: random.next() });
  }
  return faults;
}

/** Of a kind that uses up the time of an invocation. */
function drawOutage(random: Random): Fault[] {
  const choice = random.below(24);
  const { kinds, length } = choice === 0 ? throttling : choice < 4 ? expiry : choice < 10 ? silence : wear;
  const from = random.below(4);
  return Array.from({ length }, (_value, index) => {
    return { kind: random.pick(kinds), wire: from + index, choice: random.next() };
  });
}

interface Outage {
  readonly kinds: ReadonlyArray<Fault['kind']>;
  /** Of how many wire calls. */
  readonly length: number;
}

const wear: Outage = {
  kinds: ['SLOW', 'SLOW', 'REQUEST_LOST', 'ANSWER_LOST', 'THROTTLED', 'CONFLICT', 'UNPROCESSED'],
  length: 12,
};
/** Nothing is answered, whatever becomes of it. */
const silence: Outage = { kinds: ['REQUEST_LOST', 'REQUEST_LATE', 'ANSWER_LOST'], length: 12 };
/** The credentials of the function expire, now and then after a write that was applied. */
const expiry: Outage = { kinds: ['ANSWER_LOST', 'CREDENTIALS_REFUSED', 'CREDENTIALS_REFUSED'], length: 12 };
/** It outlasts the time for retries. */
const throttling: Outage = { kinds: ['THROTTLED', 'THROTTLED_WITHIN', 'CONFLICT', 'UNPROCESSED'], length: 300 };
