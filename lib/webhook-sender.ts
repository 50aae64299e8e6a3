import type { Construct } from 'constructs';
import { eventTypes, serviceSource } from '../lambda/events/event-names.ts';
import { maxReceives } from '../lambda/webhook-sender/schedule.ts';
import { type ChainPartProps, QueueReader } from './queue-reader.ts';

/** The function that sends merchants what became of their refunds. */
export class WebhookSender extends QueueReader {
  constructor(scope: Construct, id: string, props: ChainPartProps) {
    const { stage, tables } = props;
    super(scope, id, props, {
      name: 'webhook-sender',
      description: 'Sends merchants what became of their refunds',
      functionId: 'Sender',
      rule: {
        id: 'Events',
        description: 'What merchants get by webhooks',
        eventPattern: { source: [serviceSource], detailType: [...eventTypes] },
      },
      environment: { ENDPOINTS_TABLE: tables.endpoints.tableName },
      // A call takes ten seconds at most; the rest is for the tables and for what comes after it.
      functionSeconds: 30,
      maxReceives,
      // Merchants that answer slowly must not take the account's instances from whoever cancels.
      maxConcurrency: stage.webhookConcurrency,
      delaysMessages: true,
    });
    this.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.endpoints.tableArn);
  }
}
