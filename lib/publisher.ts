import { type CfnElement, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundling } from './bundling.ts';
import { deadLetterQueue } from './message-queue.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface PublisherProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly commit: string;
}

/** The function that publishes what the streams of two tables announce. */
export class Publisher extends Construct {
  readonly function: IFunction;
  readonly role: IRole;
  /** What could not be published: pointers, because the tables have the rest. */
  readonly deadLetters: Queue;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, bus, commit }: PublisherProps) {
    super(scope, id);
    this.serviceName = `payment-publisher-${stage.name}`;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    const publisher = new NodeFunction(this, 'Publisher', {
      stage,
      key: tables.key,
      name: 'publisher',
      bundling,
      description: 'Publishes refunds that are asked for, and what became of them',
      memorySize: 512,
      timeout: Duration.seconds(30),
      environment: {
        EXECUTIONS_TABLE: tables.executions.tableName,
        EVENT_BUS: bus.eventBusName,
        DEAD_LETTERS_URL: this.deadLetters.queueUrl,
        SERVICE_NAME: this.serviceName,
        COMMIT: commit,
      },
    });
    publisher.allow(['events:PutEvents'], bus.eventBusArn);
    publisher.allow(['dynamodb:PutItem'], tables.executions.tableArn);
    publisher.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    tables.allowUseOfKey(publisher.role);
    this.readStream(publisher, 'Cancellations', tables.cancellations, 'INSERT');
    this.readStream(publisher, 'Executions', tables.executions, 'MODIFY');
    this.function = publisher.function;
    this.role = publisher.role;
  }

  private readStream(publisher: NodeFunction, id: string, table: Table, eventName: 'INSERT' | 'MODIFY'): void {
    const stream = table.tableStreamArn ?? '';
    publisher.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], stream);
    publisher.allow(['dynamodb:ListStreams'], `${table.tableArn}/stream/*`);
    const tableId = Stack.of(this).getLogicalId(table.node.defaultChild as CfnElement);
    Validations.of(publisher.role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${tableId}.Arn>/stream/*]`,
      reason: 'Lambda lists the streams of this one table, by names that have the time of their creation in them.',
    });
    new EventSourceMapping(this, id, {
      target: publisher.function,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual(eventName) })],
      batchSize: 10,
      // Up to so many batches of a shard at once, of different orders: a shard takes more records than one would publish.
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Until the bus is back: by age and not by count, and below the 24 hours that a stream keeps.
      maxRecordAge: Duration.hours(20),
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
  }
}
