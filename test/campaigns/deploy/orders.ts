import assert from 'node:assert/strict';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderRow } from '../../../lambda/dynamodb/items.ts';
import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { platformSource } from '../../../lambda/events/event-names.ts';
import type { PlatformMessage } from '../../../lambda/events/platform-event.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import {
  authorized,
  captured,
  capturedWithOrder,
  failed,
  refundedElsewhere,
  registered,
} from '../../support/platform-events.ts';
import { lettersIn, moveLetters } from './dead-letters.ts';
import { type Deployment, functionNamed, logLineWith } from './deployment.ts';
import type { ConnectedExecutor } from './executor.ts';
import type { Operator } from './operator.ts';
import { until } from './steps.ts';

const tables = tableNamesOf('dev');

/** The store whose orders come in by events. */
export const eventStoreId = 'EVENTS';
export const idOf = (orderNo: string) => ({ storeId: eventStoreId, orderNo });

/** Puts an event on the bus as a platform does, unless another source or type is given. */
export async function say(
  { put }: ConnectedExecutor,
  event: PlatformMessage,
  { source, type }: { readonly source?: string; readonly type?: string } = {},
): Promise<void> {
  const refused = await put(source ?? platformSource, type ?? event.type, event);
  assert.equal(refused, undefined, `The bus refused ${event.type}.`);
}

/**
 * Orders come in: doubled and in a wrong sequence, in one event or in three, with money that went back elsewhere; and
 * what no rule lets in. What is asserted is what arrives in the tables.
 */
export async function takeOrders(
  deployment: Deployment,
  executor: ConnectedExecutor,
  operator: Operator,
): Promise<void> {
  const inSteps = idOf('IN-STEPS');
  const whole = idOf('WHOLE');
  const chargeback = refundedElsewhere(whole, 'chargeback-1', [{ seq: 1, quantity: 1, amount: 1000 }]);
  const voided = idOf('VOIDED');
  const events = [
    [captured(idOf('EARLY'))],
    [captured(inSteps), authorized(inSteps), registered(inSteps)],
    [registered(inSteps), authorized(inSteps), captured(inSteps)],
    [chargeback, capturedWithOrder(whole), capturedWithOrder(whole), chargeback],
    [registered(voided, { refundMethod: 'BANK_ACCOUNT' }), authorized(voided)],
    [registered(idOf('FAILED')), failed(idOf('FAILED'))],
  ].flat();
  for (const event of events) await say(executor, event);
  await say(executor, capturedWithOrder(idOf('OF-ANOTHER-SOURCE')), { source: 'somebody' });
  await say(executor, capturedWithOrder(idOf('OF-ANOTHER-TYPE')), { type: 'payment.captured.v2' });

  // Its capture came before it, and comes again.
  const line = await logLineWith(operator, functionNamed(deployment, 'InTaker').logGroup, '"EARLY"');
  assert.match(line, /"REDELIVERED"/);
  await say(executor, registered(idOf('EARLY')));
  const statuses = {
    EARLY: 'CAPTURED',
    'IN-STEPS': 'CAPTURED',
    WHOLE: 'PARTIALLY_CANCELED',
    VOIDED: 'AUTHORIZED',
    FAILED: 'FAILED',
  };
  for (const [orderNo, status] of Object.entries(statuses)) {
    await until(`${orderNo} is ${status}`, async () => (await orderIn(deployment, orderNo))?.st === status);
  }
  const charged = await orderIn(deployment, 'WHOLE');
  assert.deepEqual([charged?.v, charged?.lines[0]?.c], [2n, { q: 1n, a: 1000n, t: 100n }]);
  await until('the chargeback has succeeded', async () => {
    const [execution] = await executionsOf(deployment, 'WHOLE');
    return execution?.st === 'SUCCEEDED' && execution.org === 'PLATFORM';
  });
}

/** What contradicts an order becomes a dead letter, with the reason. What was sent again too early is taken later. */
export async function refuseOrders(deployment: Deployment, executor: ConnectedExecutor): Promise<void> {
  const { sqs } = executor;
  const { orders, orderLetters } = deployment.queues;
  const contradictions = [
    captured(idOf('FAILED')),
    captured(idOf('IN-STEPS'), { amount: 2000 }),
    registered(idOf('IN-STEPS'), { currencyCode: 'JPY' }),
    refundedElsewhere(idOf('WHOLE'), 'chargeback-2', [{ seq: 1, quantity: 2, amount: 1000 }]),
    { ...captured(idOf('WHOLE')), id: '' },
  ];
  const reasons = [
    '/data/amount is not the total of the order: only a whole order is captured',
    '/data/currencyCode is not that of the order which is registered under this number',
    '/data/items/0/quantity breaks the rule QUANTITY_EXCEEDS_REMAINING: accepted is 1',
    '/id must NOT have fewer than 1 characters',
    '/type contradicts the payment, which is FAILED',
  ];
  for (const event of contradictions) await say(executor, event);
  assert.deepEqual(await lettersIn(sqs, orderLetters, reasons.length), reasons);

  const lost = JSON.stringify({ detail: capturedWithOrder(idOf('LOST')) });
  await sqs.send(new SendMessageCommand({ QueueUrl: orderLetters, MessageBody: lost }));
  await moveLetters(sqs, orderLetters, orders, reasons.length + 1);
  await until('the dead letter is taken', async () => (await orderIn(deployment, 'LOST')) !== undefined);
  assert.deepEqual(await lettersIn(sqs, orderLetters, reasons.length), reasons);
  // All that was sent before has been taken by now.
  for (const orderNo of ['OF-ANOTHER-SOURCE', 'OF-ANOTHER-TYPE']) {
    assert.equal(await orderIn(deployment, orderNo), undefined, `${orderNo} was let in`);
  }
}

/** The stored order of the store. */
export async function orderIn({ dynamodb }: Deployment, orderNo: string): Promise<OrderRow | undefined> {
  const Key = { orderKey: `${eventStoreId}/${orderNo}` };
  const { Item } = await dynamodb.send(new GetCommand({ TableName: tables.orders, Key, ConsistentRead: true }));
  return Item as OrderRow | undefined;
}

/** What became of the money of an order. */
export async function executionsOf({ dynamodb }: Deployment, orderNo: string): Promise<readonly ExecutionRow[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: tables.executions,
      KeyConditionExpression: 'orderKey = :orderKey',
      ExpressionAttributeValues: { ':orderKey': `${eventStoreId}/${orderNo}` },
      ConsistentRead: true,
    }),
  );
  return Items as ExecutionRow[];
}
