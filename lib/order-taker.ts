import type { Construct } from 'constructs';
import { quickReceives, redeliveryHours } from '../lambda/environment/redelivery-times.ts';
import { platformEventTypes, platformSource } from '../lambda/events/event-names.ts';
import { type ChainPartProps, QueueReader } from './queue-reader.ts';

/** The function that takes what the platform says of orders and payments. */
export class OrderTaker extends QueueReader {
  constructor(scope: Construct, id: string, props: ChainPartProps) {
    const { stage, tables } = props;
    super(scope, id, props, {
      name: 'order-taker',
      description: 'Takes what the platform says of orders and payments',
      functionId: 'Taker',
      rule: {
        id: 'Events',
        description: 'What the platform says of orders and payments',
        eventPattern: { source: [platformSource], detailType: [...platformEventTypes] },
      },
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        CANCELLATIONS_TABLE: tables.cancellations.tableName,
        EXECUTIONS_TABLE: tables.executions.tableName,
        REFUND_ACCOUNTS_TABLE: tables.refundAccounts.tableName,
        REFUND_ACCOUNT_DAYS: String(stage.refundAccountDays),
      },
      // Each minute for hours, after the short pauses that the function makes.
      maxReceives: quickReceives + redeliveryHours * 60,
      delaysMessages: true,
    });
    this.allow(
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      tables.orders.tableArn,
    );
    this.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.cancellations.tableArn);
    this.allow(['dynamodb:Query', 'dynamodb:UpdateItem'], tables.executions.tableArn);
    this.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.refundAccounts.tableArn);
  }
}
