import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
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
  type NewCancellationRecord,
  type OrderRow,
  orderKeyOf,
  orderOf,
  storedLineAmounts,
} from './items.ts';
import { refundAccountKeyOf, type RefundAccountRow, refundAccountRow } from './refund-items.ts';
import { abortAfter, failureOf, readUnlessThrottled } from './failures.ts';
import { mayHaveHadEffect } from './unanswered-attempts.ts';

/** What identifies the record of a cancellation: its order and a key (contract, section 4). */
export interface RecordKey extends OrderId {
  /** See domain/idempotency.ts. */
  readonly cancellationKey: string;
}

export interface CancellationWrite {
  /** The order as it was read. It is changed only if its version and its status are still the same. */
  readonly order: Order;
  readonly cancellation: Cancellation;
  readonly record: NewCancellationRecord;
  readonly refundAccount: RefundAccount | undefined;
  /** Within ten minutes DynamoDB applies a transaction with this token only once: the same write may be sent again. */
  readonly clientRequestToken: string;
}

/** The order and the record as of about one instant, each undefined if it does not exist. */
export interface Loaded {
  readonly kind: 'LOADED';
  readonly order: Order | undefined;
  readonly record: CancellationRecord | undefined;
}

/** DynamoDB is too busy: it throttled a call or left a part of it out, or another transaction is at work on an item. */
export interface Busy {
  readonly kind: 'BUSY';
  /** Whether another transaction was the reason. */
  readonly isConflict: boolean;
}

/** The record, undefined if it does not exist. */
export interface Found {
  readonly kind: 'FOUND';
  readonly record: CancellationRecord | undefined;
}

/** What DynamoDB answered to a write. It is open if an attempt of the SDK was not answered and may have been applied. */
export type CommitOutcome = { readonly isOpen: boolean } & (
  | { readonly kind: 'COMMITTED' }
  /**
   * The key has a record already: of this very write, of an identical request, or of another one. Nothing else was
   * applied.
   */
  | { readonly kind: 'RECORD_EXISTS'; readonly record: CancellationRecord }
  /** The order has changed since it was read, and is now this one. Nothing was applied. */
  | { readonly kind: 'ORDER_CHANGED'; readonly order: Order | undefined }
  | Busy
  /** There was no answer: it may have been applied or not. */
  | { readonly kind: 'UNANSWERED' }
);

export interface OrderRepository {
  /** One round trip. @throws DatabaseUnavailable, InvariantViolated */
  load(key: RecordKey, remainingMs: RemainingMs): Promise<Loaded | Busy>;
  /** The record as of this instant. @throws DatabaseUnavailable */
  findRecord(key: RecordKey, remainingMs: RemainingMs): Promise<Found | Busy>;
  /**
   * Changes the order and puts the record, both or neither, in one round trip. @throws DatabaseUnavailable when no time
   * remains for the call, InvariantViolated, the error of AWS when it rejected the call and nothing was applied
   */
  commit(write: CancellationWrite, remainingMs: RemainingMs): Promise<CommitOutcome>;
}

export interface OrderTables {
  readonly orders: string;
  readonly cancellations: string;
}

/** What a cancellation is written to. */
export interface CancelTables extends OrderTables {
  readonly refundAccounts: string;
}

/** @param refundAccountDays for how long a refund account is kept */
export function createOrderRepository(
  client: DynamoDBDocumentClient,
  tables: CancelTables,
  refundAccountDays: number,
): OrderRepository {
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
      const loaded = await readUnlessThrottled(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      // A key that was not processed may exist: it is not one that was not found.
      if (loaded === undefined || Object.keys(loaded.UnprocessedKeys ?? {}).length > 0) return throttled;
      const { Responses = {} } = loaded;
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
        const found = await readUnlessThrottled(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
        if (found === undefined) return throttled;
        const record = found.Responses?.[0]?.Item as CancellationRow | undefined;
        return { kind: 'FOUND', record: record && cancellationRecordOf(record) };
      } catch (error) {
        if (error instanceof TransactionCanceledException && isBusy(error)) return busyBecauseOf(error);
        throw error;
      }
    },

    async commit(write, remainingMs) {
      const command = new TransactWriteCommand(transactionOf(write, tables, refundAccountDays));
      const abortSignal = abortAfter(remainingMs);
      try {
        await client.send(command, { abortSignal });
        return { kind: 'COMMITTED', isOpen: false };
      } catch (error) {
        const isOpen = mayHaveHadEffect(error);
        if (error instanceof TransactionCanceledException) {
          return { ...outcomeOfCanceledTransaction(error), isOpen };
        }
        const failure = failureOf(error);
        if (failure === 'THROTTLED') return { ...throttled, isOpen };
        if (failure === 'REJECTED' && !isOpen) throw error;
        return { kind: 'UNANSWERED', isOpen };
      }
    },
  };
}

const throttled: Busy = { kind: 'BUSY', isConflict: false };

function transactionOf(
  write: CancellationWrite,
  tables: CancelTables,
  refundAccountDays: number,
): TransactWriteCommandInput {
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
          // So that a lost race can be decided again without another read.
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
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
          Item: cancellationRow(order, record, cancellation.items, refundAccount !== undefined),
          ConditionExpression: requestHasNoRecord,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      // In a table of its own, so that no reader of records comes near it, and so that it can end.
      ...(refundAccount === undefined
        ? []
        : [{ Put: { TableName: tables.refundAccounts, Item: accountRowOf(write, refundAccount, refundAccountDays) } }]),
    ],
  };
}

const dayMs = 24 * 60 * 60 * 1000;

function accountRowOf({ order, record }: CancellationWrite, account: RefundAccount, days: number): RefundAccountRow {
  const key = refundAccountKeyOf(orderKeyOf(order), record.returnRequestId, 1);
  return refundAccountRow(key, account, record.createdAtMs + days * dayMs);
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

function busyBecauseOf({ CancellationReasons = [] }: TransactionCanceledException): Busy {
  return { kind: 'BUSY', isConflict: CancellationReasons.some(({ Code }) => Code === 'TransactionConflict') };
}

/** DynamoDB lists the reasons in the sequence of the transaction's items: the order's, then the record's. */
function outcomeOfCanceledTransaction(error: TransactionCanceledException) {
  const [ofOrder, ofRecord] = error.CancellationReasons ?? [];
  // The record decides first: if it exists, the order has changed because of it.
  if (ofRecord?.Code === 'ConditionalCheckFailed' && ofRecord.Item) {
    const row = unmarshall(ofRecord.Item, { wrapNumbers }) as CancellationRow;
    return { kind: 'RECORD_EXISTS', record: cancellationRecordOf(row) } as const;
  }
  if (ofOrder?.Code === 'ConditionalCheckFailed') {
    const order = ofOrder.Item && orderOf(unmarshall(ofOrder.Item, { wrapNumbers }) as OrderRow);
    return { kind: 'ORDER_CHANGED', order } as const;
  }
  if (isBusy(error)) return busyBecauseOf(error);
  const codes = [ofOrder?.Code, ofRecord?.Code];
  throw new Error(`A transaction was canceled for ${codes.join(' and ')}.`, { cause: error });
}
