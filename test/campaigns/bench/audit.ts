import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import {
  executionRow,
  firstExecutionOf,
  refundAccountKeyOf,
  refundAccountRow,
} from '../../../lambda/dynamodb/refund-items.ts';
import { runCommand } from '../../../tools/command-line.ts';
import { synthesize } from '../../../tools/local/synthesize.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { maxOrders, readAuditOptions } from './audit-options.ts';
import { earlierCancellationRow, exampleOrder } from '../../support/cancellations.ts';
import { type Engine, withEngine } from './engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

const help = `npm run bench:audit -- [options]: fills the embedded DynamoDB with orders, every other one canceled in part
and refunded to a bank account, and audits them with a heap that could not hold them.

  --orders N   how many, 1 to ${maxOrders} (1000000)
  --help`;

const heapMb = 128;
const tables = tableNamesOf('dev');
const program = new URL('../../../bin/audit.ts', import.meta.url).pathname;

const account = { accountNumber: '110-234-567890', bankCode: 'KB', accountHolderName: 'Hong Gildong' };
const recordedAtMs = Date.now() - 60 * 60 * 1000;
const accountMs = 30 * 24 * 60 * 60 * 1000;

// npm run bench:audit
await runCommand(async () => {
  const options = readAuditOptions(process.argv.slice(2));
  if (options.help) {
    console.log(help);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const { deployed, folder } = synthesize('dev');
  rmSync(folder, { recursive: true });
  const field = {
    tables: deployed.tables,
    environment: { ORDERS_TABLE: tables.orders, STORE_KEYS_TABLE: tables.storeKeys },
  };
  await withEngine(field, async (engine) => {
    const filledIn = await timed(() => fill(engine, options.orders));
    console.log(`Filled with ${options.orders} orders in ${filledIn} s.`);
    const auditedIn = await timed(() => runAudit(engine, options.orders));
    console.log(`Audited in ${auditedIn} s, with a heap of at most ${heapMb} MB.`);
  });
});

async function timed(work: () => Promise<void>): Promise<string> {
  const startedAt = performance.now();
  await work();
  return ((performance.now() - startedAt) / 1000).toFixed(0);
}

async function fill(engine: Engine, orders: number): Promise<void> {
  await engine.putOrders(Iterator.from(indexesTo(orders)).map(orderAt));
  await engine.put(
    tables.cancellations,
    rowsOf(orders, (record) => record),
  );
  await engine.put(
    tables.executions,
    rowsOf(orders, (record) => executionRow({ ...firstExecutionOf(record), status: 'SUCCEEDED', sequence: 1 })),
  );
  await engine.put(
    tables.refundAccounts,
    rowsOf(orders, ({ orderKey, rid }) =>
      refundAccountRow(refundAccountKeyOf(orderKey, rid, 1), account, recordedAtMs + accountMs),
    ),
  );
}

function* indexesTo(end: number): Generator<number> {
  for (let index = 0; index < end; index += 1) yield index;
}

/** What is made of the record of every canceled order. */
function* rowsOf(orders: number, rowOf: (record: CancellationRow) => object): Generator<object> {
  for (const order of Iterator.from(indexesTo(orders)).filter(isCanceled).map(orderAt)) {
    const line = order.lines.at(-1);
    if (line) yield rowOf({ ...earlierCancellationRow(order, line, 'bench'), at: BigInt(recordedAtMs), acc: true });
  }
}

function isCanceled(index: number): boolean {
  return index % 2 === 1;
}

/** The specification's order, of every other one its last line canceled. */
function orderAt(index: number): Order {
  const order = exampleOrder(`ORD-${index}`);
  if (!isCanceled(index)) return order;
  const lines = order.lines.map((line, place) => {
    const { unitAmountMinor: amountMinor, unitTaxMinor: taxMinor } = line;
    return place === order.lines.length - 1 ? { ...line, canceled: { units: 1, amountMinor, taxMinor } } : line;
  });
  return { ...order, paymentStatus: 'PARTIALLY_CANCELED', lines };
}

/** @throws Error when the audit finds an order that is not sound, or does not end in time */
async function runAudit({ endpoint }: Engine, orders: number): Promise<void> {
  // A million took half an hour, 2 ms each.
  const timeout = 60_000 + orders * 10;
  const audit = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, program, '--progress', join(temporaryFolder(), 'progress.json')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { DYNAMODB_ENDPOINT: endpoint },
      timeout,
      killSignal: 'SIGKILL',
    },
  );
  let printed = '';
  audit.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    process.stdout.write(chunk);
  });
  const end = () => audit.kill('SIGKILL');
  process.once('exit', end);
  const [exitCode] = (await once(audit, 'close')) as [number | null];
  process.off('exit', end);
  if (exitCode === null) throw new Error(`The audit was killed, at the latest after ${timeout / 1000} s.`);
  if (exitCode !== 0) throw new Error(`The audit ended with ${exitCode}.`);
  if (!printed.startsWith(`${orders} orders, `)) throw new Error('The audit did not count all orders.');
}
