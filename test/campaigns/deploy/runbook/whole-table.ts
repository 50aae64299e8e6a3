import assert from 'node:assert/strict';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { stackNameOf, tableNamesOf } from '../../../../lib/stages.ts';
import type { Operator } from '../operator.ts';
import { cancelUnit, type Shop } from './orders.ts';
import { itemsOf, restoreBeside } from './single-orders.ts';

const tables = tableNamesOf('staging');
const lost = { orders: tables.orders, cancellations: tables.cancellations };
const bucket = 'exports-of-payment-cancel';

/** Loses an order, and replaces both tables by restored ones with the commands of the page. */
export async function restoreTables(shop: Shop): Promise<void> {
  const { runbook, operator, deployment, fillings, order } = shop;
  const { aws } = operator;
  await restoreBeside(shop);
  const before = await Promise.all(Object.values(lost).map(async (table) => await itemsOf(deployment, table)));
  const Key = { orderKey: `${order.storeId}/${order.orderNo}` };
  await deployment.dynamodb.send(new DeleteCommand({ TableName: tables.orders, Key }));

  await aws('s3api', 'create-bucket', '--bucket', bucket);
  await runbook.play(operator, ['A whole table 1'], { ...fillings, BUCKET: bucket });
  const backups = await aws('dynamodb', 'list-backups', '--query', 'BackupSummaries[].TableName | sort(@)');
  const kept = [tables.cancellations, tables.endpoints, tables.executions, tables.orders, tables.storeKeys];
  assert.deepEqual(backups, kept);
  const exported = await aws('dynamodb', 'list-exports', '--query', 'ExportSummaries[].ExportArn');
  assert.match(JSON.stringify(exported), new RegExp(`:table/${tables.cancellations}/export/`));

  const listed = await runbook.play(operator, ['A whole table 2'], fillings);
  for (const [TABLE, name] of Object.entries(lost)) {
    const [, ARN = ''] = new RegExp(`^${name}-restored\tAVAILABLE\t(\\S+)$`, 'm').exec(listed) ?? [];
    await runbook.play(operator, ['A whole table 3'], { ...fillings, TABLE, ARN });
  }
  const after = await Promise.all(Object.values(lost).map(async (table) => await itemsOf(deployment, table)));
  assert.deepEqual(after, before);

  assert.notEqual(await driftOf(operator), 'IN_SYNC', 'what a restored table lacks is found');
  await runbook.play(operator, ['A whole table 4'], { ...fillings, COMMIT: await operator.clone.head() });
  const drifted = await runbook.play(operator, ['A whole table 5'], fillings);
  // The page says what becomes of the stream.
  assert.match(drifted.trim(), /^TablesCancellations\w+\n.*\/StreamSpecification$/);
  for (const name of Object.values(lost)) await checkSafety(operator, name);

  const audited = await operator.npm('audit', '--stage', 'staging', '--restart');
  assert.match(audited, /, 0 violations: all sound\./);
  assert.deepEqual(await cancelUnit(shop, 'first'), { status: 200, isReplay: true });
  assert.deepEqual(await cancelUnit(shop, 'second'), { status: 200, isReplay: false });
  await runbook.play(operator, ['Single orders 4'], fillings);
}

async function driftOf({ aws }: Operator): Promise<unknown> {
  const stack = ['--stack-name', stackNameOf('staging')];
  const id = await aws('cloudformation', 'detect-stack-drift', ...stack, '--query', 'StackDriftDetectionId');
  const detection = ['--stack-drift-detection-id', String(id), '--query', 'StackDriftStatus'];
  return await aws('cloudformation', 'describe-stack-drift-detection-status', ...detection);
}

async function checkSafety({ aws }: Operator, name: string): Promise<void> {
  const table = ['--table-name', name];
  const isProtected = await aws('dynamodb', 'describe-table', ...table, '--query', 'Table.DeletionProtectionEnabled');
  assert.equal(isProtected, true);
  const query = 'ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus';
  const recovery = await aws('dynamodb', 'describe-continuous-backups', ...table, '--query', query);
  assert.equal(recovery, 'ENABLED');
}
