import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PutCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalClient } from '../../../../tools/local/client.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../../../tools/local/embedded-dynamodb.ts';
import { freePort } from '../../../../tools/local/ports.ts';
import { createTables } from '../../../../tools/local/tables.ts';
import { projectRoot, type Run, runNode } from '../../../support/run-node.ts';

const started: EmbeddedDynamoDb[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-embedded-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (embedded) => await embedded.stop()));
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<Parameters<typeof startEmbeddedDynamoDb>[0]> = {}): Promise<EmbeddedDynamoDb> {
  const embedded = await startEmbeddedDynamoDb({ port: 0, ...options });
  started.push(embedded);
  return embedded;
}

describe('the embedded DynamoDB', () => {
  test('answers on loopback, each one on a port of its own', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(one.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.endpoint).not.toBe(other.endpoint);
    await putItem(one, 'kept');
    expect(await getItem(one)).toBe('kept');
  });

  test('takes the port that it is given', async () => {
    const port = await freePort(0, 'none');
    expect((await start({ port })).endpoint).toBe(`http://127.0.0.1:${port}`);
  });

  test('reports in one line that its port is taken, with the option to use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    try {
      await expect(startEmbeddedDynamoDb({ port })).rejects.toThrow(
        expect.objectContaining({ message: `Port ${port} is taken: choose another with --dynamodb-port.` }),
      );
    } finally {
      holder.close();
    }
  });

  test('keeps its data in a file over a restart', async () => {
    const dbPath = join(folder, 'data.db');
    const first = await start({ dbPath });
    await putItem(first, 'kept');
    await first.stop();
    expect(await getItem(await start({ dbPath }))).toBe('kept');
  });

  test('keeps its data even when it was killed', async () => {
    const dbPath = join(folder, 'data.db');
    const first = await start({ dbPath });
    await putItem(first, 'kept');
    await kill(first);
    expect(await getItem(await start({ dbPath }))).toBe('kept');
  });

  test('has no data and no tables without a file', async () => {
    const first = await start();
    await putItem(first, 'forgotten');
    await first.stop();
    await expect(getItem(await start())).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
  });

  test.each([
    ['is in a folder that does not exist', () => join(folder, 'nowhere', 'data.db')],
    ['is not a database', () => textFile('Orders, on paper. '.repeat(500))],
  ])('reports in one line that its file %s', async (_why, dbPath) => {
    await expect(start({ dbPath: dbPath() })).rejects.toThrow(/^The embedded DynamoDB did not start: [^\n]+$/);
  });

  test('leaves no process behind', async () => {
    const embedded = await start();
    expect(isRunning(embedded.pid)).toBe(true);
    await embedded.stop();
    expect(isRunning(embedded.pid)).toBe(false);
  });

  test('may be stopped twice', async () => {
    const embedded = await start();
    await embedded.stop();
    await expect(embedded.stop()).resolves.toBeUndefined();
  });

  test('says when it ends without having been stopped', async () => {
    const embedded = await start();
    const said = new Promise<string>((resolve) => embedded.onUnexpectedEnd(() => resolve('ended')));
    process.kill(embedded.pid, 'SIGKILL');
    expect(await said).toBe('ended');
  });

  test('says nothing when it was stopped', async () => {
    const embedded = await start();
    let hasSaid = false;
    embedded.onUnexpectedEnd(() => (hasSaid = true));
    await embedded.stop();
    expect(hasSaid).toBe(false);
  });
});

describe('where the embedded DynamoDB cannot run', () => {
  test('one line names the engine to use instead', async () => {
    const { stdout } = await startIn(
      join(projectRoot, 'tools/local'),
      `Object.defineProperty(process, 'arch', { value: 'abacus' });`,
    );
    expect(stdout).toMatch(/^There is no embedded DynamoDB for \w+-abacus: [^\n]*DYNAMODB_ENDPOINT[^\n]*\n$/);
  });

  test('one line says that its binary cannot be run', async () => {
    for (const file of ['command-line.ts', 'local/after-death.ts', 'local/ports.ts', 'local/embedded-dynamodb.ts'])
      cpSync(join(projectRoot, 'tools', file), join(folder, file));
    const binaryPackage = join(folder, `node_modules/@dynoxide/${process.platform}-${process.arch}`);
    mkdirSync(binaryPackage, { recursive: true });
    writeFileSync(join(binaryPackage, 'package.json'), '{}');
    writeFileSync(join(binaryPackage, 'dynoxide'), 'not a program', { mode: 0o644 });
    const { exitCode, stdout, stderr } = await startIn(join(folder, 'local'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^[^\n]*EACCES[^\n]*\n$/);
  });
});

/** Runs a folder's embedded-dynamodb.ts in a process of its own that prints the error's message. */
async function startIn(copy: string, prelude = ''): Promise<Run> {
  return await runNode([
    '--input-type=module',
    '-e',
    `${prelude}
     const { startEmbeddedDynamoDb } = await import(${JSON.stringify(join(copy, 'embedded-dynamodb.ts'))});
     await startEmbeddedDynamoDb({ port: 0 }).catch((error) => console.log(error.message));`,
  ]);
}

const table = {
  TableName: 'notes',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
};

async function putItem({ endpoint }: EmbeddedDynamoDb, text: string): Promise<void> {
  const client = createLocalClient(endpoint);
  await createTables(client, [table]);
  await client.send(new PutCommand({ TableName: 'notes', Item: { id: '1', text } }));
  client.destroy();
}

async function getItem({ endpoint }: EmbeddedDynamoDb): Promise<unknown> {
  const client = createLocalClient(endpoint);
  try {
    const { Item } = await client.send(new GetCommand({ TableName: 'notes', Key: { id: '1' }, ConsistentRead: true }));
    return Item?.['text'];
  } finally {
    client.destroy();
  }
}

async function kill(embedded: EmbeddedDynamoDb): Promise<void> {
  const ended = new Promise<void>((resolve) => embedded.onUnexpectedEnd(resolve));
  process.kill(embedded.pid, 'SIGKILL');
  await ended;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function textFile(text: string): string {
  const file = join(folder, 'text.db');
  writeFileSync(file, text);
  return file;
}
