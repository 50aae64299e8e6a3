import assert from 'node:assert/strict';
import type { Store } from '../../../tools/in-memory/requests.ts';
import type { Deployment } from './deployment.ts';
import { connectExecutor } from './executor.ts';
import { startMerchantReceiver } from './merchant-receiver.ts';
import type { Operator } from './operator.ts';
import { eventStoreId, refuseOrders, takeOrders } from './orders.ts';
import { playRefunds } from './refunds.ts';
import type { Fillings } from './runbook/fill-in.ts';
import type { Runbook } from './runbook/runbook.ts';
import { giveAccount, pauseAndResume, setAndRemove } from './runbook/webhooks.ts';
import { step } from './steps.ts';
import { checkWebhooks, payBackLateDeposit, refundOrder } from './webhooks.ts';

interface Platform {
  readonly deployment: Deployment;
  readonly endpoint: string;
  readonly operator: Operator;
  readonly runbook: Runbook;
  readonly fillings: Fillings;
  readonly stores: {
    /** Whose orders come in by events. */
    readonly ofEvents: Store;
    readonly ofRefunds: Store;
  };
}

/** What goes over the event bus: orders come in, refunds leave and come back, and merchants get webhooks. */
export async function playBus({ deployment, endpoint, stores, ...rest }: Platform): Promise<void> {
  const { operator, runbook, fillings } = rest;
  const { ofEvents, ofRefunds } = stores;
  const executor = await connectExecutor(endpoint);
  const receiver = await startMerchantReceiver(deployment);
  const played = { ...rest, deployment, executor };
  const news = {
    storeId: ofRefunds.storeId,
    types: ['payment.refund_failed.v1', 'payment.refund_resolved.v1'],
  } as const;
  try {
    await receiver.connect(eventStoreId);
    await receiver.connect(news.storeId, { types: news.types, failures: 1 });
    await step('orders come in by events', async () => await takeOrders(deployment, executor, operator));
    await step('contradictions become dead letters', async () => await refuseOrders(deployment, executor));
    await step('an order that came in is refunded', async () => await refundOrder(deployment, executor, ofEvents));
    await step('runbook: a late deposit', async () => {
      await payBackLateDeposit(deployment, executor, ofEvents, async (id) => await giveAccount(rest, 'VOIDED', id));
    });
    await step('refunds leave, are executed, and come back', async () => {
      await playRefunds(deployment, executor, ofRefunds, operator, runbook, fillings);
    });
    await step('webhooks reach their merchants', async () => {
      // Of the chargeback, of the refund, and of the late deposit.
      await checkWebhooks(executor, receiver, { storeId: eventStoreId, count: 1 + 3 + 5 });
      await checkWebhooks(executor, receiver, { ...news, count: 5 });
      const deliveries = [...receiver.received(news.storeId).values()].map((received) => received.deliveries);
      assert.ok(deliveries.includes(2), 'the webhook that failed has come again');
    });
    await step('runbook: webhooks', async () => {
      await setAndRemove(played);
      await pauseAndResume(played);
      await checkWebhooks(executor, receiver, { storeId: eventStoreId, count: 10 });
    });
  } finally {
    receiver.stop();
    await executor.disconnect();
  }
}
