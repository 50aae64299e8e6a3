import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import { requestOf, type Store } from '../../../../tools/in-memory/requests.ts';
import { projectRoot } from '../../../support/run-node.ts';
import type { Deployment } from '../deployment.ts';
import { cancel, issuedIn, issueKey } from '../merchant.ts';
import type { Operator } from '../operator.ts';
import type { Fillings } from './fill-in.ts';
import type { Runbook } from './runbook.ts';

/** The order that docs/operations.md has for an example. */
interface ImportedOrder {
  readonly storeId: string;
  readonly orderNo: string;
  readonly items: readonly RequestedItem[];
}

/** Staging with an order of a store, as the blocks of docs/operations.md need it. */
export interface Shop {
  readonly runbook: Runbook;
  readonly operator: Operator;
  readonly deployment: Deployment;
  readonly fillings: Fillings;
  readonly store: Store;
  readonly order: ImportedOrder;
}

/** Puts the order that docs/operations.md has for an example, and shows it. */
export async function openShop(
  runbook: Runbook,
  operator: Operator,
  deployment: Deployment,
  fillings: Fillings,
): Promise<Shop> {
  const page = readFileSync(join(projectRoot, 'docs/operations.md'), 'utf8');
  const [, text = ''] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];
  const [order] = JSON.parse(text) as [ImportedOrder];
  const { storeId, orderNo } = order;
  writeFileSync(join(operator.clone.folder, 'orders.json'), text);
  const ofOrder = { 'FILE.json': 'orders.json', S: storeId, N: orderNo };
  const shown = await runbook.play(operator, ['Orders'], { ...fillings, ...ofOrder });
  assert.match(shown, /^Added 1 of 1 orders\.$/m);
  assert.match(shown, new RegExp(`"orderNo": "${orderNo}"`));

  const former = await issueKey(operator, storeId, 'staging');
  const ofKeys = { S: storeId, D: former.divisionCode, C: former.channelCode, SHA256: former.sha256 };
  const output = await runbook.play(operator, ['Store keys'], { ...fillings, ...ofKeys });
  assert.match(output, /^Revoked\./m);
  const store = { ...former, ...issuedIn(output) };
  const shop = { runbook, operator, deployment, fillings, store, order };
  assert.deepEqual(await cancelUnit({ ...shop, store: former }, 'former'), { status: 401, isReplay: false });
  assert.deepEqual(await cancelUnit(shop, 'first'), { status: 200, isReplay: false });
  return shop;
}

/** Cancels one of the two units of the order. The second one needs another key. */
export async function cancelUnit({ deployment, store, order }: Shop, key: string): Promise<object> {
  const { orderNo, items } = order;
  const body = JSON.stringify(
    requestOf(
      items.map((item) => ({ ...item, quantity: 1 })),
      { orderNo },
    ),
  );
  const { status, isReplay } = await cancel(deployment.url, store, body, { 'X-Idempotency-Key': key });
  return { status, isReplay };
}
