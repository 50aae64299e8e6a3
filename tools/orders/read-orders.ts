import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { firstLossyValue } from '../../lambda/contract/find-lossy-values.ts';
import { maxItems } from '../../lambda/contract/limits.ts';
import { type DescribedOrder, newOrder } from '../../lambda/domain/new-order.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { orderImportSchema } from './order-import.schema.ts';

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
  const lossy = firstLossyValue(text, places);
  if (lossy !== undefined) {
    throw new Error(`The order file cannot be read exactly: ${printable(lossy.field)} ${lossy.problem}.`);
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

const validate = new Ajv().compile<DescribedOrder>(orderImportSchema);

function orderFrom(candidate: unknown, name: string): Order {
  if (!validate(candidate)) throw new Error(`${name}: ${problemOf(validate.errors?.[0])}`);
  const made = newOrder(candidate, maxItems);
  if (!made.ok) throw new Error(`${name}: ${made.field} ${made.problem}.`);
  return made.order;
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
