import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { executionRow, firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import { showOrder } from '../../tools/orders/show-order.ts';
import { type EngineService, engineEndpoint, startEngineService, tables } from '../support/engine/engine-service.ts';
import { bankAccount, recordedRefund, recordRowOf, refundThatIs } from '../support/engine/refunds.ts';
import { runNode } from '../support/run-node.ts';

// The commands as an operator types them. What they do is tested in retry-refund.test.ts and republish.test.ts.

let service: EngineService;
let folder: string;
beforeAll(async () => {
  service = await startEngineService();
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const admin = async (args: readonly string[], env: Record<string, string> = {}) => {
  const ended = await runNode(['bin/admin.ts', ...args], { DYNAMODB_ENDPOINT: engineEndpoint, ...env });
  return { ...ended, stderr: ended.stderr.replace(/^On the DynamoDB at .*\n/, '') };
};
const named = ({ storeId, orderNo, returnRequestId }: Awaited<ReturnType<typeof recordedRefund>>) => [
  '--store',
  storeId,
  '--order',
  orderNo,
  '--refund',
  returnRequestId,
];
const lines = ({ stdout }: { readonly stdout: string }) => stdout.split('\n').filter((line) => line !== '').length;
const fileWith = (content: unknown) => {
  const file = join(folder, 'account.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const failed = { status: 'FAILED', sequence: 1, failureReason: 'ACCOUNT_CLOSED' } as const;

test('a failed refund is listed, retried to another account, resolved, and shown with its note', async () => {
  const refund = await refundThatIs(service, failed, { refundMethod: 'BANK_ACCOUNT' });
  const other = { ...bankAccount, accountNumber: '999-888-777' };
  const { storeId, orderNo, returnRequestId } = refund;
  const runs = [
    await admin(['list-refunds', '--status', 'FAILED', '--store', storeId]),
    await admin(['retry-refund', ...named(refund), '--account', fileWith(other)]),
    await admin(['resolve-refund', ...named(refund), '--note', 'paid at the counter', '--although-pending']),
    await admin(['show-order', '--store', storeId, '--order', orderNo]),
  ];
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const [listed, retried, resolved, shown] = runs.map(({ stdout }) => stdout);
  expect(JSON.parse(listed ?? '')).toEqual({
    ...refund,
    kind: 'REFUND',
    currencyCode: 'KRW',
    status: 'FAILED',
    attempt: 1,
    sequence: 1,
    amount: '1000',
    requestedAt: expect.any(String),
    updatedAt: expect.any(String),
    hasAccount: true,
    failureReason: 'ACCOUNT_CLOSED',
  });
  expect(runs[0]?.stderr).toMatch(/^1 refunds are FAILED, of \d+ that were read\.\n$/);
  expect(retried).toBe(`Requested ${returnRequestId} again to the account of the file: attempt 2.\n`);
  expect(resolved).toMatch(`Resolved ${returnRequestId}.`);
  expect(JSON.parse(shown ?? '')).toMatchObject({
    cancellations: [{ execution: { status: 'RESOLVED', attempt: 2, sequence: 1, note: 'paid at the counter' } }],
  });
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
  expect(printed).not.toMatch(/234|999-888|Gildong/);
});

describe('list-refunds', () => {
  test('lists those of a status, for longer than a time, of a store, and not more than the limit', async () => {
    const day = 24 * 60 * 60 * 1000;
    for (const updatedAtMs of [Date.now(), Date.now() - day, Date.now() - 2 * day]) {
      await refundThatIs(service, { status: 'PENDING', sequence: 1, updatedAtMs });
    }
    const { storeId } = service.store;
    const list = async (...more: string[]) =>
      await admin(['list-refunds', '--status', 'PENDING', '--store', storeId, ...more]);
    expect(lines(await list())).toBe(3);
    expect(lines(await list('--older-than', '60'))).toBe(2);
    const limited = await list('--limit', '1');
    expect(lines(limited)).toBe(1);
    expect(limited.stderr).toMatch(/There may be more: raise --limit\.\n$/);
    expect(lines(await admin(['list-refunds', '--status', 'PENDING', '--store', `${storeId}-OTHER`]))).toBe(0);
  });

  test('names a row that cannot be, and lists the others', async () => {
    const fine = await refundThatIs(service, { status: 'SUCCEEDED', sequence: 1 });
    const row = executionRow(firstExecutionOf(await recordRowOf(service, fine)));
    const broken = { ...row, rid: 'RETREQ-BROKEN', st: 'SUCCEEDED', a: 'much' };
    await service.client.send(new PutCommand({ TableName: tables.executions, Item: broken }));
    const listed = await admin(['list-refunds', '--status', 'SUCCEEDED', '--store', service.store.storeId]);
    expect(JSON.parse(listed.stdout)).toMatchObject({ returnRequestId: fine.returnRequestId });
    expect(listed.stderr).toContain(`1 more cannot be read, ${row.orderKey} RETREQ-BROKEN first: run npm run audit.`);
  });
});

test('an order is shown with no execution where its refund was never requested', async () => {
  const { storeId, orderNo } = await recordedRefund(service);
  expect(await showOrder(service.client, tables, storeId, orderNo)).toMatchObject({
    cancellations: [{ execution: null }],
  });
});

/** A bus that responds so, and keeps the entries that it gets. */
const startBus = async (status: number, body: object): Promise<{ server: Server; url: string; bodies: string[] }> => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      bodies.push(text);
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
};

const publish = async (url: string, refund: Awaited<ReturnType<typeof recordedRefund>>) =>
  await admin(['republish', ...named(refund)], { AWS_ENDPOINT_URL_EVENTBRIDGE: url });

describe('republish', () => {
  test('sends the event to the bus of the stage at AWS_ENDPOINT_URL_EVENTBRIDGE', async () => {
    const { server, url, bodies } = await startBus(200, { FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    try {
      const refund = await recordedRefund(service);
      expect(await publish(url, refund)).toEqual({
        exitCode: 0,
        stdout: `${refund.returnRequestId} published as ${refund.returnRequestId}-1-0.\n`,
        stderr: '',
      });
      expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
        Entries: [{ EventBusName: 'payment-cancel-dev', DetailType: 'payment.refund_requested.v1' }],
      });
      expect(bodies).toHaveLength(1);
    } finally {
      server.close();
    }
  });

  test('fails with one line where the bus takes nothing, or is not there', async () => {
    const refund = await recordedRefund(service);
    const { server, url } = await startBus(200, {
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'ThrottlingException' }],
    });
    try {
      expect(await publish(url, refund)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: 'Error: The bus refused an event: ThrottlingException.\n',
      });
    } finally {
      server.close();
    }
    const { exitCode, stderr } = await publish('http://127.0.0.1:9', refund);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: No event bus answers at http:\/\/127\.0\.0\.1:9 \(.*\n$/);
    const noUrl = await publish('127.0.0.1', refund);
    expect(noUrl.stderr).toMatch(/^Error: AWS_ENDPOINT_URL_EVENTBRIDGE must be a URL such as http:\/\/127.*\n$/);
    expect(await showOrder(service.client, tables, refund.storeId, refund.orderNo)).toMatchObject({
      cancellations: [{ execution: null }],
    });
  });
});

const id = `RETREQ${'0'.repeat(26)}`;
const one = ['--store', 'S', '--order', 'N', '--refund', id];

test.each<[readonly string[], string]>([
  [['retry-refund', ...one, '--note', 'x'], '--note is not understood here.'],
  [['retry-refund', ...one], `has no refund ${id} that was ever requested`],
  [['resolve-refund', ...one, '--note', 'a\nb'], '--note must be 1 to 500 characters'],
])('%j fails with one line', async (args, message) => {
  const { exitCode, stderr, stdout } = await admin(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
});
