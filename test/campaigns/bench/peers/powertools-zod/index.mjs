import { IdempotencyConfig } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { makeHandlerIdempotent } from '@aws-lambda-powertools/idempotency/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import { createError } from '@middy/util';
import { cancelOrder } from '../shared/cancel-order.ts';
import { requestSchema } from '../shared/request-schema.mjs';
import { verifySignature } from '../shared/verify-signature.mjs';

// Peer a: Middy with Powertools' Idempotency, Logger and Metrics, and zod. A refusal is thrown, so that Idempotency
// forgets the request and it may be sent again. It does less: only the mandatory headers that it uses are looked at, what the
// schema and what the rules refuse is reported one after the other, and a conflict or an unanswered write is the merchant's to
// sort out.
const awsSdkV3Client = new DynamoDBClient({});
const client = DynamoDBDocumentClient.from(awsSdkV3Client, { unmarshallOptions: { wrapNumbers: BigInt } });
const logger = new Logger();
const metrics = new Metrics({ namespace: 'PaymentCancel' });
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: process.env.IDEMPOTENCY_TABLE, awsSdkV3Client });

const authenticate = {
  async before({ event }) {
    const { headers, body } = event;
    const key = await verifySignature(client, body, headers['X-Access-Key'], headers['X-EBP-Signature']);
    if (key === undefined || key.storeId !== headers['X-Store-Id']) throw createError(401, 'Unauthorized');
  },
};

export const handler = middy()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .use(httpErrorHandler({ logger: false }))
  .use(authenticate)
  .use(
    makeHandlerIdempotent({
      persistenceStore,
      config: new IdempotencyConfig({
        eventKeyJmesPath: '[headers."X-Store-Id", headers."X-Idempotency-Key"]',
        payloadValidationJmesPath: 'body',
        throwOnNoIdempotencyKey: true,
      }),
    }),
  )
  .handler(async ({ headers, body }) => {
    const parsed = requestSchema.safeParse(JSON.parse(body));
    if (!parsed.success) throw createError(400, JSON.stringify(parsed.error.issues));
    const caller = {
      storeId: headers['X-Store-Id'],
      currencyCode: headers['X-Currency-Code'],
      key: headers['X-Idempotency-Key'],
    };
    const outcome = await cancelOrder(client, caller, parsed.data);
    logger.info('cancel', { storeId: caller.storeId, orderNo: parsed.data.orderNo, status: outcome.status });
    metrics.addMetric(outcome.status === 200 ? 'Canceled' : 'Refused', MetricUnit.Count, 1);
    if (outcome.status !== 200) throw createError(outcome.status, JSON.stringify(outcome.body));
    return { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(outcome.body) };
  });
