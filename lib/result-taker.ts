import type { Construct } from 'constructs';
import { executorSource, reportType } from '../lambda/events/event-names.ts';
import { type ChainPartProps, QueueReader } from './queue-reader.ts';

/** The function that takes what executors report. It can write no record and no order. */
export class ResultTaker extends QueueReader {
  constructor(scope: Construct, id: string, props: ChainPartProps) {
    const { executions } = props.tables;
    super(scope, id, props, {
      name: 'result-taker',
      description: 'Takes what executors report of refunds',
      functionId: 'Taker',
      rule: {
        id: 'Reports',
        description: 'What executors report',
        eventPattern: { source: [executorSource], detailType: [reportType] },
      },
      environment: { EXECUTIONS_TABLE: executions.tableName },
      delaysMessages: false,
    });
    this.allow(['dynamodb:UpdateItem'], executions.tableArn);
  }
}
