import assert from 'node:assert/strict';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { executorSource, reportType, requestTypes } from '../../../lambda/events/event-names.ts';
import type { RefundEvent } from '../../../lambda/events/refund-event.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { itemOf, requestOf, type Store } from '../../../tools/in-memory/requests.ts';
import { lettersIn, moveLetters } from './dead-letters.ts';
import type { Deployment } from './deployment.ts';
import type { ConnectedExecutor } from './executor.ts';
import { inLanes } from './lanes.ts';
import { cancel } from './merchant.ts';
import type { Operator } from './operator.ts';
import type { Fillings } from './runbook/fill-in.ts';
import { playRunbook } from './runbook/refunds.ts';
import type { Runbook } from './runbook/runbook.ts';
import { until } from './steps.ts';

const refunds = 50;

/**
 * Refunds of a store leave, are executed and come back, in the order in which things happen on a platform: merchants
 * cancel, an executor reports. What is asserted is what arrives.
 */
export async function playRefunds(
  deployment: Deployment,
  executor: ConnectedExecutor,
  store: Store,
  operator: Operator,
  runbook: Runbook,
  fillings: Fillings,
): Promise<void> {
  const { dynamodb, url, queues } = deployment;
  const ids = await cancelMany(url, store);
  const requests = await requestsOf(executor, ids);
  const executions = async () => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableNamesOf('dev').executions }));
    return (Items as ExecutionRow[]).filter(({ rid }) => ids.has(rid));
  };
  await until('each request has an execution', async () => (await executions()).length === ids.size);

  await reportAll(executor, requests);
  const statuses = async () => tally((await executions()).map(({ st }) => st));
  await until('the reports are taken', async () => (await statuses())['REQUESTED'] === undefined);
  assert.deepEqual(await statuses(), { SUCCEEDED: refunds - 1, FAILED: 1 });
  await redrive(executor, queues, requests);
  await until('the dead letter is taken', async () => (await statuses())['SUCCEEDED'] === refunds);
  const reasons = await lettersIn(executor.sqs, queues.reportLetters, 1);
  assert.deepEqual(reasons, ['/data/amount is not the amount of the refund']);
  await playRunbook({ runbook, operator, deployment, executor, fillings }, requests);
  // The report of a refund that there is not comes again each minute, also while the stack is being destroyed.
  await executor.sqs.send(new PurgeQueueCommand({ QueueUrl: queues.reports }));
}

/** @returns the ids of the cancellations */
async function cancelMany(url: string, store: Store): Promise<ReadonlySet<string>> {
  const ids = await inLanes(refunds, 5, async (index) => {
    const body = JSON.stringify(requestOf([itemOf({ seq: 1, itemId: 'P001', quantity: 1, amount: 1000 + index })]));
    const { status, envelope } = await cancel(url, store, body, { 'X-Idempotency-Key': `refund-${index}` });
    assert.equal(status, 200, JSON.stringify(envelope));
    return envelope.data?.returnRequestId ?? '';
  });
  return new Set(ids);
}

/** What the executor is asked: each refund, under one id, and no other store's order than those that were canceled. */
async function requestsOf(executor: ConnectedExecutor, ids: ReadonlySet<string>): Promise<readonly RefundEvent[]> {
  const requests = new Map<string, RefundEvent>();
  await until('every refund was asked for', async () => {
    for (const event of await executor.receive()) {
      assert.notEqual(event.data.storeId, 'SMOKE-TEST');
      if (!ids.has(event.data.returnRequestId)) continue;
      assert.ok((requestTypes as readonly string[]).includes(event.type), `${event.type} before any report`);
      requests.set(event.id, event);
    }
    return requests.size >= ids.size;
  });
  assert.deepEqual([...requests.keys()].toSorted(), [...ids].map((id) => `${id}-1-0`).toSorted());
  return [...requests.values()];
}

/**
 * Reports of all refunds, among them a failure; and what must have no effect: a double, a report of another amount, one
 * of another source, one of another type, one of a refund that there is not.
 */
async function reportAll(executor: ConnectedExecutor, requests: readonly RefundEvent[]): Promise<void> {
  const [first, ...others] = requests;
  assert.ok(first);
  const { data } = first;
  await executor.report(first, 1, { status: 'SUCCEEDED', amount: data.amount + 1 });
  await executor.report(first, 9, { status: 'SUCCEEDED', returnRequestId: `RETREQ${'0'.repeat(26)}` });
  const fake = { specversion: '1.0', id: 'fake', time: '2026-01-01T00:00:00Z' };
  const success = { ...data, sequence: 1, status: 'SUCCEEDED' };
  assert.equal(
    await executor.put('somebody', reportType, { ...fake, source: executorSource, data: success }),
    undefined,
  );
  assert.equal(await executor.put(executorSource, 'other', { ...fake, type: reportType, data: success }), undefined);
  await executor.report(first, 1, { status: 'FAILED', failureReason: 'DECLINED_BY_BANK' });
  for (const request of others) await executor.report(request, 1, { status: 'SUCCEEDED', pspReference: 'psp-1' });
  for (const request of others.slice(0, 5)) await executor.report(request, 1, { status: 'SUCCEEDED' });
}

/**
 * What is among the dead letters says why. A letter that could not be taken while something was down is taken when all
 * of them are sent to the queue once more; one that can never be taken comes back.
 */
async function redrive(
  { sqs }: ConnectedExecutor,
  { reports, reportLetters }: Deployment['queues'],
  [first]: readonly RefundEvent[],
): Promise<void> {
  const letters = await lettersIn(sqs, reportLetters, 1);
  assert.deepEqual(letters, ['/data/amount is not the amount of the refund']);
  const data = { ...first?.data, sequence: 2, status: 'SUCCEEDED' };
  const detail = { specversion: '1.0', id: 'late', source: executorSource, type: reportType, time: first?.time, data };
  await sqs.send(new SendMessageCommand({ QueueUrl: reportLetters, MessageBody: JSON.stringify({ detail }) }));
  await moveLetters(sqs, reportLetters, reports, 2);
}

function tally(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
