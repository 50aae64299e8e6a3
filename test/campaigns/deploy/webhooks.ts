import assert from 'node:assert/strict';
import { type EventType, eventTypes, executorSource, serviceSource } from '../../../lambda/events/event-names.ts';
import type { RefundEvent } from '../../../lambda/events/refund-event.ts';
import { requestOf, type Store } from '../../../tools/in-memory/requests.ts';
import { captured, lines } from '../../support/platform-events.ts';
import type { Deployment } from './deployment.ts';
import type { ConnectedExecutor } from './executor.ts';
import { cancel } from './merchant.ts';
import type { MerchantReceiver } from './merchant-receiver.ts';
import { executionsOf, idOf, say } from './orders.ts';
import { until } from './steps.ts';

/** An order that came in by events is canceled, and its refund is executed. */
export async function refundOrder({ url }: Deployment, executor: ConnectedExecutor, store: Store): Promise<void> {
  const id = await cancelWhole(url, store, 'IN-STEPS');
  const request = await arrivalOf(executor, `${id}-1-0`);
  await executor.report(request, 1, { status: 'PENDING' });
  assert.equal((await arrivalOf(executor, `${id}-1-1`)).type, 'payment.refund_pending.v1');
  await executor.report(request, 2, { status: 'SUCCEEDED', pspReference: 'psp-1' });
  assert.equal((await arrivalOf(executor, `${id}-1-2`)).type, 'payment.refund_succeeded.v1');

  // What the rule of webhooks lets through to nobody. On AWS the bus refuses the second one already (known-gaps.ts).
  await executor.put(executorSource, request.type, { ...request, id: 'of-another-source' });
  await executor.put(serviceSource, 'payment.refund_requested.v2', { ...request, id: 'of-another-type' });
}

/**
 * An order is voided, and captured nevertheless: its money goes back, by a new attempt. It has failed until somebody gives
 * an account.
 * @param giveAccount does so
 */
export async function payBackLateDeposit(
  deployment: Deployment,
  executor: ConnectedExecutor,
  store: Store,
  giveAccount: (returnRequestId: string) => Promise<void>,
): Promise<void> {
  const id = await cancelWhole(deployment.url, store, 'VOIDED');
  const request = await arrivalOf(executor, `${id}-1-0`);
  assert.equal(request.type, 'payment.void_requested.v1');
  await executor.report(request, 1, { status: 'SUCCEEDED', settlement: 'VOIDED' });
  assert.equal((await arrivalOf(executor, `${id}-1-1`)).type, 'payment.voided.v1');
  await say(executor, captured(idOf('VOIDED')));
  assert.equal((await arrivalOf(executor, `${id}-2-1`)).data.failureReason, 'ACCOUNT_MISSING');

  await giveAccount(id);
  const refund = await arrivalOf(executor, `${id}-3-0`);
  assert.equal(refund.type, 'payment.refund_requested.v1');
  assert.ok(refund.data.accountRef);
  await executor.report(refund, 1, { status: 'SUCCEEDED' });
  await arrivalOf(executor, `${id}-3-1`);
  const [execution] = await executionsOf(deployment, 'VOIDED');
  assert.equal(execution?.st, 'SUCCEEDED');
}

/** What a merchant is expected to get. */
interface Expected {
  readonly storeId: string;
  /** All, unless given. */
  readonly types?: readonly EventType[];
  readonly count: number;
}

/** A merchant gets what left about its store: each event under its id, signed, without a refund account, and nothing else. */
export async function checkWebhooks(
  executor: ConnectedExecutor,
  receiver: MerchantReceiver,
  { storeId, types = eventTypes, count }: Expected,
): Promise<void> {
  const left = () =>
    [...executor.arrived.values()].filter(({ id, type, data }) => {
      return data.storeId === storeId && types.includes(type) && id.startsWith('RETREQ');
    });
  await until(`${count} events about ${storeId} have left`, async () => {
    await executor.receive();
    return left().length >= count;
  });
  assert.equal(left().length, count);
  const received = receiver.received(storeId);
  await until(`the webhooks of ${storeId} have arrived`, async () => received.size >= count);
  assert.deepEqual(
    [...received.keys()].toSorted(),
    left()
      .map(({ id }) => id)
      .toSorted(),
  );
  for (const { id, type, time, data } of left()) {
    const { accountRef: _account, ...shown } = data;
    assert.deepEqual(JSON.parse(received.get(id)?.body ?? ''), { type, timestamp: time, data: shown });
  }
  assert.deepEqual(receiver.strange, []);
}

/** @returns the id of the cancellation */
async function cancelWhole(url: string, store: Store, orderNo: string): Promise<string> {
  const items = lines.map(({ taxAmount: _tax, ...line }) => line);
  const { status, envelope } = await cancel(url, store, JSON.stringify(requestOf(items, { orderNo })));
  assert.equal(status, 200, JSON.stringify(envelope));
  return envelope.data?.returnRequestId ?? '';
}

/** The event with an id, when it has arrived. */
export async function arrivalOf(executor: ConnectedExecutor, id: string): Promise<RefundEvent> {
  await until(`${id} has arrived`, async () => {
    await executor.receive();
    return executor.arrived.has(id);
  });
  const event = executor.arrived.get(id);
  assert.ok(event);
  return event;
}
