import { type DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Cancellation, RefundAccount } from '../domain/cancellation.ts';
import type { Order, OrderId } from '../domain/order.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { wrapNumbers } from './client.ts';
import {
  type CancellationRow,
  cancellationRow,
  type CancellationRecord,
  cancellationRecordOf,
  type OrderRow,
  orderKeyOf,
  orderOf,
  storedLineAmounts,
} from './items.ts';
import { abortAfter, DatabaseUnavailable, failureOf, read } from './failures.ts';

/** What identifies the record of a cancellation: its order and a key (contract, section 4). */
export interface RecordKey extends OrderId {
  /** See domain/idempotency.ts. */
  readonly cancellationKey: string;
}

export interface CancellationWrite {
  /** The order as it was read. It is changed only if its version and its status are still the same. */
  readonly order: Order;
  readonly cancellation: Cancellation;
  readonly record: Omit<CancellationRecord, 'lines'>;
  readonly refundAccount: RefundAccount | undefined;
  /** Within ten minutes DynamoDB applies a transaction with this token only once: the same write may be sent again. */
  readonly clientRequestToken: string;
}

/** The order and the record, each undefined if it does not exist. */
export type LoadOutcome =
  | { readonly kind: 'LOADED'; readonly order: Order | undefined; readonly record: CancellationRecord | undefined }
  /** DynamoDB left a key unprocessed. */
  | { readonly kind: 'BUSY' };

/** The record, undefined if it does not exist. */
export type FindOutcome =
  | { readonly kind: 'FOUND'; readonly record: CancellationRecord | undefined }
  /** Another transaction is changing the record, or DynamoDB is too busy. */
  | { readonly kind: 'BUSY' };

export type CommitOutcome =
  | { readonly kind: 'COMMITTED' }
  /**
   * The key has a record already: of this very write, of an identical request, or of another one. Nothing else was
   * applied.
   */
  | { readonly kind: 'RECORD_EXISTS'; readonly record: CancellationRecord }
  /** The order has changed since it was read. Nothing was applied. */
  | { readonly kind: 'ORDER_CHANGED' }
  /** Turned away for a conflict or throttling in the transaction; the same write may be sent again. */
  | { readonly kind: 'BUSY'; readonly isConflict: boolean }
  /** There was no answer: it may have been applied or not. */
  | { readonly kind: 'UNKNOWN'; readonly cause: unknown };

export interface OrderRepository {
  /** One round trip. @throws DatabaseUnavailable */
  load(key: RecordKey, remainingMs: RemainingMs): Promise<LoadOutcome>;
  /** The record as of this instant. @throws DatabaseUnavailable */
  findRecord(key: RecordKey, remainingMs: RemainingMs): Promise<FindOutcome>;
  /** Changes the order and puts the record, both or neither, in one round trip. @throws DatabaseUnavailable */
  commit(write: CancellationWrite, remainingMs: RemainingMs): Promise<CommitOutcome>;
}

export interface OrderTables {
  readonly orders: string;
  readonly cancellations: string;
}

export function createOrderRepository(client: DynamoDBDocumentClient, tables: OrderTables): OrderRepository {
  return {
    async load(key, remainingMs) {
      const orderKey = orderKeyOf(key);
      const command = new BatchGetCommand({
        RequestItems: {
          [tables.orders]: { Keys: [{ orderKey }], ConsistentRead: true },
          [tables.cancellations]: {
            Keys: [{ orderKey, cancellationKey: key.cancellationKey }],
            ConsistentRead: true,
          },
        },
      });
      const { Responses = {}, UnprocessedKeys = {} } = await read(() =>
        client.send(command, { abortSignal: abortAfter(remainingMs) }),
      );
      // A key that was not processed may exist: it is not one that was not found.
      if (Object.keys(UnprocessedKeys).length > 0) return { kind: 'BUSY' };
      const order = Responses[tables.orders]?.[0] as OrderRow | undefined;
      const record = Responses[tables.cancellations]?.[0] as CancellationRow | undefined;
      return {
        kind: 'LOADED',
        order: order && orderOf(order),
        record: record && cancellationRecordOf(record),
      };
    },

    async findRecord(key, remainingMs) {
      // While a transaction is applied, its change of the order may be visible before its record is. A plain read would
      // miss the record; a read in a transaction is turned away until all is applied.
      const Key = { orderKey: orderKeyOf(key), cancellationKey: key.cancellationKey };
      const command = new TransactGetCommand({ TransactItems: [{ Get: { TableName: tables.cancellations, Key } }] });
      try {
        const { Responses = [] } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
        const record = Responses[0]?.Item as CancellationRow | undefined;
        return { kind: 'FOUND', record: record && cancellationRecordOf(record) };
      } catch (error) {
        if (error instanceof TransactionCanceledException && isBusy(error)) return { kind: 'BUSY' };
        throw error;
      }
    },

    async commit(write, remainingMs) {
      const command = new TransactWriteCommand(transactionOf(write, tables));
      const abortSignal = abortAfter(remainingMs);
      try {
        await client.send(command, { abortSignal });
        return { kind: 'COMMITTED' };
      } catch (error) {
        if (error instanceof TransactionCanceledException) return outcomeOfFailedTransaction(error);
        const failure = failureOf(error);
        // If a later attempt is rejected (for example for expired credentials), an earlier one may still have been
        // applied.
        const isFirstAttempt = ((error as Partial<DynamoDBServiceException>).$metadata?.attempts ?? 1) === 1;
        if (failure === 'REJECTED' && isFirstAttempt) throw error;
        // The SDK has retried already.
        if (failure === 'THROTTLED') throw new DatabaseUnavailable('A write was throttled.', { cause: error });
        return { kind: 'UNKNOWN', cause: error };
      }
    },
  };
}

