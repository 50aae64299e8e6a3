import { endpointFrom, portOption, readArguments, UsageError } from '../command-line.ts';
import { detailPath } from '../../lambda/contract/paths.ts';
import { curlCommand } from './curl.ts';
import { demoExamples, demoOrdersFile, demoStore } from './demo.ts';
import { type LocalService, startLocalService } from './local-service.ts';
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
  const starting = startLocalService({
    port: portOption('port', options.port),
    dynamodbPort: portOption('dynamodb-port', options['dynamodb-port']),
    dbPath: options['db-path'],
    dynamodbEndpoint,
    assembly: options.assembly,
    orders,
  });
  stopOnSignals(starting);
  printWelcome(await starting);
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
Documentation, to try it  at ${url}/docs
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
    `# What is left of an order, and what was canceled of it\n${curlCommand(url, demoStore, order, detailPath)}\n`,
  );
  console.log('Ctrl-C stops it. One log line per request follows.');
}

/** A signal during the start waits for it, so that nothing of it is left behind. */
function stopOnSignals(starting: Promise<LocalService>): void {
  const end = async (code: number) => {
    await (await starting).stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(0));
  void starting.then(
    (service) =>
      service.onUnexpectedEnd((what) => {
        console.error(`Error: ${what} has ended.`);
        void end(1);
      }),
    () => undefined,
  );
}
