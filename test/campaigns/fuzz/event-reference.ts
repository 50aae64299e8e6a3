// Independent of lambda/ on purpose: written from the descriptions of the fields of events and of what becomes of them.

import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import { majorUnits } from '../../support/expected-event.ts';

/** What has to become of a message. */
export type EventFate =
  /** A dead letter: its reason names each of these places. */
  | { readonly kind: 'MALFORMED'; readonly mistakes: ReadonlySet<string> }
  /** A dead letter: its numbers cannot be, or it contradicts what there is. */
  | { readonly kind: 'KEPT' }
  | { readonly kind: 'COMES_AGAIN' }
  | { readonly kind: 'WITHOUT_EFFECT' }
  | { readonly kind: 'TAKEN'; readonly after: string }
  /** A deposit of an order that was voided: what becomes of it, its execution decides. */
  | { readonly kind: 'LATE_DEPOSIT' };

type Fields = Readonly<Record<string, unknown>>;
type Rule = (value: unknown) => boolean;
interface Shape {
  readonly required: Readonly<Record<string, Rule | Shape | List>>;
  readonly optional?: Readonly<Record<string, Rule | Shape | List>>;
}
interface List {
  readonly most: number;
  readonly of: Shape;
}

const isText: (value: unknown) => value is string = (value) => typeof value === 'string';
const isIdentifier: Rule = (value) => isText(value) && /^[\w.-]{1,64}$/.test(value);
const isCount: Rule = (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1_000_000;
const isAmount: Rule = (value) => typeof value === 'number' && value >= 0 && value <= 999_999_999_999_999;
const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    isText(value) && values.includes(value);
/** What is tested with; the list itself is ISO 4217's. */
const decimals: Readonly<Record<string, number>> = { KRW: 0, USD: 2, KWD: 3 };
const isCurrency = oneOf(...Object.keys(decimals));
const isMethod = oneOf('ORIGINAL', 'BANK_ACCOUNT');

const line: Shape = {
  required: {
    seq: isCount,
    itemType: oneOf('PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE'),
    itemId: isIdentifier,
    quantity: isCount,
    amount: isAmount,
  },
  optional: { taxAmount: isAmount },
};
const orderId = { storeId: isIdentifier, orderNo: isIdentifier };
const lines: List = { most: 500, of: line };
const part: Shape = { required: { seq: isCount, quantity: isCount, amount: isAmount } };

const dataShapes: Readonly<Record<string, Shape>> = {
  'order.registered.v1': { required: { ...orderId, currencyCode: isCurrency, refundMethod: isMethod, items: lines } },
  'payment.authorized.v1': { required: orderId },
  'payment.failed.v1': { required: orderId },
  'payment.captured.v1': {
    required: { ...orderId, currencyCode: isCurrency, amount: isAmount },
    optional: { order: { required: { refundMethod: isMethod, items: lines } } },
  },
  'payment.refunded_elsewhere.v1': {
    required: {
      ...orderId,
      currencyCode: isCurrency,
      reason: oneOf('REFUND', 'CHARGEBACK'),
      items: { most: 100, of: part },
    },
  },
};

function eventShape(type: string): Shape {
  const isKey = type === 'payment.refunded_elsewhere.v1';
  return {
    required: {
      specversion: (value) => value === '1.0',
      id: (value) =>
        isText(value) && (isKey ? /^[\w.:-]{1,128}$/.test(value) : value !== '' && Array.from(value).length <= 256),
      source: (value) => value === 'payment-platform',
      time: (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(value),
      data: dataShapes[type] as Shape,
    },
  };
}

/** Every place that is wrong. What is missing is named by its name in quotes. */
function mistakesIn(detail: unknown): Set<string> {
  const mistakes = new Set<string>();
  if (!isObject(detail)) return mistakes.add('/');
  if (!Object.hasOwn(detail, 'type')) return mistakes.add("'type'");
  const { type } = detail;
  if (!isText(type) || !Object.hasOwn(dataShapes, type)) return mistakes.add('/type');
  look(detail, eventShape(type), '', mistakes);
  return mistakes;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function look(value: unknown, rule: Rule | Shape | List, place: string, mistakes: Set<string>): void {
  if (typeof rule === 'function') {
    if (!rule(value)) mistakes.add(place);
  } else if ('most' in rule) {
    if (!Array.isArray(value)) mistakes.add(place);
    else {
      if (value.length === 0 || value.length > rule.most) mistakes.add(place);
      for (const [index, item] of value.entries()) look(item, rule.of, `${place}/${index}`, mistakes);
    }
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(rule.required)) {
      if (Object.hasOwn(value, name)) look(value[name], inner, `${place}/${name}`, mistakes);
      else mistakes.add(`'${name}'`);
    }
    for (const [name, inner] of Object.entries(rule.optional ?? {})) {
      if (Object.hasOwn(value, name)) look(value[name], inner, `${place}/${name}`, mistakes);
    }
  } else mistakes.add(place);
}

interface Line {
  readonly seq: number;
  readonly itemType: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly taxAmount?: number;
}

/** Whether a message names a number or a name so that two readers may read another one. */
export function isAmbiguous(body: string): boolean {
  let names = 0;
  const count = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(count);
    else if (isObject(value)) {
      names += Object.keys(value).length;
      Object.values(value).forEach(count);
    }
  };
  try {
    count(JSON.parse(body));
  } catch {
    return false;
  }
  const written = body.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
  return written !== names || /\d[\d.]{15,}|\d[eE]/.test(body);
}

/** @param order there is under its number */
export function fateOfEvent(body: string, order: Order | undefined): EventFate {
  const detail = detailIn(body);
  const mistakes = mistakesIn(detail);
  if (mistakes.size > 0) return { kind: 'MALFORMED', mistakes };
  const { type, data } = detail as { readonly type: string; readonly data: Fields };
  const brought = (data['order'] as Fields | undefined) ?? (type === 'order.registered.v1' ? data : undefined);
  const currency = String(data['currencyCode']);
  if (brought !== undefined && !areLinesSound(brought['items'] as readonly Line[], currency)) return kept;
  const isCapture = type === 'payment.captured.v1';
  if (isCapture && !isWhole(data['amount'] as number, currency)) return kept;
  if (isCapture && brought && minor(data['amount'] as number, currency) !== sumOf(brought['items'] as Line[], currency))
    return kept;
  const isOther = order === undefined || `${String(data['storeId'])}/${String(data['orderNo'])}` !== keyOf(order);
  if (isOther) {
    if (brought === undefined) return { kind: 'COMES_AGAIN' };
    return { kind: 'TAKEN', after: `${isCapture ? 'CAPTURED' : 'REQUESTED'} v1` };
  }
  if (data['currencyCode'] !== undefined && currency !== order.currencyCode) return kept;
  if (brought !== undefined && !isSame(order, brought)) return kept;
  if (type === 'order.registered.v1') return { kind: 'WITHOUT_EFFECT' };
  if (type === 'payment.refunded_elsewhere.v1') return fateOfElsewhere(data['items'] as readonly Line[], order);
  if (isCapture && minor(data['amount'] as number, currency) !== totalOf(order)) return kept;
  return fateOfStatus(type, order);
}

const kept = { kind: 'KEPT' } as const;

/** What an event does to a payment: U before capture, P paid, C ended by a cancellation. */
function fateOfStatus(type: string, { paymentStatus: status, version }: Order): EventFate {
  const isUnpaid = status === 'REQUESTED' || status === 'AUTHORIZED';
  const becomes = (next: string) => ({ kind: 'TAKEN', after: `${next} v${version + 1}` }) as const;
  if (type === 'payment.authorized.v1') {
    if (status === 'REQUESTED') return becomes('AUTHORIZED');
    return status === 'FAILED' ? kept : { kind: 'WITHOUT_EFFECT' };
  }
  if (type === 'payment.failed.v1') {
    if (isUnpaid) return becomes('FAILED');
    return status === 'FAILED' ? { kind: 'WITHOUT_EFFECT' } : kept;
  }
  if (isUnpaid) return becomes('CAPTURED');
  if (status === 'VOIDED') return { kind: 'LATE_DEPOSIT' };
  return status === 'FAILED' ? kept : { kind: 'WITHOUT_EFFECT' };
}

/** Nothing was canceled of the orders that are tested with, unless they are canceled as a whole. */
function fateOfElsewhere(items: readonly Line[], order: Order): EventFate {
  const { paymentStatus: status, currencyCode, version } = order;
  if (status === 'REQUESTED' || status === 'AUTHORIZED') return { kind: 'COMES_AGAIN' };
  if (status !== 'CAPTURED') return kept;
  const seqs = new Set(items.map(({ seq }) => seq));
  const fits = items.every((item) =>
    isWithin(
      item,
      order.lines.find(({ seq }) => seq === item.seq),
      currencyCode,
    ),
  );
  if (seqs.size < items.length || !fits) return kept;
  const isAll =
    items.length === order.lines.length &&
    items.every(({ seq, quantity, amount }) => {
      const of = order.lines.find((other) => other.seq === seq);
      return of !== undefined && quantity === of.quantity && minor(amount, currencyCode) === of.unitAmountMinor;
    });
  return { kind: 'TAKEN', after: `${isAll ? 'CANCELED' : 'PARTIALLY_CANCELED'} v${version + 1}` };
}

/** The full unit amount cancels units; with less they stay, and a part of each amount has to stay, too. */
function isWithin({ quantity, amount }: Line, of: OrderLine | undefined, currency: string): boolean {
  return (
    of !== undefined &&
    isWhole(amount, currency) &&
    quantity <= of.quantity &&
    minor(amount, currency) <= of.unitAmountMinor &&
    (amount > 0 || of.unitAmountMinor === 0n)
  );
}

function areLinesSound(items: readonly Line[], currency: string): boolean {
  const seqs = new Set(items.map(({ seq }) => seq));
  const isSound = ({ amount, taxAmount = 0 }: Line) =>
    taxAmount <= amount && isWhole(amount, currency) && isWhole(taxAmount, currency);
  return seqs.size === items.length && items.every(isSound) && sumOf(items, currency) <= 999_999_999_999_999n;
}

function isSame(order: Order, brought: Fields): boolean {
  const items = brought['items'] as readonly Line[];
  const { currencyCode } = order;
  return (
    brought['refundMethod'] === order.refundMethod &&
    items.length === order.lines.length &&
    items.every(({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }) =>
      order.lines.some(
        (other) =>
          other.seq === seq &&
          other.itemType === itemType &&
          other.itemId === itemId &&
          other.quantity === quantity &&
          majorUnits(other.unitAmountMinor, currencyCode) === amount &&
          majorUnits(other.unitTaxMinor, currencyCode) === taxAmount,
      ),
    )
  );
}

const scaleOf = (currency: string) => 10 ** (decimals[currency] ?? 2);
/** The double of a decimal with so many digits is the one that its whole minor units divide to. */
const isWhole = (amount: number, currency: string) =>
  Math.round(amount * scaleOf(currency)) / scaleOf(currency) === amount;
const minor = (amount: number, currency: string) => BigInt(Math.round(amount * scaleOf(currency)));
const sumOf = (items: readonly Line[], currency: string) =>
  items.reduce((sum, { quantity, amount }) => sum + BigInt(quantity) * minor(amount, currency), 0n);
const totalOf = ({ lines: all }: Order) =>
  all.reduce((sum, { quantity, unitAmountMinor }) => sum + BigInt(quantity) * unitAmountMinor, 0n);

export function keyOf({ storeId, orderNo }: Pick<Order, 'storeId' | 'orderNo'>): string {
  return `${storeId}/${orderNo}`;
}

function detailIn(body: string): unknown {
  try {
    return (JSON.parse(body) as Partial<Record<'detail', unknown>> | null)?.detail;
  } catch {
    return undefined;
  }
}
