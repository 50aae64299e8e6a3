import { Duration, Validations } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { executorSource, reportType } from '../lambda/events/event-names.ts';
import { bundling } from './bundling.ts';
import { deadLetterQueue, messageQueue, queueFunctionSeconds } from './message-queue.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface ResultTakerProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly commit: string;
}

/** The function that takes what executors report: bus, rule, queue, function. It can write no record and no order. */
export class ResultTaker extends Construct {
  readonly function: IFunction;
  readonly deadLetters: Queue;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, bus, commit }: ResultTakerProps) {
    super(scope, id);
    this.serviceName = `payment-result-taker-${stage.name}`;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    const queue = messageQueue(this, 'Queue', this.deadLetters);
    new Rule(this, 'Reports', {
      eventBus: bus,
      description: 'What executors report',
      eventPattern: { source: [executorSource], detailType: [reportType] },
      targets: [new SqsQueue(queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });

    const taker = new NodeFunction(this, 'Taker', {
      stage,
      key: tables.key,
      name: 'result-taker',
      bundling,
      description: 'Takes what executors report of refunds',
      memorySize: 512,
      timeout: Duration.seconds(queueFunctionSeconds),
      environment: {
        EXECUTIONS_TABLE: tables.executions.tableName,
        DEAD_LETTERS_URL: this.deadLetters.queueUrl,
        SERVICE_NAME: this.serviceName,
        COMMIT: commit,
      },
    });
    taker.allow(['dynamodb:UpdateItem'], tables.executions.tableArn);
    taker.allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], queue.queueArn);
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
