import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationKind } from '../domain/cancellation.ts';
import type { Order, OrderId } from '../domain/order.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { abortAfter, read } from './failures.ts';
import { type CancellationRow, type OrderRow, orderKeyOf, orderOf } from './items.ts';
import type { OrderTables } from './order-repository.ts';

/** A cancellation as the history of an order lists it. */
export interface PastCancellation {
  readonly returnRequestId: string;
  readonly kind: CancellationKind;
  readonly createdAtMs: number;
  /** The data of its response as JSON text. Parsed later, and only for the page that is returned. */
  readonly dataJson: string;
}

/** Reads orders and their cancellations, strongly consistent, and writes nothing. */
export interface HistoryRepository {
  /** One round trip. @throws DatabaseUnavailable */
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
          ProjectionExpression: '#rid, #kind, #at, #data',
          ExpressionAttributeNames: { '#rid': 'rid', '#kind': 'kind', '#at': 'at', '#data': 'data' },
          ExpressionAttributeValues: { ':orderKey': orderKeyOf(order) },
          ConsistentRead: true,
          // One more than is wanted shows whether there are more.
          Limit: maxCancellations + 1 - cancellations.length,
          ...(lastKey && { ExclusiveStartKey: lastKey }),
        });
        const { Items = [], LastEvaluatedKey } = await read(() =>
          client.send(command, { abortSignal: abortAfter(remainingMs) }),
        );
        cancellations.push(...Items.map((row) => pastCancellationOf(row as ListedRow)));
        if (cancellations.length > maxCancellations) return undefined;
        if (LastEvaluatedKey === undefined) return cancellations;
        lastKey = LastEvaluatedKey;
      }
      return undefined;
    },
  };
}

type ListedRow = Pick<CancellationRow, 'rid' | 'kind' | 'at' | 'data'>;

function pastCancellationOf({ rid, kind, at, data }: ListedRow): PastCancellation {
  return { returnRequestId: rid, kind, createdAtMs: Number(at), dataJson: data };
}
