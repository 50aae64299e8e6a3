import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Order, OrderId } from '../domain/order.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { abortAfter, read } from './failures.ts';
import {
  type CancellationRecord,
  cancellationRecordOf,
  type CancellationRow,
  type OrderRow,
  orderKeyOf,
  orderOf,
} from './items.ts';
import type { OrderTables } from './order-repository.ts';

/** A cancellation as the history of an order lists it: the record without what only repeats are judged by. */
export type PastCancellation = Omit<CancellationRecord, 'requestDigest' | 'accountTag'>;

/** Reads orders and their cancellations, strongly consistent, and writes nothing. */
export interface HistoryRepository {
  /** One round trip. @throws DatabaseUnavailable, InvariantViolated */
  findOrder(order: OrderId, remainingMs: RemainingMs): Promise<Order | undefined>;
  /**
   * All cancellations of an order, unsorted; undefined if there are more than maxCancellations, or more than fit into
   * two pages of 1 MB. One or two round trips. @throws DatabaseUnavailable
   */
  listCancellations(
    order: OrderId,
    maxCancellations: number,
    remainingMs: RemainingMs,
  ): Promise<readonly PastCancellation[] | undefined>;
}

/**
 * A page is 1 MB: two hold well over a thousand usual records and cost some 512 read units. This bounds what a history
 * takes of the capacity that its partition needs for cancellations.
 */
const maxPages = 2;

export function createHistoryRepository(client: DynamoDBDocumentClient, tables: OrderTables): HistoryRepository {
  return {
    async findOrder(order, remainingMs) {
      const Key = { orderKey: orderKeyOf(order) };
      const command = new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      return Item && orderOf(Item as OrderRow);
    },

    async listCancellations(order, maxCancellations, remainingMs) {
      const cancellations: PastCancellation[] = [];
      let lastKey: Record<string, unknown> | undefined;
      for (let page = 1; page <= maxPages; page += 1) {
        const command = new QueryCommand({
          TableName: tables.cancellations,
          KeyConditionExpression: 'orderKey = :orderKey',
          // Never the refund account.
          ProjectionExpression: listed.map((name) => `#${name}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(listed.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ':orderKey': orderKeyOf(order) },
          ConsistentRead: true,
          // One more than is wanted shows whether there are more.
          Limit: maxCancellations + 1 - cancellations.length,
          ...(lastKey && { ExclusiveStartKey: lastKey }),
        });
        const { Items = [], LastEvaluatedKey } = await read(() =>
          client.send(command, { abortSignal: abortAfter(remainingMs) }),
        );
        cancellations.push(...Items.map((row) => cancellationRecordOf(row as CancellationRow)));
        if (cancellations.length > maxCancellations) return undefined;
        if (LastEvaluatedKey === undefined) return cancellations;
        lastKey = LastEvaluatedKey;
      }
      return undefined;
    },
  };
}

const listed = ['cancellationKey', 'rid', 'kind', 'at', 'v', 'data', 'lines'] satisfies Array<keyof CancellationRow>;
