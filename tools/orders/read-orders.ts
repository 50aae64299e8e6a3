import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { findLossyValues } from '../../lambda/contract/find-lossy-values.ts';
import { maxItems } from '../../lambda/contract/limits.ts';
import { zeroAmounts } from '../../lambda/domain/line-amounts.ts';
import { exponentOf, maxAmount, toMinorUnits } from '../../lambda/domain/money.ts';
import { type ItemType, type Order, type PaymentStatus, type RefundMethod } from '../../lambda/domain/order.ts';
import { orderImportSchema } from './order-import.schema.ts';

interface ImportedOrder {
  readonly orderNo: string;
  readonly storeId: string;
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly refundMethod: RefundMethod;
  readonly items: ReadonlyArray<{
    readonly seq: number;
    readonly itemType: ItemType;
    readonly itemId: string;
    readonly quantity: number;
    readonly amount: number;
    readonly taxAmount?: number;
  }>;
}

const { properties } = orderImportSchema;
/** The deepest field is /0/items/0/amount. */
const places = {
  names: new Set([...Object.keys(properties), ...Object.keys(properties.items.items.properties)]),
  depth: 4,
};

const maxOrders = 100_000;

/** Reads an order file. @throws Error in one line, as readOrders */
export function readOrderFile(file: string | URL): Order[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The order file ${String(file)} cannot be read.`, { cause: error });
  }
  try {
    return readOrders(text);
  } catch (error) {
    throw new Error(`${String(file)}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Reads the text of an order file, a JSON array in the import format.
 * @throws Error whose message names the order, the field and what would be accepted
 */
export function readOrders(text: string): Order[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error('The order file is not valid JSON.', { cause: error });
  }
  const [lossy] = findLossyValues(text, places);
  if (lossy !== undefined && 'field' in lossy.at) {
    const problem = lossy.reason === 'TOO_MANY_DIGITS' ? 'has more than 15 significant digits' : 'stands twice';
    throw new Error(`The order file cannot be read exactly: ${printable(lossy.at.field)} ${problem}.`);
  }
  if (!Array.isArray(parsed) || parsed.length > maxOrders) {
    throw new Error(`The order file must hold an array of at most ${maxOrders} orders.`);
  }
  const seen = new Set<string>();
  return parsed.map((candidate: unknown, index) => {
    const order = orderFrom(candidate, nameOf(candidate, index));
    const key = `${order.storeId}/${order.orderNo}`;
    if (seen.has(key)) throw new Error(`${nameOf(candidate, index)}: this store's orderNo stands twice in the file.`);
    seen.add(key);
    return order;
  });
}

const validate = new Ajv().compile<ImportedOrder>(orderImportSchema);

function orderFrom(candidate: unknown, name: string): Order {
  if (!validate(candidate)) throw new Error(`${name}: ${problemOf(validate.errors?.[0])}`);
  const { items, ...order } = candidate;
  if (order.paymentStatus !== 'CAPTURED' && items.length > maxItems) {
    throw new Error(
      `${name}: items has more than ${maxItems} entries, but before capture only a whole order can be canceled, ` +
        `and a request has at most ${maxItems}.`,
    );
  }
  const exponent = exponentOf(order.currencyCode);
  const seqs = new Set<number>();
  let totalMinor = 0n;
  const lines = items.map(({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }, index) => {
    const fail = (field: string, problem: string): never => {
      throw new Error(`${name}: items/${index}/${field} ${problem}.`);
    };
    const inMinorUnits = (field: string, value: number) =>
      toMinorUnits(value, exponent) ??
      fail(field, `has more decimals than ${order.currencyCode}, which has ${exponent}`);
    if (seqs.has(seq)) fail('seq', `is ${seq}, which an earlier item has too`);
    seqs.add(seq);
    if (taxAmount > amount) fail('taxAmount', 'is more than amount, but the tax is part of the amount');
    const unitAmountMinor = inMinorUnits('amount', amount);
    const unitTaxMinor = inMinorUnits('taxAmount', taxAmount);
    totalMinor += BigInt(quantity) * unitAmountMinor;
    return { seq, itemType, itemId, quantity, unitAmountMinor, unitTaxMinor, canceled: zeroAmounts };
  });
  if (totalMinor > BigInt(maxAmount)) {
    throw new Error(`${name}: the order's total has more than 15 digits, so no response could state it exactly.`);
  }
  return { ...order, lines, version: 1 };
}

function nameOf(candidate: unknown, index: number): string {
  const orderNo = (candidate as { orderNo?: unknown } | null)?.orderNo;
  return `Order ${index + 1}${typeof orderNo === 'string' ? ` (${printable(orderNo)})` : ''}`;
}

function problemOf(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it is not valid.';
  const place = error.instancePath.slice(1) || 'it';
  const { allowedValues, additionalProperty } = error.params as {
    allowedValues?: readonly string[];
    additionalProperty?: string;
  };
  const few = allowedValues && allowedValues.length <= 10 ? `: ${allowedValues.join(', ')}` : '';
  return `${place} ${error.message}${few}${additionalProperty === undefined ? '' : `: ${printable(additionalProperty)}`}.`;
}

/** Text from the file, made safe for one line of a terminal. */
function printable(text: string): string {
  return text.slice(0, 64).replaceAll(/\p{C}/gu, '?');
}
