import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { identifyTables } from '../../tools/audit/identify-tables.ts';
import { newProgress, saveProgress } from '../../tools/audit/progress.ts';
import { createLocalClient } from '../../tools/local/client.ts';
import { curlCommand } from '../../tools/local/curl.ts';
import { demoExamples, demoStore } from '../../tools/local/demo.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { headersOf, itemOf, requestOf, type Store } from '../../tools/in-memory/requests.ts';
import { projectRoot, runNode } from '../support/run-node.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const fileWith = (name: string, content: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const orderFor = (storeId: string, orderNo: string) => ({
  orderNo,
  storeId,
  currencyCode: 'KRW',
  paymentStatus: 'CAPTURED',
  refundMethod: 'ORIGINAL',
  items: [{ seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount: 3000, taxAmount: 0 }],
});

const send = async ({ url }: RunningLocal, orderNo: string, store: Store = demoStore) => {
  const body = JSON.stringify(requestOf([itemOf()], { orderNo }));
  const headers = headersOf(body, {}, store);
  return await fetch(`${url}/api/v2/payment/cancel`, { method: 'POST', headers, body });
};

/** The exit code of a command that failed, and the lines in which it says why. */
const failureOf = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { exitCode, stderr } = await runNode(args, { PATH: process.env['PATH'] ?? '', ...env });
  return { exitCode, lines: stderr.split('\n').filter((line) => line.startsWith('Error')) };
};

describe('npm start', () => {
  test('keeps its data in --db-path over a restart, loads --orders, and leaves nothing running', async () => {
    const args = [
      '--assembly',
      assemblyOf('dev'),
      '--db-path',
      join(folder, 'data.db'),
      '--orders',
      fileWith('orders.json', [orderFor(demoStore.storeId, 'MINE')]),
    ];
    const first = await startLocal(args);
    const response = await send(first, 'MINE');
    expect(response.status).toBe(200);
    expect(await first.interrupt()).toBe(0);
    expect(first.output()).not.toContain('Error');
    await expect(fetch(first.url)).rejects.toThrow('fetch failed');
    await expect(fetch(first.dynamodbEndpoint)).rejects.toThrow('fetch failed');

    const second = await startLocal(args);
    try {
      const replay = await send(second, 'MINE');
      expect(replay.headers.get('Idempotent-Replayed')).toBe('true');
      expect(second.output()).toContain('8 existed and were not changed');
    } finally {
      await second.interrupt();
    }
  }, 300_000);

  test.each([
    ['--port', ['--dynamodb-port', '0', '--port']],
    ['--dynamodb-port', ['--port', '0', '--dynamodb-port']],
    ['--events-port', ['--port', '0', '--dynamodb-port', '0', '--events-port']],
  ])('a taken port is reported in one line that names %s', async (option, args) => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    try {
      const failure = await failureOf(['bin/start.ts', ...args, String(port)]);
      expect(failure).toEqual({ exitCode: 1, lines: [`Error: Port ${port} is taken: choose another with ${option}.`] });
    } finally {
      blocker.close();
    }
  });

  test('a broken order file is reported with the order and the field', async () => {
    const broken = { ...orderFor('STORE-1', 'BROKEN'), currencyCode: 'WON' };
    const file = fileWith('broken.json', [orderFor('STORE-1', 'FINE'), broken]);
    const { exitCode, lines } = await failureOf(['bin/start.ts', '--orders', file]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining('Order 2 (BROKEN): currencyCode must')]);
  });

  test.each([
    [['--port', '70000'], '--port must be a port'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--orders', 'no-such-file.json'], 'no-such-file.json cannot be read'],
    [
      ['--port', '0', '--dynamodb-port', '0', '--events-port', '0', '--assembly', 'docs'],
      'The stack of the stage dev is not in docs: npm run synth writes it to cdk.out.',
    ],
    [['--db-path='], '--db-path has no value.'],
    [['--port', '1', '--port', '2'], '--port is given twice.'],
    [['prod'], "Unexpected argument 'prod'."],
  ])('%j is reported in one line', async (args, message) => {
    const { exitCode, lines } = await failureOf(['bin/start.ts', ...args]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining(message)]);
  });

  test('--db-path is refused where another engine keeps the data', async () => {
    const env = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' };
    const { exitCode, lines } = await failureOf(['bin/start.ts', '--db-path', join(folder, 'unused.db')], env);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining('--db-path is for the embedded DynamoDB')]);
  });

  test('an engine that does not answer is reported with its address', async () => {
    const args = ['bin/start.ts', '--port', '0', '--assembly', assemblyOf('dev')];
    const { exitCode, lines } = await failureOf(args, { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining('No DynamoDB answers at http://127.0.0.1:9')]);
  });
});

