import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import serverlessExpress from '@codegenie/serverless-express';
import express from 'express';
import { cancelOrder } from '../shared/cancel-order.ts';
import { requestSchema } from '../shared/request-schema.mjs';
import { verifySignature } from '../shared/verify-signature.mjs';

// Peer b: Express behind serverless-express, and zod. It does less than peer a: a repeated request is a 409 and not a
// replay, and there are no metrics.
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { unmarshallOptions: { wrapNumbers: BigInt } });
const app = express();
app.use(
  express.json({
    verify(request, _response, rawBody) {
      request.rawBody = rawBody;
    },
  }),
);

// Express 5 passes on what an async handler throws.
// oxlint-disable-next-line oxc/no-async-endpoint-handlers
app.post('/api/v2/payment/cancel', async (request, response) => {
  const key = await verifySignature(
    client,
    request.rawBody,
    request.get('X-Access-Key'),
    request.get('X-EBP-Signature'),
  );
  if (key === undefined || key.storeId !== request.get('X-Store-Id')) {
    return response.status(401).json({ message: 'Unauthorized' });
  }
  const parsed = requestSchema.safeParse(request.body);
  if (!parsed.success) return response.status(400).json({ issues: parsed.error.issues });
  const caller = {
    storeId: key.storeId,
    currencyCode: request.get('X-Currency-Code'),
    key: request.get('X-Idempotency-Key'),
  };
  const { status, body } = await cancelOrder(client, caller, parsed.data);
  console.log(JSON.stringify({ message: 'cancel', storeId: key.storeId, orderNo: parsed.data.orderNo, status }));
  return response.status(status).json(body);
});

export const handler = serverlessExpress({ app });
