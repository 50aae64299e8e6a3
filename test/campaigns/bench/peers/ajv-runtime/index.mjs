import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { createError } from '@middy/util';
import { Ajv } from 'ajv';
import { cancelRequestSchema } from '../../../../../lambda/cancel/cancel-request.schema.ts';
import { cancelOrder } from '../shared/cancel-order.ts';
import { verifySignature } from '../shared/verify-signature.mjs';

// Peer c: Middy with ajv that compiles the service's own schema when the function is loaded. It does less than peer a: a
// repeated request is a 409 and not a replay, and there are no metrics.
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { unmarshallOptions: { wrapNumbers: BigInt } });
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(cancelRequestSchema);

const authenticate = {
  async before({ event }) {
    const { headers, body } = event;
    const key = await verifySignature(client, body, headers['X-Access-Key'], headers['X-EBP-Signature']);
    if (key === undefined || key.storeId !== headers['X-Store-Id']) throw createError(401, 'Unauthorized');
  },
};

const validateBody = {
  before({ event }) {
    if (!validate(event.body)) throw createError(400, JSON.stringify(validate.errors));
  },
};

export const handler = middy()
  .use(httpErrorHandler({ logger: false }))
  .use(authenticate)
  .use(httpJsonBodyParser())
  .use(validateBody)
  .handler(async ({ headers, body: request }) => {
    const caller = {
      storeId: headers['X-Store-Id'],
      currencyCode: headers['X-Currency-Code'],
      key: headers['X-Idempotency-Key'],
    };
    const { status, body } = await cancelOrder(client, caller, request);
    console.log(JSON.stringify({ message: 'cancel', storeId: caller.storeId, orderNo: request.orderNo, status }));
    return { statusCode: status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  });
