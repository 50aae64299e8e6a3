import { Duration, Validations } from 'aws-cdk-lib';
import { type EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundling } from './bundling.ts';
import { deadLetterQueue, messageQueue } from './message-queue.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/** What every part of the chain of events is given. */
export interface ChainPartProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly commit: string;
}

interface Reading {
  /** The folder of its code, and a part of the name under which it logs and counts. */
  readonly name: string;
  readonly description: string;
  readonly functionId: string;
  readonly rule: { readonly id: string; readonly description: string; readonly eventPattern: EventPattern };
  /** Besides what every reader gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Timeout of the function, if it is another than usual. */
  readonly functionSeconds?: number;
  /** After how many receives a message is a dead letter, if other than usual. */
  readonly maxReceives?: number;
  /** Instances of the function that read the queue at once; undefined for as many as Lambda likes. */
  readonly maxConcurrency?: number;
  /** Whether the function says when a message comes again. */
  readonly delaysMessages: boolean;
}

/** A message that is not taken comes again each minute for an hour: as long as DynamoDB may take. */
const usual = { functionSeconds: 10, maxReceives: 60 };

/**
 * A function that reads what a rule of the bus puts into a queue: rule, queue, function, and the dead letters of all three.
 * Rights on tables are for whoever extends it to give.
 */
export abstract class QueueReader extends Construct {
  readonly function: IFunction;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** The name under which it logs and counts. */
  readonly serviceName: string;
  private readonly reader: NodeFunction;

  constructor(scope: Construct, id: string, { stage, tables, bus, commit }: ChainPartProps, reading: Reading) {
    super(scope, id);
    const { name, description, rule, environment, maxConcurrency } = reading;
    const { functionSeconds, maxReceives } = { ...usual, ...reading };
    this.serviceName = `payment-${name}-${stage.name}`;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    this.queue = messageQueue(this, 'Queue', this.deadLetters, { functionSeconds, maxReceives });
    new Rule(this, rule.id, {
      eventBus: bus,
      description: rule.description,
      eventPattern: rule.eventPattern,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters, maxEventAge: Duration.hours(24) })],
    });
    this.reader = new NodeFunction(this, reading.functionId, {
      stage,
      key: tables.key,
      name,
      bundling,
      description,
      memorySize: 512,
      timeout: Duration.seconds(functionSeconds),
      environment: {
        ...environment,
        ...(reading.delaysMessages ? { QUEUE_URL: this.queue.queueUrl } : {}),
        DEAD_LETTERS_URL: this.deadLetters.queueUrl,
        SERVICE_NAME: this.serviceName,
        COMMIT: commit,
      },
    });
    const delay = reading.delaysMessages ? ['sqs:ChangeMessageVisibility'] : [];
    const actions = [...delay, 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    this.allow(actions, this.queue.queueArn);
    this.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    tables.allowUseOfKey(this.reader.role);
    const mapping = new EventSourceMapping(this, 'Messages', {
      target: this.reader.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
      reason: 'What fails stays in the queue and comes again; the queue itself hands it to its dead letters at last.',
    });
    this.function = this.reader.function;
  }

  protected allow(actions: string[], arn: string): void {
    this.reader.allow(actions, arn);
  }
}
