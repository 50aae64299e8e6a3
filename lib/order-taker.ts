import { Duration, Validations } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { quickReceives, redeliveryHours } from '../lambda/environment/redelivery-times.ts';
import { platformEventTypes, platformSource } from '../lambda/events/event-names.ts';
import { bundling } from './bundling.ts';
import { deadLetterQueue, messageQueue, queueFunctionSeconds } from './message-queue.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface OrderTakerProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly commit: string;
}

/** The function that takes what the platform says of orders and payments: bus, rule, queue, function. */
export class OrderTaker extends Construct {
  readonly function: IFunction;
  readonly deadLetters: Queue;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, bus, commit }: OrderTakerProps) {
    super(scope, id);
    this.serviceName = `payment-order-taker-${stage.name}`;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    // Each minute for hours, after the short pauses that the function makes.
    const maxReceives = quickReceives + redeliveryHours * 60;
    const queue = messageQueue(this, 'Queue', this.deadLetters, { maxReceives });
    new Rule(this, 'Events', {
      eventBus: bus,
      description: 'What the platform says of orders and payments',
      eventPattern: { source: [platformSource], detailType: [...platformEventTypes] },
      targets: [new SqsQueue(queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });

    const taker = new NodeFunction(this, 'Taker', {
      stage,
      key: tables.key,
      name: 'order-taker',
      bundling,
      description: 'Takes what the platform says of orders and payments',
      memorySize: 512,
      timeout: Duration.seconds(queueFunctionSeconds),
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        CANCELLATIONS_TABLE: tables.cancellations.tableName,
        EXECUTIONS_TABLE: tables.executions.tableName,
        REFUND_ACCOUNTS_TABLE: tables.refundAccounts.tableName,
        REFUND_ACCOUNT_DAYS: String(stage.refundAccountDays),
        QUEUE_URL: queue.queueUrl,
        DEAD_LETTERS_URL: this.deadLetters.queueUrl,
        SERVICE_NAME: this.serviceName,
        COMMIT: commit,
      },
    });
    taker.allow(
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      tables.orders.tableArn,
    );
    taker.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.cancellations.tableArn);
    taker.allow(['dynamodb:Query', 'dynamodb:UpdateItem'], tables.executions.tableArn);
    taker.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.refundAccounts.tableArn);
    taker.allow(
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      queue.queueArn,
    );
    taker.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    tables.allowUseOfKey(taker.role);
    const mapping = new EventSourceMapping(this, 'Messages', {
      target: taker.function,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'What fails stays in the queue and comes again; the queue itself hands it to its dead letters at last.',
    });
    this.function = taker.function;
  }
}
