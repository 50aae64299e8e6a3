import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableNamesOf } from '../../../../lib/stages.ts';
import { capturedWithOrder, refundedElsewhere } from '../../../support/platform-events.ts';
import { lettersIn, moveLetters } from '../dead-letters.ts';
import type { Deployment } from '../deployment.ts';
import type { ConnectedExecutor } from '../executor.ts';
import type { Operator } from '../operator.ts';
import { eventStoreId, idOf, say } from '../orders.ts';
import type { Fillings } from './fill-in.ts';
import type { Runbook } from './runbook.ts';

const TableName = tableNamesOf('dev').endpoints;

interface Webhooks {
  readonly runbook: Runbook;
  readonly operator: Operator;
  readonly deployment: Deployment;
  readonly executor: ConnectedExecutor;
  readonly fillings: Fillings;
}

/** Gives an account to the refund of an order that was captured after it was voided. */
export async function giveAccount(
  { runbook, operator, fillings }: Pick<Webhooks, 'runbook' | 'operator' | 'fillings'>,
  orderNo: string,
  returnRequestId: string,
): Promise<void> {
  const account = { accountNumber: '1234567890', bankCode: '004', accountHolderName: 'Hong Gildong' };
  writeFileSync(join(operator.clone.folder, 'late.json'), JSON.stringify(account));
  const of = { S: eventStoreId, N: orderNo, 'RETREQ...': returnRequestId, 'FILE.json': 'late.json' };
  const printed = await runbook.play(operator, ['A late deposit'], { ...fillings, ...of });
  assert.ok(!printed.includes(account.accountNumber));
}

/** The commands about the endpoint of a store, from its first one to its end. */
export async function setAndRemove({ runbook, operator, deployment, fillings }: Webhooks): Promise<void> {
  const storeId = 'ANOTHER-STORE';
  // An address, so that no DNS is asked. Nothing is ever sent there: the store has no orders.
  const of = { ...fillings, S: storeId, URL: 'https://8.8.8.8/webhooks' };
  const printed = await runbook.play(operator, ['Webhooks 1'], of);
  assert.equal(printed.match(/^Secret {2}whsec_/gm)?.length, 2, 'a secret is printed when it is new, and never again');
  assert.match(printed, /"validSecrets": 2/);
  const { Item } = await deployment.dynamodb.send(new GetCommand({ TableName, Key: { storeId } }));
  assert.equal(Item, undefined);
}

/** An endpoint is paused: what is new for it is a dead letter, and is sent when the endpoint is back. */
export async function pauseAndResume({ runbook, operator, deployment, executor, fillings }: Webhooks): Promise<void> {
  const { webhooks, webhookLetters } = deployment.queues;
  const { sqs } = executor;
  await pause(deployment);
  await say(executor, capturedWithOrder(idOf('PAUSED')));
  await say(executor, refundedElsewhere(idOf('PAUSED'), 'chargeback-3', [{ seq: 2, quantity: 1, amount: 500 }]));
  const reason = 'the endpoint has been failing for an hour, and is paused';
  assert.deepEqual(await lettersIn(sqs, webhookLetters, 1), [reason]);

  const printed = await runbook.play(operator, ['Dead letters 1', 'Webhooks 2'], { ...fillings });
  assert.ok(printed.includes(reason), printed);
  // So that it need not be waited for.
  const [, ReceiptHandle] = /"ReceiptHandle": "([^"]+)"/.exec(printed) ?? [];
  const again = { QueueUrl: webhookLetters, ReceiptHandle, VisibilityTimeout: 0 };
  await sqs.send(new ChangeMessageVisibilityCommand(again));

  await operator.npm('admin', 'resume-webhook', '--store', eventStoreId, '--stage', 'dev');
  await moveLetters(sqs, webhookLetters, webhooks, 1);
}

/** Notes of the endpoint what failures of more than an hour come to. */
async function pause({ dynamodb }: Deployment): Promise<void> {
  const now = Date.now();
  await dynamodb.send(
    new UpdateCommand({
      TableName,
      Key: { storeId: eventStoreId },
      UpdateExpression: 'SET failingSince = :since, busyUntil = :now',
      ExpressionAttributeValues: { ':since': now - 2 * 60 * 60 * 1000, ':now': now },
      ConditionExpression: 'attribute_exists(storeId)',
    }),
  );
}
