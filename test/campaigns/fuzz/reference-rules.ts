// Independent of the service on purpose, as reference.ts is: section 3 of the contract, rule by rule. All amounts are in
// exact parts (reference-json.ts), so that decimals which a currency does not have are compared as they were sent.

import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import { accountFields } from './reference-account.ts';
import { partsOfOne } from './reference-json.ts';
import type { Asked, AskedItem } from './reference-schema.ts';
import { type ExpectedError, possible, sure } from './verdict.ts';

/** What an item takes from its line. */
export interface Taking {
  readonly seq: number;
  readonly units: bigint;
  readonly amount: bigint;
  readonly tax: bigint;
}

interface Line {
  readonly quantity: bigint;
  readonly unitAmount: bigint;
  readonly unitTax: bigint;
  readonly unitsLeft: bigint;
  readonly amountLeft: bigint;
  readonly taxLeft: bigint;
}

/** The smallest unit of a currency in parts. */
export function minorOf(currencyCode: string): bigint {
  const minorUnits = { KRW: 1n, USD: 100n, KWD: 1000n }[currencyCode];
  if (minorUnits === undefined) throw new Error(`The reference does not know the currency ${currencyCode}.`);
  return partsOfOne / minorUnits;
}

export function isVoid(order: Order): boolean {
  return order.paymentStatus === 'REQUESTED' || order.paymentStatus === 'AUTHORIZED';
}

const isRefund = ({ paymentStatus }: Order) => paymentStatus === 'CAPTURED' || paymentStatus === 'PARTIALLY_CANCELED';

/** Every rule that a request breaks, with the place. */
export function brokenRules(order: Order, asked: Asked, currencyCode: string): ExpectedError[] {
  const minor = minorOf(order.currencyCode);
  const broken: ExpectedError[] = [];
  if (!isVoid(order) && !isRefund(order)) broken.push(sure('/orderNo', 'ORDER_NOT_CANCELABLE'));
  if (currencyCode !== order.currencyCode) broken.push(sure('X-Currency-Code', 'CURRENCY_MISMATCH'));
  if (isRefund(order) && order.refundMethod === 'BANK_ACCOUNT') {
    const missing = accountFields.filter((field) => asked.account[field] === undefined);
    broken.push(...missing.map((field) => sure(`/refundAccount/${field}`, 'REFUND_ACCOUNT_REQUIRED')));
  }
  const sum = asked.items.reduce((total, { quantity, amount }) => total + quantity * amount, 0n);
  if (sum !== asked.total) broken.push(sure('/totalCancelAmount', 'TOTAL_MISMATCH'));
  if (asked.total % minor !== 0n) broken.push(sure('/totalCancelAmount', 'AMOUNT_PRECISION'));

  const seen = new Set<number>();
  asked.items.forEach((item, index) => {
    const ofItem = brokenByItem(order, item, `/items/${index}`, minor);
    // Of a line that was named before, it is open what the first item leaves for the second.
    broken.push(...(seen.has(item.seq) ? ofItem.map(({ place, reasons }) => possible(place, ...reasons)) : ofItem));
    if (seen.has(item.seq)) broken.push(sure(`/items/${index}/seq`, 'DUPLICATE_SEQ'), ...anyLimit(`/items/${index}`));
    seen.add(item.seq);
  });
  const isMissing = order.lines.some(({ seq }) => !seen.has(seq));
  if (isVoid(order) && isMissing) broken.push(sure('/items', 'PARTIAL_BEFORE_CAPTURE'));
  return broken;
}

const anyLimit = (at: string) => [
  possible(`${at}/quantity`, 'QUANTITY_EXCEEDS_REMAINING'),
  possible(`${at}/amount`, 'AMOUNT_EXCEEDS_REMAINING'),
  possible(`${at}/taxAmount`, 'TAX_EXCEEDS_REMAINING', 'TAX_LEFT_OVER'),
];

