import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import { tableNamesOf } from '../../../../lib/stages.ts';
import type { Deployment } from '../deployment.ts';
import type { ConnectedExecutor } from '../executor.ts';
import type { Operator } from '../operator.ts';
import { until } from '../steps.ts';
import type { Fillings } from './fill-in.ts';
import type { Runbook } from './runbook.ts';

interface Refunds {
  readonly runbook: Runbook;
  readonly operator: Operator;
  readonly deployment: Deployment;
  readonly executor: ConnectedExecutor;
  readonly fillings: Fillings;
}

/** What an operator does about refunds, with three of which the last report was a success. */
export async function playRunbook(refunds: Refunds, requests: readonly RefundEvent[]): Promise<void> {
  const [toRetry, toResolve] = requests.slice(-2);
  assert.ok(toRetry && toResolve);
  await retry(refunds, toRetry);
  await resolve(refunds, toResolve);
  await clearLetters(refunds, toRetry);
  const { runbook, operator, fillings } = refunds;
  await runbook.play(operator, ['Executions and refund accounts 2'], fillings);
  const table = ['--table-name', tableNamesOf('dev').refundAccounts];
  const query = ['--query', 'TimeToLiveDescription.TimeToLiveStatus'];
  assert.equal(await operator.aws('dynamodb', 'describe-time-to-live', ...table, ...query), 'ENABLED');
}

/** A refund fails, is retried, is asked for once more, fails again, and is retried to another account. */
async function retry({ runbook, operator, deployment, executor, fillings }: Refunds, request: RefundEvent) {
  const of = { ...fillings, ...fillingsOf(request) };
  await fail(deployment, executor, request, 2);
  const listed = await runbook.play(operator, ['What is asked of whom'], of);
  assert.ok(listed.includes(`"${request.data.returnRequestId}"`), listed);

  await runbook.play(operator, ['A refund that failed 1'], of);
  const [second] = await requestsOf(executor, request, 2, 1);
  await runbook.play(operator, ['A refund that never left'], of);
  assert.deepEqual(await requestsOf(executor, request, 2, 1), [second]);

  await fail(deployment, executor, { ...request, data: { ...request.data, attempt: 2 } }, 1);
  const account = { accountNumber: '1234567890', bankCode: '004', accountHolderName: 'Hong Gildong' };
  writeFileSync(join(operator.clone.folder, 'account.json'), JSON.stringify(account));
  const printed = await runbook.play(operator, ['A refund that failed 2'], { ...of, 'FILE.json': 'account.json' });
  assert.ok(!printed.includes(account.accountNumber));
  const [third] = await requestsOf(executor, request, 3, 1);
  const { storeId, orderNo, returnRequestId } = request.data;
  assert.deepEqual(third?.data.accountRef, {
    orderKey: `${storeId}/${orderNo}`,
    refundKey: `${returnRequestId}#3`,
  });
}

async function resolve({ runbook, operator, deployment, executor, fillings }: Refunds, request: RefundEvent) {
  await fail(deployment, executor, request, 2);
  const of = { ...fillings, ...fillingsOf(request), TEXT: "'paid by hand'" };
  await runbook.play(operator, ['A refund that was paid by hand'], of);
  assert.deepEqual(await statusOf(deployment, request), 'RESOLVED');
}

/** A dead letter of the publisher is read and deleted, after its refund was asked for again. */
async function clearLetters({ runbook, operator, deployment, executor, fillings }: Refunds, request: RefundEvent) {
  const QueueUrl = deployment.queues.publisherLetters;
  await executor.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"orderKey":"none"}' }));
  let handle: string | undefined;
  await until('the dead letter is there', async () => {
    const { Messages = [] } = await executor.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    handle = Messages[0]?.ReceiptHandle;
    return handle !== undefined;
  });
  const { 'RETREQ...': R, ...of } = fillingsOf(request);
  const ofLetter = { ...fillings, ...of, R: R ?? '', HANDLE: `'${handle}'` };
  await runbook.play(operator, ['Dead letters 1', 'Dead letters 2'], ofLetter);
}

function fillingsOf({ data }: RefundEvent) {
  return { S: data.storeId, N: data.orderNo, 'RETREQ...': data.returnRequestId };
}

async function fail(deployment: Deployment, executor: ConnectedExecutor, request: RefundEvent, sequence: number) {
  await executor.report(request, sequence, { status: 'FAILED', failureReason: 'DECLINED_BY_BANK' });
  await until('the failure is taken', async () => (await statusOf(deployment, request)) === 'FAILED');
}

async function statusOf({ dynamodb }: Deployment, { subject, data }: RefundEvent): Promise<string | undefined> {
  const Key = { orderKey: subject, rid: data.returnRequestId };
  const { Item } = await dynamodb.send(new GetCommand({ TableName: tableNamesOf('dev').executions, Key }));
  return (Item as ExecutionRow | undefined)?.st;
}

/** Requests of an attempt that arrive from now on. */
async function requestsOf(executor: ConnectedExecutor, { data }: RefundEvent, attempt: number, count: number) {
  const arrived: RefundEvent[] = [];
  await until(`attempt ${attempt} is asked for`, async () => {
    const events = await executor.receive();
    arrived.push(...events.filter(({ id }) => id === `${data.returnRequestId}-${attempt}-0`));
    return arrived.length >= count;
  });
  return arrived;
}
