import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  readOrderTakerVariables,
  readPublisherVariables,
  readSenderVariables,
  readTakerVariables,
} from '../../lambda/environment/variables.ts';
import { bundling } from '../../lib/bundling.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { bytesByPackage, metafileOf } from '../support/bundle-metafile.ts';
import { maxOrderTakerBytes, maxPublisherBytes, maxSenderBytes, maxTakerBytes } from '../support/bundle-packages.ts';
import { codeFileOf, invocationOf, loadingError, printExports, program } from '../support/load-bundle.ts';
import { runNode } from '../support/run-node.ts';
import { variablesOf } from '../support/variables.ts';

const functions = [
  {
    name: 'publisher',
    id: 'RefundsOutPublisherFunction',
    maxBytes: 275_000,
    maxPackageBytes: maxPublisherBytes,
    variables: variablesOf(readPublisherVariables),
    /** What it cannot do, by its rights, need not be in it either. */
    lacks: /result-taker|order-taker|ajv/,
    /** The files of the API's contract that it may have: what records keep, and what their ids are. */
    contract: [],
  },
  {
    name: 'result-taker',
    id: 'RefundsBackTakerFunction',
    maxBytes: 271_000,
    maxPackageBytes: maxTakerBytes,
    variables: variablesOf(readTakerVariables),
    lacks: /publisher|order-taker|client-eventbridge/,
    contract: [],
  },
  {
    name: 'order-taker',
    id: 'RefundsInTakerFunction',
    maxBytes: 356_000,
    maxPackageBytes: maxOrderTakerBytes,
    variables: variablesOf(readOrderTakerVariables),
    lacks: /publisher|result-taker|execution-report|client-eventbridge/,
    contract: [
      'cancellation-data.ts',
      'find-lossy-values.ts',
      'json-pointer.ts',
      'limits.ts',
      'request-digest.ts',
      'return-request-id.ts',
    ],
  },
  {
    name: 'webhook-sender',
    id: 'RefundsWebhooksSenderFunction',
    maxBytes: 275_000,
    maxPackageBytes: maxSenderBytes,
    variables: variablesOf(readSenderVariables),
    lacks: /publisher|result-taker|order-taker|ajv|client-eventbridge|standardwebhooks/,
    contract: [],
  },
] as const;

describe.each(functions)('the bundle of the $name', (deployed) => {
  const { name, id, maxBytes, maxPackageBytes, variables, lacks, contract } = deployed;
  const file = codeFileOf(assemblyOf('dev'), id);
  const bundle = readFileSync(join(dirname(file), 'bundle.cjs'));
  const environment: Record<string, string> = {
    AWS_REGION: 'us-east-1',
    ...Object.fromEntries(variables.map((variable) => [variable, 'a value'])),
  };

  test('is what is deployed, with the module that loads it, and nothing else', () => {
    expect(readdirSync(dirname(file)).toSorted()).toEqual(['bundle.cjs', 'index.mjs']);
  });

  test('is small enough to start soon', () => {
    expect(bundle.length).toBeLessThan(maxBytes);
  });

  test('holds these packages and no others, each within its bytes', async () => {
    const bytes = bytesByPackage(await metafileOf(name, bundling, bundle));
    expect(Object.keys(bytes).toSorted()).toEqual(Object.keys(maxPackageBytes).toSorted());
    const tooLarge = Object.entries(bytes).filter(([one, size]) => size > (maxPackageBytes[one] ?? 0));
    expect(tooLarge).toEqual([]);
  });

  test('holds nothing of the others, of signed calls, and of what runs on localhost', async () => {
    const { inputs } = await metafileOf(name, bundling, bundle);
    const foreign = Object.keys(inputs).filter(
      (source) => !/^(lambda|node_modules)\//.test(source) || /^lambda\/(cancel|contract|signed-route)\//.test(source),
    );
    expect(foreign.toSorted()).toEqual(contract.map((file) => `lambda/contract/${file}`));
    expect(
      Object.keys(inputs).filter((source) => lacks.test(source) && !source.includes('/ajv/dist/runtime/')),
    ).toEqual([]);
  });

  test('exports the handler when its environment is complete', async () => {
    const { exitCode, stdout, stderr } = await runNode(program(file, printExports), environment);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'handler: function\n', stderr: '' });
  });

  test('answers a batch with what failed of it, as Lambda wants it', async () => {
    const { stdout, stderr } = await runNode(program(file, invocationOf({ Records: [] })), environment);
    expect({ stdout, stderr }).toEqual({ stdout: '{"batchItemFailures":[]}\n', stderr: '' });
  });

  test.each(variables)('fails at once without %s, and names it', async (variable) => {
    const { [variable]: _omitted, ...others } = environment;
    const { stdout } = await runNode(loadingError(file), others);
    expect(stdout).toBe(`The environment lacks ${variable}.\n`);
  });
});
