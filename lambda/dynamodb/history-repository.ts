import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationData } from '../contract/cancellation-data.ts';
import { maxCancellations } from '../contract/limits.ts';
import type { Order } from '../domain/order.ts';
import { type CancellationItem, type OrderItem, orderKeyOf, orderOf } from './items.ts';
import type { OrderTables } from './order-repository.ts';
import { abortAfter, read, type RemainingMs } from './failures.ts';

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
   * Every cancellation of an order, in no order; undefined where there are more of them, or larger ones, than are read
   * at once. One or two round trips. @throws StoreUnavailable
   */
  listCancellations(place: OrderPlace, remainingMs: RemainingMs): Promise<readonly PastCancellation[] | undefined>;
}

/**
 * The most pages of an order's cancellations that are read each time. A page is a megabyte, a thousand usual records are
 * less, and two pages are some 512 read units: so no one makes an order's history, which shares its partition with the
 * money path, cost what the partition has.
 */
const maxPages = 2;

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
      for (let page = 1; page <= maxPages; page += 1) {
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
        if (cancellations.length > maxCancellations) return undefined;
        if (LastEvaluatedKey === undefined) return cancellations;
        lastKey = LastEvaluatedKey;
      }
      return undefined;
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
