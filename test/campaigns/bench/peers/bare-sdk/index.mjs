import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { transactionOf } from '../shared/bare-transaction.mjs';

// Peer d: the SDK's low-level client and nothing else. It believes whatever it is sent: no signature, no schema, no
// rules, no answer to a repeated request.
const client = new DynamoDBClient({});

export async function handler({ headers, body }) {
  const request = JSON.parse(body);
  const orderKey = `${headers['X-Store-Id']}/${request.orderNo}`;
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env.ORDERS_TABLE,
      Key: { orderKey: { S: orderKey } },
      ConsistentRead: true,
    }),
  );
  const transaction = transactionOf(Item, request, headers['X-Idempotency-Key']);
  await client.send(new TransactWriteItemsCommand(transaction));
  return { statusCode: 200, body: JSON.stringify({ resultCode: '0', data: { orderNo: request.orderNo } }) };
}
