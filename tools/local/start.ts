import { setTimeout as sleep } from 'node:timers/promises';
import { endpointFrom, portOption, readArguments, UsageError } from '../command-line.ts';
import { detailPath } from '../../lambda/contract/paths.ts';
import { curlCommand } from './curl.ts';
import { demoExamples, demoOrdersFile, demoStore } from './demo.ts';
import { type LocalOptions, type LocalService, startLocalService } from './local-service.ts';
import { readOrderFile } from '../orders/read-orders.ts';

const help = `npm start -- [options]: serves the synthesized stack on localhost.

  --port N            of the API (3000)
  --dynamodb-port N   of the embedded DynamoDB (8000)
  --orders FILE.json  orders to load besides the demo's; one that exists is never overwritten
  --db-path FILE      keeps the data over restarts; without it they are in memory
  --assembly FOLDER   serves what is synthesized already, by npm run synth say (cdk.out)
  --help

  DYNAMODB_ENDPOINT=URL uses an engine that runs already instead of the embedded one.`;

/** `npm start` */
export async function start(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const dynamodbEndpoint = endpointFrom(process.env);
  if (dynamodbEndpoint !== undefined && options['db-path'] !== undefined) {
    throw new UsageError('--db-path is of the embedded DynamoDB, but DYNAMODB_ENDPOINT names another: leave one out.');
  }
  const orders = [demoOrdersFile, ...(options.orders === undefined ? [] : [options.orders])].flatMap(readOrderFile);
  const localOptions = {
    port: portOption('port', options.port),
    dynamodbPort: portOption('dynamodb-port', options['dynamodb-port']),
    dbPath: options['db-path'],
    dynamodbEndpoint,
    assembly: options.assembly,
    orders,
  };
  let service: LocalService | undefined;
  const end = async (code: number) => {
    // Until it has started, there is nothing to stop in order: what runs already ends after this process.
    await service?.stop();
    process.exit(code);
  };
  onStopRequest(() => void end(0));
  service = await startOrInterrupt(localOptions);
  service.onUnexpectedEnd((what) => {
    console.error(`Error: ${what} has ended.`);
    void end(1);
  });
  printWelcome(service);
}

const signalDeliveryMs = 100;

/** Ctrl-C ends the bundler as well: the signal, and not the bundler's error, is then what ends the start. */
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
 * Calls the listener on each signal to stop: of a Ctrl-C there may be two, the terminal's and npm's. And when npm is
 * gone, which passes on only two signals, and none when it is killed: what it has started then gets another parent.
 */
function onStopRequest(listener: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) listener();
  }, parentCheckMs).unref();
}

function readOptions() {
  return readArguments('npm start', {
    options: {
      port: { type: 'string', default: '3000' },
      'dynamodb-port': { type: 'string', default: '8000' },
      orders: { type: 'string' },
      'db-path': { type: 'string' },
      assembly: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function printWelcome({ url, dynamodbEndpoint, added, existing }: LocalService): void {
  const existed = existing.length > 0 ? ` (${existing.length} existed and stay as they are)` : '';
  console.log(`
Cancel Payment is served at ${url}/api/v2/payment/cancel
Documentation to try it   at ${url}/docs
DynamoDB                  at ${dynamodbEndpoint}
Orders loaded             ${added}${existed}
Demo store                ${demoStore.storeId}, access key ${demoStore.accessKey}, hash key ${demoStore.hashKey}

Paste one of these into another terminal:
`);
  for (const { title, request } of demoExamples) {
    console.log(`# ${title}\n${curlCommand(url, demoStore, JSON.stringify(request))}\n`);
  }
  const [, , lastExample] = demoExamples;
  const order = JSON.stringify({ orderNo: lastExample?.request.orderNo });
  console.log(
    `# What remains of an order, and what was canceled of it\n${curlCommand(url, demoStore, order, detailPath)}\n`,
  );
  console.log(`# Commands that work on what is served here
${commandsFor(url, dynamodbEndpoint).join('\n')}
`);
  console.log('Ctrl-C stops it. One log line per request follows.');
}

/** The request that npm run cancel is shown with, and its order, which no other example is about. */
const exampleRequestFile = 'examples/request.json';
const exampleOrderNo = 'ORD20251224004';

/** They name this instance in full: without that, a command works on the one at the default ports. */
function commandsFor(url: string, dynamodbEndpoint: string): string[] {
  const onTables = `DYNAMODB_ENDPOINT=${dynamodbEndpoint} npm run`;
  return [
    `${onTables} admin -- show-order --store ${demoStore.storeId} --order ${exampleOrderNo}`,
    `${onTables} audit`,
    `${onTables} smoke -- --url ${url}`,
    `npm run cancel -- ${exampleRequestFile} --url ${url}`,
  ];
}
