import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Order, OrderId } from '../domain/order.ts';
import { type PaymentChange, paymentTransitions } from '../domain/payment-transitions.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { wrapNumbers } from './client.ts';
import { abortAfter, read } from './failures.ts';
import { type OrderRow, orderKeyOf, orderOf, orderRow } from './items.ts';

/** CHANGED: the condition does not hold, and the order is this one now. BUSY: another transaction is at work on it. */
export type PaymentWritten =
  | { readonly kind: 'WRITTEN' }
  | { readonly kind: 'CHANGED'; readonly order: Order | undefined }
  | { readonly kind: 'BUSY' };

/** Orders as events about their payments change them. Each method is one round trip. @throws InvariantViolated */
export interface PaymentRepository {
  /** Strongly consistent. @throws DatabaseUnavailable */
  find(id: OrderId, remainingMs: RemainingMs): Promise<Order | undefined>;
  /** Puts an order unless there is one under its number. @throws DatabaseUnavailable, or the error of AWS */
  putIfNew(order: Order, remainingMs: RemainingMs): Promise<PaymentWritten>;
  /** Sets the payment status from one of those that it may come from. @throws as putIfNew */
  change(id: OrderId, change: PaymentChange, remainingMs: RemainingMs): Promise<PaymentWritten>;
}

export function createPaymentRepository(client: DynamoDBDocumentClient, table: string): PaymentRepository {
  return {
    async find(id, remainingMs) {
      const command = new GetCommand({ TableName: table, Key: { orderKey: orderKeyOf(id) }, ConsistentRead: true });
      const { Item } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      return Item && orderOf(Item as OrderRow);
    },

    async putIfNew(order, remainingMs) {
      const command = new PutCommand({
        TableName: table,
        Item: orderRow(order),
        ConditionExpression: 'attribute_not_exists(orderKey)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return await outcomeOf(client.send(command, { abortSignal: abortAfter(remainingMs) }));
    },

    async change(id, change, remainingMs) {
      const { from } = paymentTransitions[change];
      const command = new UpdateCommand({
        TableName: table,
        Key: { orderKey: orderKeyOf(id) },
        // The version as well: a cancellation that was decided before this is decided again.
        UpdateExpression: 'SET #status = :next, #version = #version + :one',
        ConditionExpression: `#status IN (${from.map((_status, index) => `:from${index}`).join(', ')})`,
        ExpressionAttributeNames: { '#status': 'st', '#version': 'v' },
        ExpressionAttributeValues: {
          ':next': change,
          ':one': 1,
          ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return await outcomeOf(client.send(command, { abortSignal: abortAfter(remainingMs) }));
    },
  };
}

async function outcomeOf(call: Promise<unknown>): Promise<PaymentWritten> {
  try {
    await call;
    return { kind: 'WRITTEN' };
  } catch (error) {
    if (error instanceof TransactionConflictException) return { kind: 'BUSY' };
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const order = error.Item && orderOf(unmarshall(error.Item, { wrapNumbers }) as OrderRow);
    return { kind: 'CHANGED', order };
  }
}
