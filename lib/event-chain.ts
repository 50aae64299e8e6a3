import { Construct } from 'constructs';
import { OrderTaker } from './order-taker.ts';
import { Publisher } from './publisher.ts';
import { ChainBus } from './chain-bus.ts';
import { ResultTaker } from './result-taker.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';
import { WebhookSender } from './webhook-sender.ts';

interface EventChainProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly commit: string;
}

/**
 * What connects the tables with an event bus. Orders come in: bus -> order taker -> Orders. Refunds leave and come back
 * into sight: Cancellations -> publisher -> bus -> result taker -> Executions. Merchants hear of it: bus -> webhook
 * sender. In the template it is named after refunds, which it began with: another name would replace every resource.
 */
export class EventChain extends Construct {
  readonly publisher: Publisher;
  readonly resultTaker: ResultTaker;
  readonly orderTaker: OrderTaker;
  readonly webhookSender: WebhookSender;

  constructor(scope: Construct, id: string, { stage, tables, commit }: EventChainProps) {
    super(scope, id);
    const chainBus = new ChainBus(this, 'Events', stage);
    const { bus } = chainBus;
    this.publisher = new Publisher(this, 'Out', { stage, tables, bus, commit });
    this.resultTaker = new ResultTaker(this, 'Back', { stage, tables, bus, commit });
    this.orderTaker = new OrderTaker(this, 'In', { stage, tables, bus, commit });
    this.webhookSender = new WebhookSender(this, 'Webhooks', { stage, tables, bus, commit });
    chainBus.admit(this.publisher.role);
  }
}
