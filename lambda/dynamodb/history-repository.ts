import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutionState } from '../domain/execution.ts';
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
import { executionStateAttributes, executionStateOf, type ExecutionStateRow } from './refund-items.ts';

/** A cancellation as the history of an order lists it: the record without what only repeats are judged by. */
export type PastCancellation = Omit<CancellationRecord, 'requestDigest' | 'accountTag'>;

/** Reads orders, their cancellations and executions, strongly consistent, and writes nothing. */
export interface HistoryRepository {
  /** One round trip. @throws DatabaseUnavailable, InvariantViolated */
  findOrder(order: OrderId, remainingMs: RemainingMs): Promise<Order | undefined>;
  /**
   * All cancellations of an order, unsorted; undefined if there are more than maxCancellations, or more than fit into
   * two pages of 1 MB. One or two round trips. @throws DatabaseUnavailable, InvariantViolated
   */
  listCancellations(
    order: OrderId,
    maxCancellations: number,
    remainingMs: RemainingMs,
  ): Promise<readonly PastCancellation[] | undefined>;
  /** What became of the money of each of them, with the same bounds. @throws as listCancellations */
  listExecutions(
    order: OrderId,
    maxExecutions: number,
    remainingMs: RemainingMs,
  ): Promise<readonly ExecutionState[] | undefined>;
}

export interface HistoryTables extends OrderTables {
  readonly executions: string;
}

/**
 * A page is 1 MB: two hold well over a thousand usual records and cost some 512 read units. This bounds what a history
 * takes of the capacity that its partition needs for cancellations.
 */
const maxPages = 2;

export function createHistoryRepository(client: DynamoDBDocumentClient, tables: HistoryTables): HistoryRepository {
  /** The rows of an order; undefined if there are more than maxRows, or more than two pages. */
  async function listRows<Row>(
    TableName: string,
    attributes: ReadonlyArray<keyof Row & string>,
    order: OrderId,
    maxRows: number,
    remainingMs: RemainingMs,
  ): Promise<Row[] | undefined> {
    const rows: Row[] = [];
    let lastKey: Record<string, unknown> | undefined;
    for (let page = 1; page <= maxPages; page += 1) {
      const command = new QueryCommand({
        TableName,
        KeyConditionExpression: 'orderKey = :orderKey',
        ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: { ':orderKey': orderKeyOf(order) },
        ConsistentRead: true,
        // One more than is wanted shows whether there are more.
        Limit: maxRows + 1 - rows.length,
        ...(lastKey && { ExclusiveStartKey: lastKey }),
      });
      const { Items = [], LastEvaluatedKey } = await read(() =>
        client.send(command, { abortSignal: abortAfter(remainingMs) }),
      );
      rows.push(...(Items as Row[]));
      if (rows.length > maxRows) return undefined;
      if (LastEvaluatedKey === undefined) return rows;
      lastKey = LastEvaluatedKey;
    }
    return undefined;
  }

  return {
    async findOrder(order, remainingMs) {
      const Key = { orderKey: orderKeyOf(order) };
      const command = new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      return Item && orderOf(Item as OrderRow);
    },

    async listCancellations(order, maxCancellations, remainingMs) {
      const { cancellations } = tables;
      const rows = await listRows<CancellationRow>(cancellations, listed, order, maxCancellations, remainingMs);
      return rows?.map(cancellationRecordOf);
    },

    // Consistent, so that a state that somebody has seen, or was notified of, is never followed by an earlier one.
    async listExecutions(order, maxExecutions, remainingMs) {
      const { executions } = tables;
      const names = executionStateAttributes;
      const rows = await listRows<ExecutionStateRow>(executions, names, order, maxExecutions, remainingMs);
      return rows?.map(executionStateOf);
    },
  };
}

const listed = ['cancellationKey', 'rid', 'kind', 'at', 'v', 'data', 'lines'] satisfies Array<keyof CancellationRow>;
