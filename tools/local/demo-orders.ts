import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import type { PlatformMessage } from '../../lambda/events/platform-event.ts';
import type { TableNames } from '../../lib/stages.ts';
import { eventsOf } from '../orders/order-events.ts';
import { readOrder } from '../orders/stored-order.ts';
import type { LocalBus } from './events/local-bus.ts';

const pauseMs = 20;
const longestMs = 30_000;

/**
 * Lets orders come in as a platform sends them, and waits until the order taker has them all. Those that exist already
 * are left out: something may have been canceled of them.
 * @throws Error when one has not come in within half a minute
 */
export async function sendDemoOrders(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  bus: LocalBus,
  orders: readonly Order[],
): Promise<{ readonly added: number; readonly existing: readonly string[] }> {
  const statusOf = async (order: Order) => (await readOrder(client, tables, orderKeyOf(order)))?.paymentStatus;
  const statuses = await Promise.all(orders.map(statusOf));
  const missing = orders.filter((_order, index) => statuses[index] === undefined);
  const existing = orders.filter((order) => !missing.includes(order)).map(({ orderNo }) => orderNo);

  const events = missing.map((order) => eventsOf(order, Date.now()));
  // Each later event only when the order is there: before it, an event would wait in its queue.
  for (const [first] of events) if (first !== undefined) put(bus, first);
  await waitFor(async () => (await Promise.all(missing.map(statusOf))).every((status) => status !== undefined));
  for (const event of events.flatMap((all) => all.slice(1))) put(bus, event);
  await waitFor(async () => {
    const now = await Promise.all(missing.map(statusOf));
    return missing.every(({ paymentStatus }, index) => now[index] === paymentStatus);
  });
  return { added: missing.length, existing };
}

function put(bus: LocalBus, event: PlatformMessage): void {
  const { source, type } = event;
  bus.put({ EventBusName: bus.name, Source: source, DetailType: type, Detail: JSON.stringify(event) });
}

async function waitFor(isThere: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + longestMs;
  while (!(await isThere())) {
    if (Date.now() > endMs) throw new Error(`The demo orders have not come in within ${longestMs / 1000} s.`);
    await sleep(pauseMs);
  }
}
