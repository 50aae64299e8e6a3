import assert from 'node:assert/strict';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DeleteRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { RefundEvent } from '../../../lambda/events/refund-event.ts';
import { executorSource, reportType, serviceSource } from '../../../lambda/events/event-names.ts';
import { busNameOf } from '../../../lib/stages.ts';
import { credentials, region } from './workshop.ts';

const bus = busNameOf('dev');
const name = 'test-executor';

/** What a platform connects: a rule of its own on the bus, and a queue behind it. */
export interface ConnectedExecutor {
  readonly sqs: SQSClient;
  /** Events of this service that have arrived meanwhile, each of them taken off the queue. */
  readonly receive: () => Promise<RefundEvent[]>;
  /** All that have arrived so far, by their ids. */
  readonly arrived: ReadonlyMap<string, RefundEvent>;
  /** Puts an event on the bus. @returns the error code of its entry, if it was refused */
  readonly put: (source: string, type: string, detail: object) => Promise<string | undefined>;
  /** Reports on a request that has arrived. */
  readonly report: (request: RefundEvent, sequence: number, changes: object) => Promise<void>;
  readonly disconnect: () => Promise<void>;
}

export async function connectExecutor(endpoint: string): Promise<ConnectedExecutor> {
  const client = { endpoint, region, credentials, maxAttempts: 1 };
  const sqs = new SQSClient(client);
  const events = new EventBridgeClient(client);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const rule = { EventBusName: bus, Rule: name };
  const EventPattern = JSON.stringify({ source: [serviceSource] });
  await events.send(new PutRuleCommand({ EventBusName: bus, Name: name, EventPattern }));
  await events.send(new PutTargetsCommand({ ...rule, Targets: [{ Id: name, Arn: Attributes?.QueueArn }] }));

  const put = async (source: string, type: string, detail: object) => {
    const entry = { EventBusName: bus, Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
    return Entries[0]?.ErrorCode;
  };
  const arrived = new Map<string, RefundEvent>();
  return {
    sqs,
    put,
    arrived,
    async receive() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      const received = Messages.map(({ Body = '' }) => (JSON.parse(Body) as { readonly detail: RefundEvent }).detail);
      for (const event of received) {
        assert.deepEqual(event, arrived.get(event.id) ?? event, 'equal ids are equal events');
        arrived.set(event.id, event);
      }
      return received;
    },
    async report({ data }, sequence, changes) {
      const { storeId, orderNo, returnRequestId, attempt, currencyCode, amount } = data;
      const about = { storeId, orderNo, returnRequestId, attempt, currencyCode, amount, sequence, ...changes };
      const id = `${returnRequestId}-${sequence}`;
      const time = new Date().toISOString();
      const detail = { specversion: '1.0', id, source: executorSource, type: reportType, time, data: about };
      const refused = await put(executorSource, reportType, detail);
      if (refused !== undefined) throw new Error(`The bus refused a report: ${refused}.`);
    },
    async disconnect() {
      await events.send(new RemoveTargetsCommand({ ...rule, Ids: [name] }));
      await events.send(new DeleteRuleCommand({ EventBusName: bus, Name: name }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      sqs.destroy();
      events.destroy();
    },
  };
}
