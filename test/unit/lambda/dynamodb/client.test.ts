import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StandardRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDocumentClient, wrapNumbers } from '../../../../lambda/dynamodb/client.ts';

describe('a number that is stored', () => {
  test.each(['0', '-1', '9007199254740993', '99999999999999999999999999999999999999'])(
    'as %s is read to the last digit',
    (digits) => {
      expect(String(wrapNumbers(digits))).toBe(digits);
      expect(typeof wrapNumbers(digits)).toBe('bigint');
    },
  );

  test.each([
    ['1.5', 1.5],
    ['-0.25', -0.25],
    ['1E+2', 100],
    ['1E-7', 1e-7],
  ])('as %s, which the service never does, does not fail the page that it is in', (digits, number) => {
    expect(wrapNumbers(digits)).toBe(number);
  });
});

describe('the client', () => {
  const dynamodb = createServer((request, response) => {
    request.resume();
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ Item: { a: { N: '1' }, b: { N: '9007199254740993' } } }));
  });

  beforeAll(async () => {
    await once(dynamodb.listen(0, '127.0.0.1'), 'listening');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  afterAll(() => {
    dynamodb.closeAllConnections();
    dynamodb.close();
  });

  test('reads every whole number as bigint, small ones too, and bounds every wait', async () => {
    const client = createDocumentClient();
    const { Item } = await client.send(new GetCommand({ TableName: 'orders', Key: { orderKey: 'S/1' } }));
    expect(Item).toEqual({ a: 1n, b: 9_007_199_254_740_993n });

    const handler = client.config.requestHandler as NodeHttpHandler;
    const { connectionTimeout, requestTimeout, socketTimeout, throwOnRequestTimeout } = handler.httpHandlerConfigs();
    expect(throwOnRequestTimeout).toBe(true);
    expect(connectionTimeout).toBeLessThan(Number(requestTimeout));
    // The request's time is that of the connection and of the first byte, the socket's that between one byte and the next.
    const longestAttemptMs = Number(requestTimeout) + Number(socketTimeout);
    const strategy = (await client.config.retryStrategy()) as StandardRetryStrategy;
    const functionTimeoutMs = 10_000;
    expect((await strategy.maxAttempts()) * longestAttemptMs).toBeLessThan(functionTimeoutMs);
    client.destroy();
  });

  test('takes no settings from the environment but region, credentials and endpoint', async () => {
    const client = createDocumentClient();
    // Where the SDK reads these, it refuses them together with a configured endpoint.
    Object.assign(process.env, { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' });
    const { Item } = await client.send(new GetCommand({ TableName: 'orders', Key: { orderKey: 'S/1' } }));
    expect(Item).toHaveProperty('a', 1n);
    client.destroy();
  });
});
