import { rmSync } from 'node:fs';
import { once } from 'node:events';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createDocumentClient } from '../../../lambda/dynamodb/client.ts';
import { createEndpointRepository } from '../../../lambda/dynamodb/endpoint-repository.ts';
import { createCallEndpoint } from '../../../lambda/webhook-sender/call-endpoint.ts';
import { createDeliver } from '../../../lambda/webhook-sender/deliver.ts';
import { createResolve } from '../../../lambda/webhook-sender/resolve.ts';
import { createWebhookSender } from '../../../lambda/webhook-sender/send-webhooks.ts';
import { stageNamed, tableNamesOf } from '../../../lib/stages.ts';
import { readArguments, runCommand, wholeNumberOption } from '../../../tools/command-line.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { markdownTable } from '../../../tools/generate/markdown-table.ts';
import { MessageQueue } from '../../../tools/local/events/message-queue.ts';
import { localAwsEnvironment } from '../../../tools/local/client.ts';
import { synthesize } from '../../../tools/local/synthesize.ts';
import { endpointRowWith, queuedEventOf } from '../../support/webhooks.ts';
import { type Engine, withEngine } from './engine.ts';
import { quantile } from './statistics.ts';

const help = `npm run bench:webhooks -- [options]: what a merchant whose endpoint is in trouble costs another one. The real
sender with the embedded DynamoDB, real receivers on localhost, and a queue in memory that is read as in prod.

  --waiting N   messages that wait for the bad merchant, 0 to 100000 (100000)
  --help`;

const tables = tableNamesOf('dev');
const { webhookConcurrency } = stageNamed('prod');
const flow = { storeId: 'GOOD', count: 1000, everyMs: 10 };

/** A message that is not delivered in this time counts as if it took as long. */
const mostMs = 60_000;

/** What is wrong with the other merchant's endpoint; its path says so too. */
const troubles = {
  none: 'nobody else',
  hangs: 'never answers',
  slow: 'answers 200 after 9 s',
  large: 'answers 200 with 300 MB',
  refuses: 'refuses connections',
} as const;
type Trouble = keyof typeof troubles;

interface Figures {
  readonly trouble: Trouble;
  /** Milliseconds from the queue to the answer of the good merchant, of each of its messages. */
  readonly delaysMs: readonly number[];
  readonly callsOfBad: number;
  /** Open calls of the bad merchant at once, at most: in the first seconds, and later. */
  readonly openAtFirst: number;
  readonly openLater: number;
}