function transactionOf(write: CancellationWrite, tables: OrderTables): TransactWriteCommandInput {
  const { order, cancellation, record, refundAccount, clientRequestToken } = write;
  const orderKey = orderKeyOf(order);

  // Only the canceled amounts of the requested lines are written, each as one map: 100 of them stay below the 4 KB that
  // an expression may have.
  const canceledOfLines = cancellation.items.map(
    ({ lineIndex }, index) => `#lines[${lineIndex}].#canceled = :c${index}`,
  );
  // The version is enough, because every writer increments it; the status is a second guard against a capture.
  const orderIsAsRead = '#version = :versionRead AND #status = :statusRead';
  const requestHasNoRecord = 'attribute_not_exists(cancellationKey)';

  return {
    ClientRequestToken: clientRequestToken,
    TransactItems: [
      {
        Update: {
          TableName: tables.orders,
          Key: { orderKey },
          UpdateExpression: `SET #status = :nextStatus, #version = :nextVersion, ${canceledOfLines.join(', ')}`,
          ConditionExpression: orderIsAsRead,
          ExpressionAttributeNames: { '#status': 'st', '#version': 'v', '#lines': 'lines', '#canceled': 'c' },
          ExpressionAttributeValues: {
            ':statusRead': order.paymentStatus,
            ':nextStatus': cancellation.nextStatus,
            ':versionRead': order.version,
            ':nextVersion': order.version + 1,
            ...Object.fromEntries(
              cancellation.items.map(({ canceledAfter }, index) => [`:c${index}`, storedLineAmounts(canceledAfter)]),
            ),
          },
        },
      },
      {
        Put: {
          TableName: tables.cancellations,
          Item: cancellationRow(orderKey, record, cancellation.items, refundAccount),
          ConditionExpression: requestHasNoRecord,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ],
  };
}

const temporaryReasons: ReadonlySet<string | undefined> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether a transaction was canceled for a temporary reason. */
function isBusy({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  return CancellationReasons.some(({ Code }) => temporaryReasons.has(Code));
}

/** DynamoDB lists the reasons in the sequence of the transaction's items: the order's, then the record's. */
function outcomeOfFailedTransaction(error: TransactionCanceledException): CommitOutcome {
  const [ofOrder, ofRecord] = error.CancellationReasons ?? [];
  const codes = [ofOrder?.Code, ofRecord?.Code];
  // The record decides first: if it exists, the order has changed because of it.
  if (ofRecord?.Code === 'ConditionalCheckFailed' && ofRecord.Item) {
    const row = unmarshall(ofRecord.Item, { wrapNumbers }) as CancellationRow;
    return { kind: 'RECORD_EXISTS', record: cancellationRecordOf(row) };
  }
  if (ofOrder?.Code === 'ConditionalCheckFailed') return { kind: 'ORDER_CHANGED' };
  if (isBusy(error)) return { kind: 'BUSY', isConflict: codes.includes('TransactionConflict') };
  throw new Error(`A transaction was canceled for ${codes.join(' and ')}.`, { cause: error });
}
