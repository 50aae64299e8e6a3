import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableNamesOf } from '../../../../lib/stages.ts';
import type { Deployment } from '../deployment.ts';
import type { Shop } from './orders.ts';

const tables = tableNamesOf('staging');

/** Restores both tables beside the originals. The emulator restores to now, whatever the moment (known-gaps.ts). */
export async function restoreBeside({ runbook, operator, deployment, fillings }: Shop): Promise<void> {
  await runbook.play(operator, ['Single orders 1'], { ...fillings, TIME: new Date().toISOString() });
  for (const table of [tables.orders, tables.cancellations]) {
    const restored = await itemsOf(deployment, `${table}-restored`);
    assert.ok(restored.length > 0);
    assert.deepEqual(restored, await itemsOf(deployment, table));
  }
}

/** Loses what was canceled of an order, and restores it with the commands of the page. */
export async function restoreOrder(shop: Shop): Promise<void> {
  const {
    runbook,
    operator,
    deployment,
    fillings,
    order: { storeId, orderNo },
  } = shop;
  await restoreBeside(shop);
  const orderKey = `${storeId}/${orderNo}`;
  const lost = {
    UpdateExpression: 'SET v = v + :one REMOVE #lines[0].c',
    ExpressionAttributeNames: { '#lines': 'lines' },
    ExpressionAttributeValues: { ':one': 1 },
  };
  await deployment.dynamodb.send(new UpdateCommand({ TableName: tables.orders, Key: { orderKey }, ...lost }));
  const progress = ['--progress', join(operator.clone.folder, 'audit-damaged.json')];
  await assert.rejects(operator.npm('audit', '--stage', 'staging', ...progress), new RegExp(orderKey));

  const printed = await runbook.play(operator, ['Single orders 2'], { ...fillings, 'STORE/ORDER': orderKey });
  const [version = ''] = /^\d+$/m.exec(printed) ?? [];
  assert.equal(printed.split('"cancellationKey"').length - 1, 2, 'the record is printed from both tables');
  const file = join(operator.clone.folder, 'order.json');
  const restored = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...restored, v: { N: String(Number(version) + 1) } }));

  const put = async (VERSION: string) => await runbook.play(operator, ['Single orders 3'], { ...fillings, VERSION });
  const former = String(Number(version) - 1);
  await assert.rejects(put(former), /ConditionalCheckFailedException/, 'an order that has changed is not overwritten');
  await put(version);
  const audited = await runbook.play(operator, ['Audit'], fillings);
  assert.match(audited, /, 0 violations: all sound\./);

  await runbook.play(operator, ['Single orders 4'], fillings);
  const left = await operator.aws('dynamodb', 'list-tables', '--query', "TableNames[?ends_with(@, '-restored')]");
  assert.deepEqual(left, []);
}

/** Every item of a table, in the sequence of their keys. */
export async function itemsOf({ dynamodb }: Deployment, TableName: string): Promise<unknown[]> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
}

function keyOf({ orderKey, cancellationKey }: Record<string, unknown>): string {
  return `${String(orderKey)} ${String(cancellationKey)}`;
}
