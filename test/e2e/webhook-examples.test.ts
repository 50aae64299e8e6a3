import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Handled } from '../../lambda/events/event-telemetry.ts';
import { createCallEndpoint } from '../../lambda/webhook-sender/call-endpoint.ts';
import { createDeliver } from '../../lambda/webhook-sender/deliver.ts';
import { createWebhookSender } from '../../lambda/webhook-sender/send-webhooks.ts';
import { contextOf } from '../../tools/in-memory/requests.ts';
import { projectRoot } from '../support/run-node.ts';
import { endpointWith, queuedEventOf, secretOf } from '../support/webhooks.ts';

/** What runs an example, and the command that shows that it is here: Java runs a source only where there is a compiler. */
const examples = [
  { file: 'receive.ts', fence: 'ts', command: process.execPath, needs: undefined },
  { file: 'receive.py', fence: 'python', command: 'python3', needs: 'python3 --version' },
  { file: 'Receive.java', fence: 'java', command: 'java', needs: 'javac --version' },
];
/** A machine may lack some, but not the one that decides what is merged. */
const present = examples.filter(
  ({ needs }) => process.env['CI'] !== undefined || needs === undefined || isThere(needs),
);

let receiver: ChildProcess | undefined;
afterEach(() => {
  receiver?.kill('SIGKILL');
  receiver = undefined;
});

describe('an example of docs/webhooks.md', () => {
  test.each(examples)('is examples/webhook/$file, word for word', ({ file, fence }) => {
    const guide = readFileSync(join(projectRoot, 'docs/webhooks.md'), 'utf8');
    const text = readFileSync(join(projectRoot, 'examples/webhook', file), 'utf8');
    expect(guide).toContain(`\n\`\`\`${fence}\n${text}\`\`\`\n`);
  });

  test.each(present)('takes what is delivered, and nothing of a stranger: $file', async ({ command, file }) => {
    const port = await freePort();
    const env = { PATH: process.env['PATH'] ?? '', PORT: String(port), WEBHOOK_SECRET: secretOf(1) };
    receiver = spawn(command, [join(projectRoot, 'examples/webhook', file)], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    receiver.stdout?.setEncoding('utf8');
    const url = `http://127.0.0.1:${port}/webhooks`;

    expect(await deliveryTo(url, secretOf(2))).toMatchObject({ outcome: 'FAILED', fields: { status: 401 } });
    const printed = once(receiver.stdout ?? receiver, 'data');
    expect(await deliveryTo(url, secretOf(1))).toMatchObject({ outcome: 'DELIVERED', fields: { status: 204 } });
    const [line] = (await printed) as [string];
    expect(line).toMatch(/^RETREQ01KDQ7N0AN000000000000001A-1-0 \{"type":"payment\.refund_requested\.v1",.*\}\n$/);
  });
});

/** What comes of a webhook that is sent there as it is on AWS, as soon as somebody answers. */
async function deliveryTo(url: string, secret: string): Promise<Handled<string>> {
  const endpoint = endpointWith({ url, secrets: [{ secret, untilMs: undefined }] });
  const reports: Array<Handled<string>> = [];
  const endpoints = {
    find: async () => endpoint,
    takeTurn: async () => undefined,
    note: async () => undefined,
  };
  const network = { resolve: async () => [], https, http };
  const send = createWebhookSender({
    endpoints,
    callEndpoint: createCallEndpoint({ endpoints, deliver: createDeliver(network), allowsLocal: true, now: Date.now }),
    redelivery: { delay: async () => undefined },
    deadLetters: { send: async () => undefined },
    report: (handled) => reports.push(handled),
    now: Date.now,
    random: Math.random,
  });
  const record = {
    messageId: 'message-1',
    receiptHandle: 'receipt-1',
    body: queuedEventOf(),
    attributes: { ApproximateReceiveCount: '1' },
  } as SQSRecord;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    await send({ Records: [record] }, contextOf(30_000));
    const report = reports.at(-1);
    if (report !== undefined && report.fields['because'] === undefined) return report;
    await sleep(100);
  }
  throw new Error('Nobody answers.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isThere(command: string): boolean {
  const [name = '', ...args] = command.split(' ');
  return spawnSync(name, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
