import { Construct } from 'constructs';
import { OrderTaker } from './order-taker.ts';
import { Publisher } from './publisher.ts';
import { RefundBus } from './refund-bus.ts';
import { ResultTaker } from './result-taker.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';
import { WebhookSender } from './webhook-sender.ts';

interface RefundsProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly commit: string;
}

/**
 * What connects the tables with an event bus. Orders come in: bus -> order taker -> Orders. Refunds leave and come back
 * into sight: Cancellations -> publisher -> bus -> result taker -> Executions.
 * Merchants get webhooks of it: bus -> webhook sender.
 */
export class Refunds extends Construct {
  readonly publisher: Publisher;
  readonly resultTaker: ResultTaker;
  readonly orderTaker: OrderTaker;
  readonly webhookSender: WebhookSender;

  constructor(scope: Construct, id: string, { stage, tables, commit }: RefundsProps) {
    super(scope, id);
    const refundBus = new RefundBus(this, 'Events', stage);
    const { bus } = refundBus;
    this.publisher = new Publisher(this, 'Out', { stage, tables, bus, commit });
    this.resultTaker = new ResultTaker(this, 'Back', { stage, tables, bus, commit });
    this.orderTaker = new OrderTaker(this, 'In', { stage, tables, bus, commit });
    this.webhookSender = new WebhookSender(this, 'Webhooks', { stage, tables, bus, commit });
    refundBus.admit(this.publisher.role);
  }
}
