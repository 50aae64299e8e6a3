import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import { findEndpoint, putEndpoint, removeEndpoint } from '../../lambda/dynamodb/endpoint-commands.ts';
import { putOrders } from '../orders/put-orders.ts';
import { portError } from '../command-line.ts';
import { explainDynamoDbError } from '../operator/explain-dynamodb-error.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { putCredential } from '../operator/credentials.ts';
import { readAssembly } from './assembly.ts';
import { createLocalClient, localAwsEnvironment } from './client.ts';
import { demoStore } from './demo.ts';
import { sendDemoOrders } from './demo-orders.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from './embedded-dynamodb.ts';
import { createEventApi } from './events/event-api.ts';
import { LocalBus } from './events/local-bus.ts';
import { connectRules, createQueues, readersOf, startMappings } from './events/refund-chain.ts';
import { startStandInExecutor } from './executor/stand-in-executor.ts';
import { type FunctionHost, startFunction } from './function-host.ts';
import { createGateway } from './gateway.ts';
import { freePort } from './ports.ts';
import { createTables } from './tables.ts';
import type { DeployedStack } from './template.ts';
import { withQueueUrls } from './template-chain.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

export interface LocalOptions {
  readonly port: number;
  readonly dynamodbPort: number;
  /** Where functions and commands put events and messages, as they would to AWS. */
  readonly eventsPort: number;
  readonly dbPath: string | undefined;
  /** The URL of an engine that runs already; undefined to start the embedded DynamoDB. */
  readonly dynamodbEndpoint: string | undefined;
  /** A folder that contains the synthesized stack; undefined to synthesize it. */
  readonly assembly: string | undefined;
  /** Those of the demo, which come in by events. */
  readonly demoOrders: readonly Order[];
  /** Others, which are put into the table. */
  readonly orders: readonly Order[];
  /** Where the demo store gets its webhooks; undefined for a receiver that prints them. */
  readonly webhookUrl: string | undefined;
}

export interface LocalService {
  readonly url: string;
  readonly dynamodbEndpoint: string;
  readonly eventsEndpoint: string;
  /** Where webhooks are sent. */
  readonly webhookUrl: string;
  /** How many orders were added. */
  readonly added: number;
  /** The numbers of the orders that existed already. They were not changed. */
  readonly existing: readonly string[];
  /** Calls the listener with the name of a part that ends although nobody stopped it. */
  onUnexpectedEnd(listener: (what: string) => void): void;
  stop(): Promise<void>;
}

/**
 * Runs the synthesized stack on localhost: gateway, functions, tables and the chain of events, with the demo store's
 * credential and endpoint, and the given orders.
 * @throws UsageError when a port is taken or the assembly does not contain the stack; Error when a part does not start
 */
