import { Duration, Validations } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventTypes, serviceSource } from '../lambda/events/event-names.ts';
import { maxReceives } from '../lambda/webhook-sender/schedule.ts';
import { bundling } from './bundling.ts';
import { deadLetterQueue, messageQueue } from './message-queue.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface WebhookSenderProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly commit: string;
}

/** A call takes ten seconds at most; the rest is for the tables and for what comes after it. */
const functionSeconds = 30;

/** The function that sends merchants what became of their refunds: bus, rule, queue, function. */
export class WebhookSender extends Construct {
  readonly function: IFunction;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, bus, commit }: WebhookSenderProps) {
    super(scope, id);
    this.serviceName = `payment-webhook-sender-${stage.name}`;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    this.queue = messageQueue(this, 'Queue', this.deadLetters, { functionSeconds, maxReceives });
    new Rule(this, 'Events', {
      eventBus: bus,
      description: 'What merchants get by webhooks',
      eventPattern: { source: [serviceSource], detailType: [...eventTypes] },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });

    const sender = new NodeFunction(this, 'Sender', {
      stage,
      key: tables.key,
      name: 'webhook-sender',
      bundling,
      description: 'Sends merchants what became of their refunds',
      memorySize: 512,
      timeout: Duration.seconds(functionSeconds),
      environment: {
        ENDPOINTS_TABLE: tables.endpoints.tableName,
        QUEUE_URL: this.queue.queueUrl,
        DEAD_LETTERS_URL: this.deadLetters.queueUrl,
        SERVICE_NAME: this.serviceName,
        COMMIT: commit,
      },
    });
    sender.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.endpoints.tableArn);
    sender.allow(
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      this.queue.queueArn,
    );
    sender.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    tables.allowUseOfKey(sender.role);
    const mapping = new EventSourceMapping(this, 'Messages', {
      target: sender.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      // Merchants that answer slowly must not take the account's instances from whoever cancels.
      maxConcurrency: stage.webhookConcurrency,
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'What fails stays in the queue and comes again; the queue itself hands it to its dead letters at last.',
    });
    this.function = sender.function;
  }
}
