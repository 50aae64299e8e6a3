import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Execution, republishObstacleOf } from '../../lambda/domain/execution.ts';
import type { OrderId } from '../../lambda/domain/order.ts';
import { findExecution } from '../../lambda/dynamodb/execution-commands.ts';
import { createExecutionRepository } from '../../lambda/dynamodb/execution-repository.ts';
import { type CancellationRow, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import type { EventBus } from '../../lambda/events/event-bus.ts';
import { refundEventOf, requestEventOf } from '../../lambda/events/refund-event.ts';
import { smokeStore } from '../../lambda/pre-traffic/smoke-order.ts';
import type { TableNames } from '../../lib/stages.ts';
import { UsageError } from '../command-line.ts';
import { readOrder, readRecordRows } from '../orders/stored-order.ts';

/** What became of the request of one cancellation. */
export interface Republished {
  readonly returnRequestId: string;
  /** The id of the event that the bus has taken; undefined if nothing was published. */
  readonly eventId: string | undefined;
  /** Why nothing was published. */
  readonly obstacle: string | undefined;
}

export interface RepublishOptions {
  /** One refund of the order; undefined for all that are not finished. */
  readonly returnRequestId: string | undefined;
}

/** For one call of the bus with its retries, or of DynamoDB. */
const callMs = 30_000;

/**
 * Publishes the request of the present attempt of an order's refunds again, byte for byte: whoever has it already takes
 * no notice. Everything is read from the tables, so neither the age of a stream nor a lost archive loses a refund.
 * @throws UsageError in one line when there is no such refund, or the one that is named needs no request
 */
export async function* republish(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  bus: EventBus,
  order: OrderId,
  { returnRequestId }: RepublishOptions,
): AsyncGenerator<Republished, void, undefined> {
  const { storeId, orderNo } = order;
  if (storeId === smokeStore.storeId) {
    throw new UsageError(`Nothing of the store ${storeId} is ever published: deployments are tested with it.`);
  }
  const orderKey = orderKeyOf(order);
  const stored = await readOrder(client, tables, orderKey);
  if (stored === undefined) throw new UsageError(`The store ${storeId} has no order ${orderNo}.`);
  let records = 0;
  for await (const row of readRecordRows(client, tables, orderKey, { isConsistent: true })) {
    if (returnRequestId !== undefined && row.rid !== returnRequestId) continue;
    records += 1;
    const republished = await republishOne(client, tables, bus, row, {
      currencyCode: stored.currencyCode,
      isNamed: returnRequestId !== undefined,
    });
    const { obstacle } = republished;
    if (returnRequestId !== undefined && obstacle !== undefined) {
      throw new UsageError(`The request of ${returnRequestId} was not published: ${obstacle}.`);
    }
    yield republished;
  }
  if (records === 0) {
    const what = returnRequestId ?? 'that would ask for a refund';
    throw new UsageError(`The order ${orderNo} of the store ${storeId} has no cancellation ${what}.`);
  }
}

async function republishOne(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  bus: EventBus,
  row: CancellationRow,
  { currencyCode, isNamed }: { readonly currencyCode: string; readonly isNamed: boolean },
): Promise<Republished> {
  const { rid: returnRequestId } = row;
  const first = firstExecutionOf({ ...row, cur: row.cur ?? currencyCode });
  const present = await findExecution(client, tables.executions, first, returnRequestId);
  const obstacle = present === undefined ? obstacleOfOld(row, isNamed) : republishObstacleOf(present);
  if (obstacle !== undefined) return { returnRequestId, eventId: undefined, obstacle };
  // Of one that never left it is the request, or the news of money that the platform has moved.
  const event = present === undefined ? refundEventOf(first) : requestEventOf(present);
  await bus.put(event, () => callMs);
  // As the publisher does, and only now: an execution proves that the bus has taken the request.
  if (present === undefined) await putExecution(client, tables, first);
  return { returnRequestId, eventId: event.id, obstacle: undefined };
}

/** A record without a currency is of a time when nobody was asked for refunds: somebody may have paid it otherwise. */
function obstacleOfOld({ cur }: CancellationRow, isNamed: boolean): string | undefined {
  if (cur !== undefined || isNamed) return undefined;
  return 'it was recorded before refunds were requested, so name it with --refund if nobody has paid it';
}

async function putExecution(client: DynamoDBDocumentClient, tables: TableNames, execution: Execution): Promise<void> {
  await createExecutionRepository(client, tables.executions).putIfNew(execution, () => callMs);
}