export async function startLocalService(options: LocalOptions): Promise<LocalService> {
  const stopFunctions: Array<() => Promise<unknown> | void> = [];
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      for (const stopPart of stopFunctions.toReversed()) await stopPart();
    })());
  try {
    // First, because the rest takes seconds: a taken port is reported at once.
    await freePort(options.port, '--port');
    if (options.dynamodbEndpoint === undefined) await freePort(options.dynamodbPort, '--dynamodb-port');
    await freePort(options.eventsPort, '--events-port');
    const deployed = await deployedOf(options.assembly);

    let embedded: EmbeddedDynamoDb | undefined;
    if (options.dynamodbEndpoint === undefined) {
      embedded = await startEmbeddedDynamoDb({ port: options.dynamodbPort, dbPath: options.dbPath });
      stopFunctions.push(embedded.stop);
    }
    const dynamodbEndpoint = options.dynamodbEndpoint ?? embedded?.endpoint ?? '';
    const client = createLocalClient(dynamodbEndpoint);
    stopFunctions.push(() => client.destroy());
    const webhookUrl = options.webhookUrl ?? (await startReceiver(stopFunctions));
    const put = await prepare(client, deployed.tables, options.orders, webhookUrl).catch((error: unknown) => {
      throw explainDynamoDbError(error, { place: dynamodbEndpoint, isStage: false });
    });

    const bus = new LocalBus(deployed.chain.busName);
    const queues = createQueues(deployed.chain);
    connectRules(deployed.chain, bus, queues);
    const eventApi = createEventApi(bus, queues);
    await listen(eventApi, options.eventsPort, '--events-port');
    stopFunctions.push(() => closeServer(eventApi));
    const eventsEndpoint = urlOf(eventApi);

    const functions = new Map(
      [...deployed.routes.map((route) => route.function), ...readersOf(deployed.chain)].map((one) => [one.name, one]),
    );
    const hosts = new Map<string, FunctionHost>();
    await Promise.all(
      functions.values().map(async (deployedFunction) => {
        const environment = withQueueUrls(deployedFunction.environment, eventsEndpoint);
        const host = await startFunction(
          { ...deployedFunction, environment },
          localAwsEnvironment(dynamodbEndpoint, eventsEndpoint),
        );
        hosts.set(deployedFunction.name, host);
        stopFunctions.push(host.stop);
      }),
    );
    stopFunctions.push(await startStandInExecutor(client, tableNamesOf('dev'), bus));
    stopFunctions.push(await startMappings(deployed.chain, hosts, queues, client, dynamodbEndpoint));
    const sent = await sendDemoOrders(client, tableNamesOf('dev'), bus, options.demoOrders);
    const gateway = createGateway(
      deployed,
      async (route, event) => await hosts.get(route.function.name)?.invoke(event),
      // From here the page at /docs takes the demo store's public keys, so that it can sign.
      new Map([['/docs/demo.json', JSON.stringify({ store: demoStore })]]),
    );
    await listen(gateway, options.port, '--port');
    stopFunctions.push(() => closeServer(gateway));

    return {
      url: urlOf(gateway),
      dynamodbEndpoint,
      eventsEndpoint,
      webhookUrl,
      added: sent.added + put.added,
      existing: [...sent.existing, ...put.existing],
      onUnexpectedEnd: (listener) => embedded?.onUnexpectedEnd(() => listener('The embedded DynamoDB')),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deployedOf(assembly: string | undefined): Promise<DeployedStack> {
  if (assembly !== undefined) return readAssembly(assembly, 'dev');
  // Loaded only when it is needed: the CDK takes as long to load as the rest of a start.
  const { synthesize } = await import('./synthesize.ts');
  return synthesize('dev').deployed;
}

async function prepare(
  client: DynamoDBDocumentClient,
  templateTables: DeployedStack['tables'],
  orders: readonly Order[],
  webhookUrl: string,
): ReturnType<typeof putOrders> {
  await createTables(client, templateTables);
  const tables = tableNamesOf('dev');
  await putCredential(client, tables.storeKeys, demoStore, demoStore, Date.now());
  await putDemoEndpoint(client, tables.endpoints, webhookUrl);
  return await putOrders(client, tables.orders, orders);
}

/** As the demo's keys, it is the same after each start, whatever was done to it. */
async function putDemoEndpoint(client: DynamoDBDocumentClient, table: string, url: string): Promise<void> {
  const { storeId, webhookSecret } = demoStore;
  const existing = await findEndpoint(client, table, storeId);
  if (existing !== undefined) await removeEndpoint(client, table, existing);
  await putEndpoint(client, table, storeId, { url, types: undefined }, webhookSecret, Date.now());
}

async function startReceiver(stopFunctions: Array<() => Promise<unknown> | void>): Promise<string> {
  const receiver = await startWebhookReceiver(demoStore.webhookSecret);
  stopFunctions.push(receiver.stop);
  return receiver.url;
}

async function listen(server: Server, port: number, option: string): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    throw portError(error, port, option);
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