/** One service for all commands that work on what npm start serves. */
let local: RunningLocal;

beforeAll(async () => {
  local = await startLocal(['--assembly', assemblyOf('dev')]);
});
afterAll(async () => {
  await local.interrupt();
});

/** Runs a command on the tables of the local service, and omits its first line, which names them. */
const run = async (command: string, ...args: string[]) => {
  const { stderr, ...ended } = await runNode([command, ...args], { DYNAMODB_ENDPOINT: local.dynamodbEndpoint });
  return { ...ended, stderr: stderr.replace(/^On the DynamoDB at .*\n/, '') };
};
const admin = async (...args: string[]) => await run('bin/admin.ts', ...args);

describe('the commands that npm start prints', () => {
  test('work on what it serves, and say so in their first line', async () => {
    const [, printed = ''] = local.output().split('# Commands for this local service\n');
    const commands = printed.split('\n\n', 1)[0]?.split('\n') ?? [];
    const runs = await Promise.all(
      commands.map(async (command) => {
        const [, name = ''] = /npm run (\w+)/.exec(command) ?? [];
        // Without the lines in which npm repeats the command.
        const silent = command.replace('npm run', 'npm run --silent');
        const { stderr } = await promisify(execFile)('bash', ['-c', silent], { cwd: projectRoot });
        return [name, stderr.split('\n', 1)[0]];
      }),
    );
    const onTables = `On the DynamoDB at ${local.dynamodbEndpoint} (DYNAMODB_ENDPOINT)`;
    expect(Object.fromEntries(runs)).toEqual({
      admin: onTables,
      audit: onTables,
      smoke: `${onTables}, and the API at ${local.url}`,
      cancel: `At ${local.url}`,
      event: `On the event bus of ${local.eventsEndpoint}`,
    });
  });
});

describe('npm run admin', () => {
  test('issues a key, puts an order, and shows what was canceled of it', async () => {
    const issued = await admin('issue-key', '--store', 'S-9', '--division', 'D-9', '--channel', 'C-9');
    expect(issued.exitCode).toBe(0);
    const [, accessKey = '', hashKey = ''] = /Access key +(\S+)\nHash key +(\S+)/.exec(issued.stdout) ?? [];
    const put = await admin('put-orders', fileWith('admin.json', [orderFor('S-9', 'ORD-9')]));
    expect(put).toMatchObject({ exitCode: 0, stdout: 'Added 1 of 1 orders.\n' });

    const store = { storeId: 'S-9', divisionCode: 'D-9', channelCode: 'C-9', accessKey, hashKey };
    expect((await send(local, 'ORD-9', store)).status).toBe(200);
    const shown = await admin('show-order', '--store', 'S-9', '--order', 'ORD-9');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      paymentStatus: 'CANCELED',
      items: [{ remaining: { quantity: 0, amount: '0' } }],
      cancellations: [{ kind: 'REFUND' }],
    });
  });

  test('revokes a key', async () => {
    const issued = await admin('issue-key', '--store', 'S-8', '--division', 'D-8', '--channel', 'C-8');
    const [, accessKey = '', hashKey = ''] = /Access key +(\S+)\nHash key +(\S+)/.exec(issued.stdout) ?? [];
    expect(await admin('revoke-key', accessKey)).toMatchObject({ exitCode: 0 });
    const store = { storeId: 'S-8', divisionCode: 'D-8', channelCode: 'C-8', accessKey, hashKey };
    expect((await send(local, 'ORD-8', store)).status).toBe(401);
  });

  test.each([
    [[], 'No command is given.'],
    [['cancel'], 'There is no command cancel'],
    [['toString'], 'There is no command toString'],
    [['show-order', '--stage', '--help'], 'argument is ambiguous'],
    [['issue-key', '--store', 'a/b'], '--store must be'],
    [['revoke-key'], 'KEY is missing'],
    [['revoke-key', 'unknown'], 'There is no such access key.'],
    [['put-orders', 'no-such-file.json'], 'cannot be read'],
    [['show-order', '--store', 'S-9', '--order', 'NONE'], 'The store S-9 has no order NONE.'],
    [['show-order', '--store', 'S', '--order', 'N', '--stage', 'nope'], 'There is no stage "nope"'],
    [['put-orders', 'a.json', 'b.json'], 'b.json is not understood here.'],
    [['revoke-key', 'KEY', '--store', 'S'], '--store is not understood here.'],
    [['show-order', '--store', 'S', '--store', 'T', '--order', 'N'], '--store is given twice.'],
    [['show-order', '--store=', '--order', 'N'], '--store has no value.'],
  ])('%j fails with one line', async (args, message) => {
    const { exitCode, stderr } = await admin(...args);
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  test('prints its help', async () => {
    expect(await admin('--help')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('issue-key') });
  });
});

