import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import {
  type CancellationData,
  cancellationData,
  toDataJson,
} from '../../../../../lambda/contract/cancellation-data.ts';
import type { Cancellation, CancellationRequest } from '../../../../../lambda/domain/cancellation.ts';
import { decideCancellation } from '../../../../../lambda/domain/decide-cancellation.ts';
import type { Order } from '../../../../../lambda/domain/order.ts';
import {
  cancellationRow,
  storedLineAmounts,
  type OrderRow,
  orderKeyOf,
  orderOf,
} from '../../../../../lambda/dynamodb/items.ts';

/** What a peer reads of a request's headers. */
interface Sender {
  readonly storeId: string;
  readonly currencyCode: string;
  readonly key: string;
}

/**
 * What the peers a, b and c have in common: the service's own rules and items, so that what differs is the stack around
 * them. One GetItem, one TransactWriteItems. Unlike the service it does not look for an earlier record, and neither retries a
 * conflict nor asks what became of a write that was not answered.
 */
export async function cancelOrder(
  client: DynamoDBDocumentClient,
  { storeId, currencyCode, key }: Sender,
  request: CancellationRequest,
): Promise<{ readonly status: number; readonly body: object }> {
  const orderKey = orderKeyOf({ storeId, orderNo: request.orderNo });
  const { Item } = await client.send(
    new GetCommand({ TableName: process.env['ORDERS_TABLE'], Key: { orderKey }, ConsistentRead: true }),
  );
  if (Item === undefined) return { status: 404, body: { message: 'No such order.' } };

  const order = orderOf(Item as OrderRow);
  const decision = decideCancellation(order, request, currencyCode);
  if (!decision.ok)
    return { status: 400, body: { message: 'Refused.', reasons: decision.violations.map((v) => v.reason) } };

  const { cancellation } = decision;
  const data = cancellationData(cancellation, `RETREQ${randomUUID()}`);
  try {
    await client.send(new TransactWriteCommand(transactionOf(order, cancellation, key, data)));
    return { status: 200, body: { resultCode: '0', message: 'SUCCESS', data } };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return { status: 409, body: { message: 'The order has changed, or was canceled with this key before.' } };
  }
}

function transactionOf(
  order: Order,
  { items, kind, nextStatus }: Cancellation,
  key: string,
  data: CancellationData,
): TransactWriteCommandInput {
  const orderKey = orderKeyOf(order);
  const canceledOfLines = items.map(({ lineIndex }, index) => `#lines[${lineIndex}].#canceled = :c${index}`);
  const record = {
    cancellationKey: `K#${key}`,
    requestDigest: '',
    kind,
    createdAtMs: Date.now(),
    returnRequestId: data.returnRequestId,
    orderVersion: order.version + 1,
    accountTag: undefined,
    dataJson: toDataJson(data),
  };
  return {
    TransactItems: [
      {
        Update: {
          TableName: process.env['ORDERS_TABLE'],
          Key: { orderKey },
          UpdateExpression: `SET #status = :nextStatus, #version = :nextVersion, ${canceledOfLines.join(', ')}`,
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#status': 'st', '#version': 'v', '#lines': 'lines', '#canceled': 'c' },
          ExpressionAttributeValues: {
            ':nextStatus': nextStatus,
            ':version': order.version,
            ':nextVersion': order.version + 1,
            ...Object.fromEntries(
              items.map(({ canceledAfter }, index) => [`:c${index}`, storedLineAmounts(canceledAfter)]),
            ),
          },
        },
      },
      {
        Put: {
          TableName: process.env['CANCELLATIONS_TABLE'],
          Item: cancellationRow(order, record, items, false),
          ConditionExpression: 'attribute_not_exists(cancellationKey)',
        },
      },
    ],
  };
}