function brokenByItem(order: Order, item: AskedItem, at: string, minor: bigint): ExpectedError[] {
  const { quantity: q, amount: a, tax: t } = item;
  const broken: ExpectedError[] = [];
  if (a % minor !== 0n) broken.push(sure(`${at}/amount`, 'AMOUNT_PRECISION'));
  if (t !== undefined && t % minor !== 0n) broken.push(sure(`${at}/taxAmount`, 'AMOUNT_PRECISION'));
  const orderLine = order.lines.find(({ seq }) => seq === item.seq);
  if (t !== undefined && t > a) {
    broken.push((orderLine === undefined ? possible : sure)(`${at}/taxAmount`, 'TAX_EXCEEDS_AMOUNT'));
  }
  if (orderLine === undefined) return [...broken, sure(`${at}/seq`, 'UNKNOWN_ITEM')];
  if (item.itemId !== orderLine.itemId) broken.push(sure(`${at}/itemId`, 'ITEM_MISMATCH'));
  if (item.itemType !== orderLine.itemType) broken.push(sure(`${at}/itemType`, 'ITEM_MISMATCH'));

  const line = lineOf(orderLine, minor);
  if (a > line.unitAmount) broken.push(sure(`${at}/amount`, 'AMOUNT_EXCEEDS_UNIT_AMOUNT'));
  if (a <= 0n && line.unitAmount > 0n) broken.push(sure(`${at}/amount`, 'AMOUNT_NOT_POSITIVE'));
  if (q > line.unitsLeft) broken.push(sure(`${at}/quantity`, 'QUANTITY_EXCEEDS_REMAINING'));
  if (q * a > line.amountLeft) broken.push(sure(`${at}/amount`, 'AMOUNT_EXCEEDS_REMAINING'));
  if (t !== undefined) broken.push(...brokenByTax(line, q, a, t, at, minor));
  if (isVoid(order)) {
    // What is more than all is no part, and has a rule of its own.
    const [isLess, isLow] = [q < line.quantity, a < line.unitAmount];
    if (q !== line.quantity) broken.push((isLess ? sure : possible)(`${at}/quantity`, 'PARTIAL_BEFORE_CAPTURE'));
    if (a !== line.unitAmount) broken.push((isLow ? sure : possible)(`${at}/amount`, 'PARTIAL_BEFORE_CAPTURE'));
  }
  return broken;
}

function brokenByTax(line: Line, q: bigint, a: bigint, t: bigint, at: string, minor: bigint): ExpectedError[] {
  const broken: ExpectedError[] = [];
  if (t > line.unitTax) broken.push(sure(`${at}/taxAmount`, 'TAX_EXCEEDS_UNIT_TAX'));
  if (q * t > line.taxLeft) broken.push(sure(`${at}/taxAmount`, 'TAX_EXCEEDS_REMAINING'));
  if (leavesTooMuchTax(line, q, a, t)) broken.push(sure(`${at}/taxAmount`, 'TAX_LEFT_OVER'));
  const isNetOfTax = line.unitTax > 0n && t === line.unitTax && a === line.unitAmount - line.unitTax;
  if (isNetOfTax && !leavesTooMuchTax(line, q, a, t - minor)) broken.push(sure(`${at}/amount`, 'AMOUNT_WITHOUT_TAX'));
  return broken;
}

/** Whether more tax would be left of a line than amount; asked only of what does not exceed either. */
function leavesTooMuchTax({ amountLeft, taxLeft }: Line, q: bigint, a: bigint, t: bigint): boolean {
  return q * a <= amountLeft && q * t <= taxLeft && taxLeft - q * t > amountLeft - q * a;
}

/** What a request that breaks no rule takes. */
export function takingsOf(order: Order, asked: Asked): Taking[] {
  const minor = minorOf(order.currencyCode);
  return asked.items.map(({ seq, quantity, amount, tax }) => {
    const orderLine = order.lines.find((one) => one.seq === seq);
    if (orderLine === undefined) throw new Error('A request that breaks no rule names a line that is none.');
    const line = lineOf(orderLine, minor);
    const taken = quantity * amount;
    const isEmptied = line.unitAmount > 0n && taken === line.amountLeft;
    return {
      seq,
      units: isEmptied ? line.unitsLeft : amount === line.unitAmount ? quantity : 0n,
      amount: taken,
      tax: tax === undefined ? taxOf(line, taken, minor) : quantity * tax,
    };
  });
}

/** The tax that belongs to an amount, in whole smallest units, rounded down. */
function taxOf({ taxLeft, amountLeft }: Line, taken: bigint, minor: bigint): bigint {
  return amountLeft === 0n ? 0n : ((taxLeft * taken) / amountLeft / minor) * minor;
}

function lineOf({ quantity, unitAmountMinor, unitTaxMinor, canceled }: OrderLine, minor: bigint): Line {
  const units = BigInt(quantity);
  return {
    quantity: units,
    unitAmount: unitAmountMinor * minor,
    unitTax: unitTaxMinor * minor,
    unitsLeft: units - BigInt(canceled.units),
    amountLeft: (units * unitAmountMinor - canceled.amountMinor) * minor,
    taxLeft: (units * unitTaxMinor - canceled.taxMinor) * minor,
  };
}
