import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoStore } from '../../tools/local/demo.ts';
import { type MemoryService, memoryService } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { projectRoot } from '../support/run-node.ts';
import { type Served, serveHandler } from '../support/serve-handler.ts';

const fences: Readonly<Record<string, string>> = {
  'cancel.ts': 'ts',
  'cancel.sh': 'sh',
  'cancel.py': 'python',
  'Cancel.java': 'java',
};
/** What runs an example, and the commands that it needs: Java runs a source only where there is a compiler. */
const interpreters = [
  { command: 'bash', example: 'cancel.sh', needs: ['bash --version', 'curl --version', 'openssl version'] },
  { command: 'python3', example: 'cancel.py', needs: ['python3 --version'] },
  { command: 'java', example: 'Cancel.java', needs: ['javac --version'] },
];
/** A machine may lack some, but not the one that decides what is merged. */
const present = interpreters.filter(({ needs }) => process.env['CI'] !== undefined || needs.every(isThere));

let service: MemoryService;
let served: Served;

beforeEach(async () => {
  service = memoryService([orderOf({ storeId: demoStore.storeId, orderNo: 'ORD20251224003' })], demoStore);
  served = await serveHandler(service);
});
afterEach(() => served.close());

describe('an example of docs/merchants.md', () => {
  test.each(Object.keys(fences))('is examples/%s, word for word', (example) => {
    const guide = readFileSync(join(projectRoot, 'docs/merchants.md'), 'utf8');
    const text = readFileSync(join(projectRoot, 'examples', example), 'utf8');
    expect(guide).toContain(`\n\`\`\`${fences[example]}\n${text}\`\`\`\n`);
  });

  test.each(present)('cancels what it says: $example, because $needs are here', async ({ command, example }) => {
    const envelope: unknown = JSON.parse(await run(command, [join(projectRoot, 'examples', example)]));
    expect(envelope).toMatchObject({ resultCode: '0', data: { totalProductAmount: 3000 } });
    expect(keysOfRecords()).toEqual(['K#refund-4711']);
  });
});

test('the examples are one cancellation: the first that runs cancels, the others replay', async () => {
  const ids = new Set<string>();
  for (const { command, example } of present) {
    const printed = await run(command, [join(projectRoot, 'examples', example)]);
    ids.add((JSON.parse(printed) as { data: { returnRequestId: string } }).data.returnRequestId);
  }
  expect(ids.size).toBe(1);
  expect(service.records.size).toBe(1);
});

describe('the package of the client', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'payment-cancel-client-test-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    const packed = await npm(['pack', join(projectRoot, 'client'), '--json'], folder);
    const [{ filename } = { filename: '' }] = JSON.parse(packed) as Array<{ filename: string }>;
    await npm(['install', '--offline', `./${filename}`], folder);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("runs the guide's example from TypeScript, and its types fit a strict compiler", async () => {
    copyFileSync(join(projectRoot, 'examples/cancel.ts'), join(folder, 'cancel.ts'));
    const types = ['--types', 'node', '--typeRoots', join(projectRoot, 'node_modules/@types')];
    const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noPropertyAccessFromIndexSignature'];
    const language = ['--module', 'nodenext', '--target', 'es2022'];
    await run(join(projectRoot, 'node_modules/.bin/tsc'), [...strict, ...language, ...types, 'cancel.ts'], folder);

    expect(await run(process.execPath, ['cancel.ts'], folder)).toMatch(/^canceled RETREQ\w+\n$/);
    expect(await run(process.execPath, ['cancel.ts'], folder)).toMatch(/^was canceled before RETREQ\w+\n$/);
    expect(keysOfRecords()).toEqual(['K#refund-4711']);
  }, 60_000);

  test('works from plain JavaScript', async () => {
    writeFileSync(
      join(folder, 'plain.js'),
      `import { createPaymentCancelClient, totalOf } from 'payment-cancel-client';
       import about from 'payment-cancel-client/package.json' with { type: 'json' };
       const { accessKey, hashKey, ...store } = ${JSON.stringify(demoStore)};
       const client = createPaymentCancelClient({ url: process.env.PAYMENT_CANCEL_URL, accessKey, hashKey, ...store });
       const items = [{ seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 2, amount: 50000 }];
       const request = { orderNo: 'ORD20251224003', totalCancelAmount: totalOf(items), items };
       const { data, idempotencyKey } = await client.cancel(request, { saveIdempotencyKey: console.log });
       console.log(idempotencyKey, data.totalProductAmount, about.name);`,
    );
    const [saved, used] = (await run(process.execPath, ['plain.js'], folder)).split('\n');
    expect(used).toBe(`${saved} 100000 payment-cancel-client`);
    expect(keysOfRecords()).toEqual([`K#${saved}`]);
  });

  async function npm(args: readonly string[], cwd: string): Promise<string> {
    return await run('npm', [...args, '--no-audit', '--no-fund', '--cache', join(folder, '.npm')], cwd);
  }
});

/** The output of a command that has to succeed. PAYMENT_CANCEL_URL is the service, and no proxy is used. */
async function run(command: string, args: readonly string[], cwd: string = projectRoot): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), PAYMENT_CANCEL_URL: served?.url ?? '', no_proxy: '*' };
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, timeout: 25_000, killSignal: 'SIGKILL' });
  return stdout;
}

function isThere(command: string): boolean {
  const [name = '', ...args] = command.split(' ');
  return spawnSync(name, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

function keysOfRecords(): string[] {
  return [...service.records.values()].map(({ cancellationKey }) => cancellationKey);
}
