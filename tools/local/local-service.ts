import { rmSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../lambda/domain/order.ts';
import { putOrders } from '../orders/put-orders.ts';
import { portError } from '../command-line.ts';
import { explainDynamoDbError } from '../operator/explain-dynamodb-error.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { putStoreKey } from '../operator/credentials.ts';
import { readAssembly } from './assembly.ts';
import { createLocalClient, localAwsEnvironment } from './client.ts';
import { demoExamples, demoStore } from './demo.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type FunctionHost, startFunction } from './function-host.ts';
import { createGateway } from './gateway.ts';
import { freePort } from './ports.ts';
import { createTables } from './tables.ts';
import type { DeployedStack } from './template.ts';

export interface LocalOptions {
  readonly port: number;
  readonly dynamodbPort: number;
  readonly dbPath: string | undefined;
  /** Of an engine that runs already; otherwise the embedded one is started. */
  readonly dynamodbEndpoint: string | undefined;
  /** A folder with the synthesized stack; otherwise it is synthesized. */
  readonly assembly: string | undefined;
  readonly orders: readonly Order[];
}

export interface LocalService {
  readonly url: string;
  readonly dynamodbEndpoint: string;
  readonly added: number;
  readonly existing: readonly string[];
  onUnexpectedEnd(listener: (what: string) => void): void;
  stop(): Promise<void>;
}

/** The synthesized stack on localhost: gateway, function and tables, with the demo store's key and the given orders. */
export async function startLocalService(options: LocalOptions): Promise<LocalService> {
  const started: Array<() => Promise<unknown> | void> = [];
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      for (const end of started.toReversed()) await end();
    })());
  try {
    // Before anything that takes its time: what a taken port needs is another one.
    await freePort(options.port, '--port');
    if (options.dynamodbEndpoint === undefined) await freePort(options.dynamodbPort, '--dynamodb-port');
    const deployed =
      options.assembly === undefined ? await synthesized(started) : readAssembly(options.assembly, 'dev');

    let emulator: Emulator | undefined;
    if (options.dynamodbEndpoint === undefined) {
      emulator = await startEmulator({ port: options.dynamodbPort, dbPath: options.dbPath });
      started.push(emulator.stop);
    }
    const dynamodbEndpoint = options.dynamodbEndpoint ?? emulator?.endpoint ?? '';
    const client = createLocalClient(dynamodbEndpoint);
    started.push(() => client.destroy());
    const { added, existing } = await prepare(client, deployed.tables, options.orders).catch((error: unknown) => {
      throw explainDynamoDbError(error, { place: dynamodbEndpoint, isStage: false });
    });

    const hosts = new Map<string, FunctionHost>();
    for (const { function: deployedFunction } of deployed.routes) {
      if (hosts.has(deployedFunction.name)) continue;
      const host = await startFunction(deployedFunction, localAwsEnvironment(dynamodbEndpoint));
      hosts.set(deployedFunction.name, host);
      started.push(host.stop);
    }
    const gateway = createGateway(
      deployed,
      async (route, event) => await hosts.get(route.function.name)?.invoke(event),
      // What the page at /docs fills in, so that it can sign with keys that everybody may know.
      new Map([['/docs/demo.json', JSON.stringify({ store: demoStore, examples: demoExamples })]]),
    );
    await listen(gateway, options.port);
    started.push(() => closeServer(gateway));

    const { port } = gateway.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      dynamodbEndpoint,
      added,
      existing,
      onUnexpectedEnd: (listener) => emulator?.onUnexpectedEnd(() => listener('The embedded DynamoDB')),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function synthesized(started: Array<() => void>): Promise<DeployedStack> {
  // Loaded where it is needed: the CDK alone takes longer than all the rest of a start.
  const { synthesize } = await import('./synthesize.ts');
  const { deployed, folder } = synthesize('dev');
  started.push(() => rmSync(folder, { recursive: true, force: true }));
  return deployed;
}

async function prepare(
  client: DynamoDBDocumentClient,
  templateTables: DeployedStack['tables'],
  orders: readonly Order[],
): ReturnType<typeof putOrders> {
  await createTables(client, templateTables);
  const tables = tableNamesOf('dev');
  await putStoreKey(client, tables.storeKeys, demoStore, demoStore, Date.now());
  return await putOrders(client, tables.orders, orders);
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    throw portError(error, port, '--port');
  }
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