describe('npm run cancel', () => {
  test('cancels an order of the demo, and finds it canceled when it is run again', async () => {
    const [, { request } = { request: {} }] = demoExamples;
    const args = ['bin/cancel.ts', fileWith('cancel.json', request), '--url', local.url];
    const first = await runNode(args);
    const again = await runNode(args);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Canceled: 6000 KRW/),
      stderr: `At ${local.url}\n`,
    });
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Was canceled before: 6000 KRW/) });
    const [firstId, againId] = [first, again].map(({ stdout }) => /RETREQ\w+/.exec(stdout)?.[0]);
    expect(againId).toBe(firstId ?? 'an id');
  });

  test('finds a file canceled that was sent with the curl of npm start', async () => {
    const body = JSON.stringify(demoExamples.at(-1)?.request, null, 2);
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, no_proxy: '*' };
    const { stdout } = await promisify(execFile)('bash', ['-c', curlCommand(local.url, demoStore, body)], { env });
    const { returnRequestId } = (JSON.parse(stdout) as { data: { returnRequestId: string } }).data;
    const again = await runNode(['bin/cancel.ts', fileWith('curl.json', body), '--url', local.url]);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Was canceled before: 2000 KRW/) });
    expect(again.stdout).toContain(returnRequestId);
  });
});