// npm run bench:webhooks
await runCommand(async () => {
  const { values } = readArguments('npm run bench:webhooks', {
    options: { waiting: { type: 'string', default: '100000' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const waiting = wholeNumberOption('waiting', values.waiting, 0, 100_000);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const { deployed, folder } = synthesize('dev');
  rmSync(folder, { recursive: true });
  const field = { tables: deployed.tables, environment: { STORE_KEYS_TABLE: tables.storeKeys } };
  const setting = { waiting, good: await startReceivers(), bad: await startReceivers() };
  const figures: Figures[] = [];
  for (const trouble of Object.keys(troubles) as Trouble[]) {
    console.error(`Measuring beside a merchant that ${troubles[trouble]}.`);
    const measured = await withEngine(field, async (engine) => await measure(engine, trouble, setting));
    figures.push(measured);
    console.error(rowOf(measured).join(', '));
  }
  for (const { worker } of [setting.good, setting.bad]) await worker.terminate();
  console.log(tableOf(figures));
});

/** A thread for each merchant, so that a busy one slows no other down. */
interface Receivers {
  readonly worker: Worker;
  readonly port: number;
}

interface Setting {
  readonly good: Receivers;
  readonly bad: Receivers;
  readonly waiting: number;
}

async function startReceivers(): Promise<Receivers> {
  const worker = new Worker(new URL('webhook-receivers.ts', import.meta.url));
  const [port] = (await once(worker, 'message')) as [number];
  return { worker, port };
}

async function measure(engine: Engine, trouble: Trouble, { good, bad, waiting }: Setting): Promise<Figures> {
  Object.assign(process.env, localAwsEnvironment(engine.endpoint));
  const badPort = trouble === 'refuses' ? 1 : bad.port;
  await engine.put(tables.endpoints, [
    endpointRowWith({ storeId: flow.storeId, url: `http://127.0.0.1:${good.port}/good` }),
    endpointRowWith({ storeId: 'BAD', url: `http://127.0.0.1:${badPort}/${trouble}` }),
  ]);
  const queue = new MessageQueue({
    name: 'webhooks',
    visibilityMs: 180_000,
    maxReceiveCount: 12,
    deadLetters: undefined,
  });
  const sentAtMs = new Map<string, number>();
  const delaysMs: number[] = [];
  const isAllSent = Promise.withResolvers<void>();
  let callsOfBad = 0;
  const client = createDocumentClient();
  const endpoints = createEndpointRepository(client, tables.endpoints);
  const deliver = createDeliver({ resolve: createResolve(), https, http });
  const send = createWebhookSender({
    endpoints,
    callEndpoint: createCallEndpoint({ endpoints, deliver, allowsLocal: true, now: Date.now }),
    redelivery: { delay: async (handle, seconds) => queue.changeVisibility(handle, seconds * 1000) },
    deadLetters: { send: async () => undefined },
    report({ outcome, fields: { storeId, eventId, durationMs } }) {
      if (storeId === 'BAD' && durationMs !== undefined) callsOfBad += 1;
      if (storeId !== flow.storeId || outcome !== 'DELIVERED') return;
      delaysMs.push(performance.now() - (sentAtMs.get(String(eventId)) ?? NaN));
      if (delaysMs.length === flow.count) isAllSent.resolve();
    },
    now: Date.now,
    random: Math.random,
  });
  const openNow = async () => {
    const answered = once(bad.worker, 'message');
    bad.worker.postMessage('open');
    const [open] = (await answered) as [Record<string, number>];
    return open[`/${trouble}`] ?? 0;
  };
  if (trouble !== 'none') {
    for (let index = 0; index < waiting; index += 1) queue.send(queuedEventOf({ storeId: 'BAD', sequence: index + 1 }));
  }
  queue.read({
    batchSize: 10,
    concurrency: webhookConcurrency,
    take: async (event) => await send(event, contextOf(30_000)),
  });
  let openAtFirst = 0;
  for (let index = 0; index < flow.count; index += 1) {
    const body = queuedEventOf({ storeId: flow.storeId, status: 'PENDING', sequence: index + 1 });
    sentAtMs.set((JSON.parse(body) as { detail: { id: string } }).detail.id, performance.now());
    queue.send(body);
    await sleep(flow.everyMs);
    if (index === flow.count / 2) openAtFirst = await openNow();
  }
  await Promise.race([isAllSent.promise, sleep(mostMs)]);
  const openLater = await openNow();
  queue.stop();
  client.destroy();
  while (delaysMs.length < flow.count) delaysMs.push(mostMs);
  return { trouble, delaysMs, callsOfBad, openAtFirst, openLater };
}

function tableOf(figures: readonly Figures[]): string {
  const delays = ['median', '99 of 100', 'slowest'];
  return markdownTable(
    ['the other merchant', ...delays, 'calls of the other', 'open at once, first and later'],
    figures.map(rowOf),
  );
}

function rowOf({ trouble, delaysMs, callsOfBad, openAtFirst, openLater }: Figures): string[] {
  const delays = [quantile(delaysMs, 0.5), quantile(delaysMs, 0.99), Math.max(...delaysMs)];
  return [
    troubles[trouble],
    ...delays.map((ms) => `${ms.toFixed(0)} ms`),
    String(callsOfBad),
    `${openAtFirst}, ${openLater}`,
  ];
}
