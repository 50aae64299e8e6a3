import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDocumentClient } from '../../../../lambda/dynamodb/client.ts';
import { mayHaveHadEffect } from '../../../../lambda/dynamodb/unanswered-attempts.ts';
import {
  canceledFor,
  credentialsRefused,
  failed,
  inProgress,
  onWire,
  throttled,
} from '../../../support/dynamodb-errors.ts';
import { sdkError } from '../../../support/stub-client.ts';

/** What DynamoDB does with one attempt of the SDK. */
type Reaction = (response: ServerResponse) => void;

const answer =
  (error: DynamoDBServiceException): Reaction =>
  (response) => {
    const { status, body } = onWire(error);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  };

const success: Reaction = (response) => response.end('{}');
const drop: Reaction = (response) => response.destroy();
const halfAnAnswer: Reaction = (response) => {
  response.writeHead(400, { 'content-length': 100 });
  response.write('{', () => response.destroy());
};

const serverError = answer(failed(0));
const unavailable = answer(failed(1));
const stillInProgress = answer(inProgress());
const busy = answer(throttled(0));
const expired = answer(credentialsRefused('ExpiredTokenException', 'It has expired.'));
const orderMoved = answer(canceledFor([{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }]));
const conflict = answer(canceledFor([{ Code: 'TransactionConflict' }, { Code: 'None' }]));

describe('a call by the real SDK', () => {
  let reactions: Reaction[] = [];
  let attempts = 0;
  let client: DynamoDBDocumentClient;
  const dynamodb = createServer((request, response) => {
    request.resume();
    attempts += 1;
    const react = reactions.shift() ?? success;
    request.once('end', () => react(response));
  });

  beforeAll(async () => {
    await once(dynamodb.listen(0, '127.0.0.1'), 'listening');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    client = createDocumentClient();
  });

  beforeEach(() => {
    attempts = 0;
  });

  afterAll(() => {
    client.destroy();
    dynamodb.closeAllConnections();
    dynamodb.close();
  });

  /** The error of a write of which DynamoDB does this with each attempt, first to last. */
  async function errorAfter(...planned: readonly Reaction[]): Promise<unknown> {
    reactions = [...planned];
    const write = new TransactWriteCommand({ TransactItems: [] });
    try {
      await client.send(write);
    } catch (error) {
      return error;
    }
    throw new Error('The write succeeded.');
  }

  test.each<[string, string, readonly Reaction[]]>([
    ['a server error', 'TransactionCanceledException', [serverError, orderMoved]],
    ['another server error', 'TransactionCanceledException', [unavailable, conflict]],
    ['a lost connection', 'TransactionCanceledException', [drop, orderMoved]],
    ['half an answer', 'TransactionCanceledException', [halfAnAnswer, orderMoved]],
    ['a write in progress', 'TransactionCanceledException', [stillInProgress, orderMoved]],
    ['a server error and a lost connection', 'TransactionCanceledException', [serverError, drop, orderMoved]],
    ['a lost connection, then throttling', 'TransactionCanceledException', [drop, busy, orderMoved]],
    ['throttling, then a server error', 'TransactionCanceledException', [busy, serverError, orderMoved]],
    ['a server error, then throttling to the end', 'ProvisionedThroughputExceededException', [serverError, busy, busy]],
    ['a lost connection', 'ExpiredTokenException', [drop, expired]],
  ])('may have had its effect after %s, though the last attempt was answered: %s', async (_what, name, planned) => {
    const error = await errorAfter(...planned);
    expect(error).toMatchObject({ name });
    expect(attempts).toBe(planned.length);
    expect(mayHaveHadEffect(error)).toBe(true);
  });

  test.each<[string, string, readonly Reaction[]]>([
    ['at once', 'TransactionCanceledException', [orderMoved]],
    ['after throttling', 'TransactionCanceledException', [busy, busy, conflict]],
    ['by throttling each time', 'ProvisionedThroughputExceededException', [busy, busy, busy]],
    ['by a refusal', 'ExpiredTokenException', [expired]],
    ['by a refusal after throttling', 'ExpiredTokenException', [busy, expired]],
  ])('surely had no effect where every attempt was answered: %s, %s', async (_what, name, planned) => {
    const error = await errorAfter(...planned);
    expect(error).toMatchObject({ name });
    expect(attempts).toBe(planned.length);
    expect(mayHaveHadEffect(error)).toBe(false);
  });

  test('may have had its effect where no attempt was answered', async () => {
    expect(mayHaveHadEffect(await errorAfter(drop, serverError, drop))).toBe(true);
    expect(attempts).toBe(3);
  });

  test('may have had its effect where it was ended before its answer came', async () => {
    const controller = new AbortController();
    reactions = [() => controller.abort()];
    const sent = client.send(new TransactWriteCommand({ TransactItems: [] }), { abortSignal: controller.signal });
    const error = await sent.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(mayHaveHadEffect(error)).toBe(true);
  });

  test('says nothing of the next call by the same client', async () => {
    expect(mayHaveHadEffect(await errorAfter(drop, orderMoved))).toBe(true);
    expect(mayHaveHadEffect(await errorAfter(orderMoved))).toBe(false);
  });
});

test('an error that no client has seen is judged by itself', () => {
  expect(mayHaveHadEffect(sdkError('ValidationException', 400))).toBe(false);
  expect(mayHaveHadEffect(sdkError('InternalServerError', 500))).toBe(true);
});
