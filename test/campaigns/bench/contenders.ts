import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { DeployedFunction, DeployedStack } from '../../../tools/local/template.ts';
import { synthesize } from '../../../tools/local/synthesize.ts';
import { bundlingOptions, sdkBundling } from '../../../lib/bundling.ts';
import { cancelPath } from '../../../lambda/contract/paths.ts';
import { functionOf } from '../../support/function-of.ts';
import { benchFolder } from './install-peers.ts';

export type ContenderName = 'ours' | 'a' | 'b' | 'c' | 'd' | 'e' | 'empty';

export interface Contender {
  readonly name: ContenderName;
  readonly label: string;
  readonly codeFile: string;
  readonly bundleBytes: number;
}

/** What is compared, as it would be deployed. */
export type ChainFunction = 'publisher' | 'resultTaker' | 'orderTaker' | 'webhookSender';

export interface Field {
  readonly contenders: Readonly<Record<ContenderName, Contender>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly tables: readonly CreateTableCommandInput[];
  /** The functions around the event bus, which have no peers. */
  readonly chain: Readonly<Record<ChainFunction, DeployedFunction>>;
  remove(): void;
}

const bundledAsOurs = bundlingOptions(sdkBundling);

/** As in the CDK example of Powertools' own repository, whose function is made idempotent as peer a is. */
const bundledAsPowertools: BundlingOptions = {
  minify: true,
  keepNames: true,
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  externalModules: [],
  banner: "import { createRequire } from 'module';const require = createRequire(import.meta.url);",
  logLevel: LogLevel.WARNING,
};

/** CDK's own way of bundling where a peer has no other: SDK taken from the runtime, not minified. */
const peers: Record<Exclude<ContenderName, 'ours'>, { entry: string; label: string; bundling?: BundlingOptions }> = {
  a: { entry: 'powertools-zod/index.mjs', label: 'a: Middy, Powertools, zod', bundling: bundledAsPowertools },
  b: { entry: 'express-zod/index.mjs', label: 'b: Express, zod' },
  c: { entry: 'ajv-runtime/index.mjs', label: 'c: Middy, ajv at run time' },
  d: { entry: 'bare-sdk/index.mjs', label: 'd: bare SDK', bundling: bundledAsOurs },
  e: { entry: 'floor/index.mjs', label: 'e: HTTP signed by hand', bundling: bundledAsOurs },
  empty: { entry: 'floor/empty.mjs', label: 'e: empty handler', bundling: bundledAsOurs },
};

const idempotencyTable: CreateTableCommandInput = {
  TableName: 'payment-cancel-bench-idempotency',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};

/** Bundles the service as its stack does, and the peers with CDK too. */
export function bundleAll(): Field {
  const { deployed, folder } = synthesize('dev');
  const peersFolder = mkdtempSync(join(tmpdir(), 'payment-cancel-peers-'));
  const { codeFile, environment } = functionOf(deployed, cancelPath);
  const codeFiles = { ours: codeFile, ...bundlePeers(peersFolder) };
  const contenderOf = (name: ContenderName): Contender => ({
    name,
    label: name === 'ours' ? 'this service' : peers[name].label,
    codeFile: codeFiles[name],
    bundleBytes: bytesIn(dirname(codeFiles[name])),
  });
  return {
    contenders: {
      ours: contenderOf('ours'),
      a: contenderOf('a'),
      b: contenderOf('b'),
      c: contenderOf('c'),
      d: contenderOf('d'),
      e: contenderOf('e'),
      empty: contenderOf('empty'),
    },
    environment: { ...environment, IDEMPOTENCY_TABLE: idempotencyTable.TableName ?? '' },
    tables: [...deployed.tables, idempotencyTable],
    chain: {
      publisher: readerOf(deployed, 'publisher'),
      resultTaker: readerOf(deployed, 'result-taker'),
      orderTaker: readerOf(deployed, 'order-taker'),
      webhookSender: readerOf(deployed, 'webhook-sender'),
    },
    remove() {
      for (const each of [folder, peersFolder]) rmSync(each, { recursive: true, force: true });
    },
  };
}

/** The function that logs under this name. */
function readerOf({ chain: { mappings } }: DeployedStack, name: string): DeployedFunction {
  const isMeant = ({ environment }: DeployedFunction) => environment['SERVICE_NAME']?.includes(`-${name}-`);
  const mapping = mappings.find((one) => isMeant(one.function));
  if (mapping === undefined) throw new Error(`The stack has no function ${name} that reads a stream or a queue.`);
  return mapping.function;
}

function bundlePeers(outdir: string): Record<keyof typeof peers, string> {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Peers');
  for (const [name, peer] of Object.entries(peers)) {
    new NodejsFunction(stack, name, {
      description: name,
      entry: `${benchFolder}peers/${peer.entry}`,
      projectRoot: new URL('../../..', import.meta.url).pathname,
      depsLockFilePath: `${benchFolder}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      bundling: peer.bundling ?? { logLevel: LogLevel.WARNING },
    });
  }
  const { Resources } = app.synth().getStackByName(stack.stackName).template as {
    Resources: Record<string, { Properties: { Description?: string; Code?: { S3Key: string } } }>;
  };
  const found = Object.values(Resources).flatMap(({ Properties: { Description, Code } }) => {
    if (Description === undefined || Code === undefined) return [];
    const folder = join(outdir, `asset.${Code.S3Key.replace(/\.zip$/, '')}`);
    const file = readdirSync(folder).find((name) => name.endsWith('js')) ?? '';
    return [[Description, join(folder, file)]];
  });
  return Object.fromEntries(found) as Record<keyof typeof peers, string>;
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
