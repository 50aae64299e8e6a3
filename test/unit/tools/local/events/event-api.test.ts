import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createDeadLetters } from '../../../../../lambda/events/dead-letters.ts';
import { BusRefused, createEventBus } from '../../../../../lambda/events/event-bus.ts';
import { refundEventOf } from '../../../../../lambda/events/refund-event.ts';
import { createEventApi } from '../../../../../tools/local/events/event-api.ts';
import type { BusEvent } from '../../../../../tools/local/events/event-pattern.ts';
import { LocalBus } from '../../../../../tools/local/events/local-bus.ts';
import { MessageQueue } from '../../../../../tools/local/events/message-queue.ts';
import { executionWith } from '../../../../support/refunds.ts';

const inTime = () => 5000;
const aws = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };
const event = refundEventOf(executionWith());

let server: Server;
let endpoint: string;
let got: BusEvent[];
let queue: MessageQueue;

beforeEach(async () => {
  got = [];
  const bus = new LocalBus('bus-1');
  bus.subscribe({ source: ['payment-cancel'] }, (one) => got.push(one));
  bus.subscribe({ source: ['somebody-else'] }, (one) => got.push(one));
  queue = new MessageQueue({
    name: 'letters',
    visibilityMs: 1_000_000,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  server = createEventApi(bus, new Map([['letters', queue]]));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

test('an event of the SDK goes to the rules that it fits, as EventBridge hands it on', async () => {
  const client = new EventBridgeClient({ ...aws, endpoint });
  await createEventBus(client, 'bus-1').put(event, inTime);
  expect(got).toEqual([
    {
      version: '0',
      id: expect.any(String),
      'detail-type': event.type,
      source: 'payment-cancel',
      account: '000000000000',
      time: '2025-12-30T21:14:13.909Z',
      region: 'us-east-1',
      resources: [],
      detail: event,
    },
  ]);
});

test('an event for another bus is taken, and nobody gets it', async () => {
  await createEventBus(new EventBridgeClient({ ...aws, endpoint }), 'bus-2').put(event, inTime);
  expect(got).toEqual([]);
});

test('an entry without a type is refused', async () => {
  const put = createEventBus(new EventBridgeClient({ ...aws, endpoint }), 'bus-1').put(
    { ...event, type: '' } as never,
    inTime,
  );
  await expect(put).rejects.toThrow(BusRefused);
});

test('a message of the SDK is in its queue, with the reason', async () => {
  const client = new SQSClient({ ...aws, endpoint });
  await createDeadLetters(client, `${endpoint}/000000000000/letters`).send('{"a":"é"}', 'because', inTime);
  expect(queue.messages).toMatchObject([{ body: '{"a":"é"}', reason: 'because' }]);
});

test('a queue that is not there, and a call that is not known, are refused', async () => {
  const client = new SQSClient({ ...aws, endpoint });
  const command = new SendMessageCommand({ QueueUrl: `${endpoint}/000000000000/none`, MessageBody: 'x' });
  await expect(client.send(command)).rejects.toThrow('UnknownOperationException');
  const response = await fetch(endpoint, { method: 'POST', body: '{}', headers: { 'X-Amz-Target': 'AmazonSQS.None' } });
  expect(response.status).toBe(400);
});

test('a reader of a queue decides when a message comes again', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const client = new SQSClient({ ...aws, endpoint });
  const QueueUrl = `${endpoint}/000000000000/letters`;
  queue.read({
    batchSize: 1,
    concurrency: 1,
    async take({ Records: [record] }) {
      const { attributes, receiptHandle = '', messageId = '' } = record ?? {};
      if (attributes?.ApproximateReceiveCount === '2') {
        resolve('came again');
        return { batchItemFailures: [] };
      }
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }),
      );
      return { batchItemFailures: [{ itemIdentifier: messageId }] };
    },
  });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
  expect(await promise).toBe('came again');
});
