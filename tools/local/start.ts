import { setTimeout as sleep } from 'node:timers/promises';
import { endpointFrom, portOption, readArguments, UsageError } from '../command-line.ts';
import { busNameOf } from '../../lib/stages.ts';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';
import { curlCommand } from './curl.ts';
import { demoExamples, demoOrdersFile, demoStore } from './demo.ts';
import { failsAlwaysEnding, failsOnceEnding } from './executor/stand-in-psp.ts';
import { type LocalOptions, type LocalService, startLocalService } from './local-service.ts';
import { readOrderFile } from '../orders/read-orders.ts';
import { readUrl } from '../../lambda/webhook-sender/public-address.ts';

const help = `npm start -- [options]: runs the synthesized stack on localhost.

  --port N            port of the API (default 3000; 0 takes any free one)
  --dynamodb-port N   port of the embedded DynamoDB (default 8000; 0 takes any free one)
  --events-port N     port for events, as EventBridge and SQS of AWS take them (default 3001; 0 takes any free one)
  --webhook URL       where the webhooks of the demo store are sent, such as http://127.0.0.1:4000/webhooks; without it, a
                      receiver of its own prints them
  --orders FILE.json  adds the orders of this file to those of the demo; orders that exist are never overwritten
  --db-path FILE      keeps the data in this file; without it, the data is in memory and is lost at the end
  --assembly FOLDER   runs the stack that was synthesized into this folder, such as cdk.out of npm run synth;
                      without it, the stack is synthesized first
  --help              prints this text

Set DYNAMODB_ENDPOINT to the URL of another DynamoDB, such as DynamoDB Local, to use that one instead of the embedded
one.`;

/** `npm start` */
export async function start(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const dynamodbEndpoint = endpointFrom(process.env);
  if (dynamodbEndpoint !== undefined && options['db-path'] !== undefined) {
    throw new UsageError(
      '--db-path is for the embedded DynamoDB, but DYNAMODB_ENDPOINT names another one: leave one of the two out.',
    );
  }
  const localOptions = {
    port: portOption('port', options.port),
    dynamodbPort: portOption('dynamodb-port', options['dynamodb-port']),
    eventsPort: portOption('events-port', options['events-port']),
    dbPath: options['db-path'],
    dynamodbEndpoint,
    assembly: options.assembly,
    demoOrders: readOrderFile(demoOrdersFile),
    orders: options.orders === undefined ? [] : readOrderFile(options.orders),
    webhookUrl: options.webhook === undefined ? undefined : webhookUrl(options.webhook),
  };
  let service: LocalService | undefined;
  const end = async (code: number) => {
    // Before the service has started, there is nothing to stop: what already runs ends after this process.
    await service?.stop();
    process.exit(code);
  };
  onStopRequest(() => void end(0));
  service = await startOrInterrupt(localOptions);
  service.onUnexpectedEnd((what) => {
    console.error(`Error: ${what} has ended unexpectedly.`);
    void end(1);
  });
  printWelcome(service);
}

const signalDeliveryMs = 100;

/** Ctrl-C also ends the bundler. The wait lets the signal end this process before the bundler's error does. */
async function startOrInterrupt(options: LocalOptions): Promise<LocalService> {
  try {
    return await startLocalService(options);
  } catch (error) {
    await sleep(signalDeliveryMs);
    throw error;
  }
}

const parentCheckMs = 250;

/**
 * Calls the listener on each signal to stop. One Ctrl-C may send two of them, from the terminal and from npm. Because
 * npm passes on only two kinds of signals, and none when it is killed, the listener is also called when npm has ended:
 * then this process has another parent.
 */
function onStopRequest(listener: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) listener();
  }, parentCheckMs).unref();
}

/** @throws UsageError naming what would be accepted */
function webhookUrl(value: string): string {
  const read = readUrl(value, true);
  if (!read.ok) throw new UsageError(`--webhook ${read.problem}.`);
  return value;
}

function readOptions() {
  return readArguments('npm start', {
    options: {
      port: { type: 'string', default: '3000' },
      'dynamodb-port': { type: 'string', default: '8000' },
      'events-port': { type: 'string', default: '3001' },
      webhook: { type: 'string' },
      orders: { type: 'string' },
      'db-path': { type: 'string' },
      assembly: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function printWelcome({ url, dynamodbEndpoint, eventsEndpoint, webhookUrl, added, existing }: LocalService): void {
  const existed = existing.length > 0 ? `; ${existing.length} existed and were not changed` : '';
  console.log(`
API             ${url}${cancelPath}
Documentation   ${url}/docs
DynamoDB        ${dynamodbEndpoint}
Events          ${eventsEndpoint}, bus ${busNameOf('dev')}
Webhooks        ${webhookUrl}, secret ${demoStore.webhookSecret}
Orders          ${added} added${existed}
Demo store      ${demoStore.storeId}, access key ${demoStore.accessKey}, hash key ${demoStore.hashKey}

A stand-in executor pays each refund after a second; the first attempt fails where the amount ends in ${failsOnceEnding}, and every
attempt where it ends in ${failsAlwaysEnding}.

Commands to paste into another terminal. A cancellation that is sent again returns the first response and cancels
nothing more.
`);
  for (const { title, request } of demoExamples) {
    console.log(`# ${title}\n${curlCommand(url, demoStore, JSON.stringify(request))}\n`);
  }
  const [, , lastExample] = demoExamples;
  const order = JSON.stringify({ orderNo: lastExample?.request.orderNo });
  console.log(
    `# What remains of an order, and what was canceled of it\n${curlCommand(url, demoStore, order, detailPath)}\n`,
  );
  console.log(`# Commands for this local service
${commandsFor(url, dynamodbEndpoint, eventsEndpoint).join('\n')}
`);
  console.log('Ctrl-C stops it. One log line for each request, event, report and webhook follows.');
}

/** The request in the example of npm run cancel, and its order, which no other example uses. */
const exampleRequestFile = 'examples/request.json';
const exampleOrderNo = 'ORD20251224004';

/** The commands name the addresses of this service: without them, they would work on the default ports. */
function commandsFor(url: string, dynamodbEndpoint: string, eventsEndpoint: string): string[] {
  const onTables = `DYNAMODB_ENDPOINT=${dynamodbEndpoint} npm run`;
  return [
    `AWS_ENDPOINT_URL_EVENTBRIDGE=${eventsEndpoint} npm run event -- examples/events/captured.json`,
    `${onTables} admin -- show-order --store ${demoStore.storeId} --order ${exampleOrderNo}`,
    `${onTables} admin -- list-refunds --status FAILED`,
    `${onTables} audit`,
    `${onTables} smoke -- --url ${url}`,
    `npm run cancel -- ${exampleRequestFile} --url ${url}`,
  ];
}
