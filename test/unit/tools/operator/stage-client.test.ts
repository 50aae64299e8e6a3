import { expect, test } from '@jest/globals';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../../../../lambda/dynamodb/client.ts';
import { createStageClient } from '../../../../tools/operator/stage-client.ts';

/** Where the handler has its options before its first request. */
interface Handler {
  readonly configProvider: Promise<{ readonly requestTimeout: number; readonly throwOnRequestTimeout: boolean }>;
}

const patienceOf = async ({ config }: DynamoDBDocumentClient) => ({
  attempts: await config.maxAttempts(),
  strategy: await config.retryStrategy(),
  ...(await (config.requestHandler as unknown as Handler).configProvider),
});

test("an operator's client waits longer than the function's, not forever, and slows down", async () => {
  const patient = await patienceOf(createStageClient());
  const { attempts, requestTimeout } = await patienceOf(createDocumentClient());
  expect(patient.requestTimeout).toBeGreaterThanOrEqual(5 * requestTimeout);
  expect(patient.requestTimeout).toBeLessThanOrEqual(30_000);
  expect(patient.throwOnRequestTimeout).toBe(true);
  expect(patient.attempts).toBeGreaterThan(attempts);
  expect(patient.attempts).toBeLessThanOrEqual(20);
  expect(patient.strategy).toMatchObject({ mode: 'adaptive' });
});
