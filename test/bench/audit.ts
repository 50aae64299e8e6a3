import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cancellationItem, orderItem, orderKeyOf } from '../../lambda/store/items.ts';
import { createLocalClient } from '../../lib/local/client.ts';
import { startEmulator } from '../../lib/local/emulator.ts';
import { synthesize } from '../../lib/local/synthesize.ts';
import { createTables } from '../../lib/local/tables.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { lineOf, orderOf } from '../fixtures/orders.ts';

// npm run bench:audit -- [ORDERS]: fills the embedded DynamoDB with orders, every other one canceled in part, and audits
// them with a heap that could not hold them.
const orders = Number(process.argv[2] ?? 1_000_000);
const heapMb = 128;
const tables = tableNamesOf('dev');
const taken = { units: 1, amountMinor: 3000n, taxMinor: 0n };

const emulator = await startEmulator({ port: 0 });
const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-bench-'));
const client = createLocalClient(emulator.endpoint);
try {
  const { deployed, folder: assembly } = synthesize('dev');
  rmSync(assembly, { recursive: true });
  await createTables(client, deployed.tables);
  const filledIn = await timed(() => fill(client));
  console.log(`Filled with ${orders} orders in ${filledIn} s.`);
  const auditedIn = await timed(runAudit);
  console.log(`Audited in ${auditedIn} s, with a heap of at most ${heapMb} MB.`);
} finally {
  client.destroy();
  await emulator.stop();
  rmSync(folder, { recursive: true });
}

async function timed(work: () => Promise<void>): Promise<string> {
  const startedAt = performance.now();
  await work();
  return ((performance.now() - startedAt) / 1000).toFixed(0);
}

async function runAudit(): Promise<void> {
  const audit = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heapMb}`,
      'bin/audit.ts',
      '--progress',
      join(folder, 'progress.json'),
      ...process.argv.slice(3),
    ],
    { stdio: 'inherit', env: { DYNAMODB_ENDPOINT: emulator.endpoint } },
  );
  const [exitCode] = (await once(audit, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`The audit ended with ${exitCode}.`);
}

async function fill(documents: DynamoDBDocumentClient): Promise<void> {
  const batch = 20;
  for (let start = 0; start < orders; start += 4 * batch) {
    await Promise.all([0, 1, 2, 3].map((index) => putBatch(documents, start + index * batch, batch)));
  }
}

async function putBatch(documents: DynamoDBDocumentClient, start: number, count: number): Promise<void> {
  const indexes = Array.from({ length: Math.min(count, orders - start) }, (_value, index) => start + index);
  if (indexes.length === 0) return;
  const canceled = indexes.filter((index) => index % 2 === 1);
  await documents.send(
    new BatchWriteCommand({
      RequestItems: { [tables.orders]: indexes.map((index) => ({ PutRequest: { Item: orderAt(index) } })) },
    }),
  );
  if (canceled.length === 0) return;
  await documents.send(
    new BatchWriteCommand({
      RequestItems: { [tables.cancellations]: canceled.map((index) => ({ PutRequest: { Item: recordAt(index) } })) },
    }),
  );
}

function orderAt(index: number) {
  const isCanceled = index % 2 === 1;
  const [first = lineOf(), second = lineOf(), third = lineOf()] = orderOf().lines;
  return orderItem(
    orderOf({
      orderNo: `ORD-${index}`,
      paymentStatus: isCanceled ? 'PARTIALLY_CANCELED' : 'CAPTURED',
      lines: [first, second, isCanceled ? { ...third, canceled: taken } : third],
    }),
  );
}

function recordAt(index: number) {
  const orderNo = `ORD-${index}`;
  const returnRequestId = `RETREQ${index}`;
  const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amountMinor: 3000n } as const;
  return cancellationItem(
    orderKeyOf(orderOf().storeId, orderNo),
    {
      cancellationKey: 'K#bench',
      requestDigest: '',
      kind: 'REFUND',
      createdAtMs: 0,
      returnRequestId,
      data: {
        orderNo,
        totalProductAmount: 3000,
        totalProductTaxAmount: 0,
        totalDeliveryAmount: 0,
        totalDeliveryTaxAmount: 0,
        processedCount: 1,
        returnRequestId,
        items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 3000 }],
      },
    },
    [{ ...item, taxMinor: undefined, lineIndex: 2, taken, canceled: taken }],
    undefined,
  );
}
