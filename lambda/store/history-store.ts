import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationData } from '../contract/cancellation-data.ts';
import type { Order } from '../domain/order.ts';
import { type CancellationItem, type OrderItem, orderKeyOf, orderOf } from './items.ts';
import type { OrderTables } from './order-store.ts';
import { abortAfter, read, type RemainingMs } from './store-error.ts';

export interface OrderPlace {
  readonly storeId: string;
  readonly orderNo: string;
}

/** A cancellation as it is told of. */
export interface PastCancellation {
  readonly returnRequestId: string;
  readonly kind: 'VOID' | 'REFUND';
  readonly createdAtMs: number;
  /** The data that it was answered with. Parsed when it is asked for: of many cancellations few are told. */
  readonly data: () => CancellationData;
}

/** Reads orders and what became of them, strongly consistent, and writes nothing. */
export interface HistoryStore {
  /** One round trip. @throws StoreUnavailable */
  findOrder(place: OrderPlace, remainingMs: RemainingMs): Promise<Order | undefined>;
  /**
   * Every cancellation of an order, in no order; undefined where there are more than maxCancellations. One round trip
   * for each megabyte of them. @throws StoreUnavailable
   */
  listCancellations(place: OrderPlace, remainingMs: RemainingMs): Promise<readonly PastCancellation[] | undefined>;
}

/**
 * The most cancellations of an order that are read, each time: some 600 bytes and a sixth of a read unit each, so that
 * nobody can make one order's history, which shares its partition with the money path, cost as much as the table.
 */
export const maxCancellations = 1000;

export function createHistoryStore(client: DynamoDBDocumentClient, tables: OrderTables): HistoryStore {
  return {
    async findOrder({ storeId, orderNo }, remainingMs) {
      const Key = { orderKey: orderKeyOf(storeId, orderNo) };
      const command = new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs()) }));
      return Item && orderOf(Item as OrderItem);
    },

    async listCancellations({ storeId, orderNo }, remainingMs) {
      const cancellations: PastCancellation[] = [];
      let lastKey: Record<string, unknown> | undefined;
      // Without a filter each page has a record at least, so there are no more pages than records.
      do {
        const command = new QueryCommand({
          TableName: tables.cancellations,
          KeyConditionExpression: 'orderKey = :orderKey',
          // Never the refund account.
          ProjectionExpression: '#rid, #kind, #at, #data',
          ExpressionAttributeNames: { '#rid': 'rid', '#kind': 'kind', '#at': 'at', '#data': 'data' },
          ExpressionAttributeValues: { ':orderKey': orderKeyOf(storeId, orderNo) },
          ConsistentRead: true,
          // One more than are told tells that there are more.
          Limit: maxCancellations + 1 - cancellations.length,
          ...(lastKey && { ExclusiveStartKey: lastKey }),
        });
        const { Items = [], LastEvaluatedKey } = await read(() =>
          client.send(command, { abortSignal: abortAfter(remainingMs()) }),
        );
        cancellations.push(...Items.map((item) => pastCancellationOf(item as CancellationItem)));
        lastKey = LastEvaluatedKey;
      } while (lastKey !== undefined && cancellations.length <= maxCancellations);
      return cancellations.length > maxCancellations ? undefined : cancellations;
    },
  };
}

function pastCancellationOf({
  rid,
  kind,
  at,
  data,
}: Pick<CancellationItem, 'rid' | 'kind' | 'at' | 'data'>): PastCancellation {
  return {
    returnRequestId: rid,
    kind,
    createdAtMs: Number(at),
    data: () => JSON.parse(data) as CancellationData,
  };
}