describe('npm run smoke and npm run audit', () => {
  test('a deployment whose responses are right passes the smoke test, and its tables pass the audit', async () => {
    const smoked = await run('bin/smoke.ts', '--url', `${local.url}/`);
    expect(smoked).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^All responses of .* are right/) });

    const progress = join(folder, 'progress.json');
    const audited = await run('bin/audit.ts', '--progress', progress, '--segments', '2');
    expect(audited).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/ 0 violations: all sound\.\n$/),
    });
    expect(existsSync(progress)).toBe(false);
  });

  test('a server that responds otherwise fails the smoke test, response by response', async () => {
    const other = createHttpServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      const { exitCode, stderr } = await run('bin/smoke.ts', '--url', url);
      expect(exitCode).toBe(1);
      expect(stderr.split('\n').filter((line) => line.startsWith('FAILED'))).toHaveLength(8);
      expect(stderr).toContain(`Error: 8 responses of ${url} are wrong.`);
      expect(stderr).not.toContain('two different instances');
    } finally {
      other.close();
    }
  });

  test.each([401, 404])('an API that responds with %d is probably another instance: both are named', async (status) => {
    const other = createHttpServer((_request, response) => response.writeHead(status).end('{}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      const { exitCode, stderr } = await run('bin/smoke.ts', '--url', url);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(
        `The API at ${url} does not know the order that was just put into the DynamoDB at ${local.dynamodbEndpoint}.`,
      );
    } finally {
      other.close();
    }
  });

  test('a deployment with mutual TLS is tried with a certificate of the client, and only with it', async () => {
    const certificate = selfSignedCertificate();
    const cert = fileWith('cert.pem', certificate.cert);
    const key = fileWith('key.pem', certificate.key);
    const gateway = createHttpsServer(
      { ...certificate, ca: certificate.cert, requestCert: true, rejectUnauthorized: true },
      (incoming, response) => {
        const { method, headers } = incoming;
        const forwarded = request(`${local.url}${incoming.url}`, { ...(method && { method }), headers });
        forwarded.on('response', (forwardedResponse) => {
          response.writeHead(forwardedResponse.statusCode ?? 0, forwardedResponse.headers);
          forwardedResponse.pipe(response);
        });
        incoming.pipe(forwarded);
      },
    ).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    try {
      const url = `https://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
      const env = { DYNAMODB_ENDPOINT: local.dynamodbEndpoint, NODE_EXTRA_CA_CERTS: cert };
      const tried = await runNode(['bin/smoke.ts', '--url', url, '--cert', cert, '--key', key], env);
      expect(tried).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^All responses of .* are right/) });

      const { exitCode, stderr } = await runNode(['bin/smoke.ts', '--url', url], env);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`Error: There is no response from ${url}`);
    } finally {
      gateway.close();
      gateway.closeAllConnections();
    }
  });

  test.each([
    ['bin/smoke.ts', ['--url', 'here'], '--url must be a URL'],
    ['bin/smoke.ts', ['--url', 'http://127.0.0.1/?a=b'], '--url must end with its path'],
    ['bin/smoke.ts', ['--url', 'http://127.0.0.1/#a'], '--url must end with its path'],
    ['bin/smoke.ts', ['--url', 'http://user@127.0.0.1/'], '--url must end with its path'],
    ['bin/smoke.ts', ['--url', 'http://127.0.0.1:9'], 'There is no response from http://127.0.0.1:9'],
    ['bin/smoke.ts', ['--stage', 'nope'], 'There is no stage "nope"'],
    ['bin/smoke.ts', ['--cert', 'a.pem'], '--cert and --key are given together'],
    ['bin/smoke.ts', ['--cert', 'a.pem', '--key', 'b.pem'], '--cert and --key need a --url that begins with https://'],
    [
      'bin/smoke.ts',
      ['--url', 'https://h', '--cert', 'no.pem', '--key', 'b.pem'],
      'The file no.pem of --cert cannot be',
    ],
    ['bin/audit.ts', ['--segments', '0'], '--segments must be a whole number from 1 to 100'],
    ['bin/audit.ts', ['--segments='], '--segments has no value.'],
    ['bin/audit.ts', ['--segment', '1'], "Unknown option '--segment'"],
    ['bin/audit.ts', ['--stage', 'nope'], 'There is no stage "nope"'],
    ['bin/audit.ts', ['--progress', 'no-such-folder/file'], 'no-such-folder/file cannot be written (ENOENT)'],
    ['bin/generate.ts', ['all'], "Unexpected argument 'all'."],
  ])('%s %j fails with one line', async (command, args, message) => {
    const { exitCode, stderr } = await run(command, ...args);
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  test('an audit does not continue from a progress that is not its own', async () => {
    const file = fileWith('other.json', { place: local.dynamodbEndpoint, orders: [], cancellations: [], counts: {} });
    const { exitCode, stderr } = await run('bin/audit.ts', '--progress', file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${file} is not the progress of an audit of ${local.dynamodbEndpoint}`);
  });

  describe('an audit that was interrupted', () => {
    const violation = 'VIOLATION S/1: found before';
    const interrupted = async (identity?: string) => {
      const client = createLocalClient(local.dynamodbEndpoint);
      const audited = {
        place: local.dynamodbEndpoint,
        identity: identity ?? (await identifyTables(client, tableNamesOf('dev'))),
      };
      client.destroy();
      const progress = newProgress(audited, 3);
      progress.violations.push(violation);
      progress.counts.violations = 1;
      const file = join(folder, 'interrupted.json');
      saveProgress(file, progress, Date.now() - 3 * 60_000);
      return file;
    };

    test('continues, and says how old it is and what it has found', async () => {
      const file = await interrupted();
      const { exitCode, stdout, stderr } = await run('bin/audit.ts', '--progress', file, '--segments', '3');
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`Continuing from ${file}, saved 3 min ago, with 3 segments.`);
      expect(stdout).toMatch(new RegExp(`^${violation}\n.* 1 violations: NOT SOUND.\n$`));
    });

    test('does not continue with another number of segments, or for other tables', async () => {
      const file = await interrupted();
      expect(await run('bin/audit.ts', '--progress', file, '--segments', '4')).toMatchObject({
        exitCode: 1,
        stderr: `Error: ${file} has 3 segments: leave --segments out, or start anew with --restart.\n`,
      });
      await interrupted('of others');
      const { exitCode, stderr } = await run('bin/audit.ts', '--progress', file);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`${file} is the progress of an audit of tables that others have replaced since`);
    });

    test('starts anew with --restart, whatever the file says', async () => {
      const file = await interrupted('of others');
      const { exitCode, stdout } = await run('bin/audit.ts', '--progress', file, '--segments', '4', '--restart');
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(/^\d+ orders, .* 0 violations: all sound\.\n$/),
      });
      expect(existsSync(file)).toBe(false);
    });
  });
});
