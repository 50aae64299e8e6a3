import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { documentPaths } from '../../lambda/docs/document-paths.ts';
import { documentsOf } from '../../lambda/docs/documents.ts';
import { createDocsHandler } from '../../lambda/docs/handler.ts';
import { sdkBundling } from '../../lib/bundling.ts';
import { readAssembly } from '../../tools/local/assembly.ts';
import { localAwsEnvironment } from '../../tools/local/client.ts';
import { readPreTrafficVariables } from '../../lambda/environment/variables.ts';
import { assemblyOf, commitOfAssemblies } from '../support/assemblies.ts';
import { bytesByPackage, metafileOf } from '../support/bundle-metafile.ts';
import { maxPackageBytes } from '../support/bundle-packages.ts';
import { eventOf } from '../../tools/in-memory/requests.ts';
import { codeFileOf, invocationOf, loadingError, printExports, program } from '../support/load-bundle.ts';
import { projectRoot, runNode } from '../support/run-node.ts';
import { variablesOf } from '../support/variables.ts';

const folder = assemblyOf('dev');
const deployed = readAssembly(folder, 'dev');

const deployedFunction = functionOf('/api/v2/payment/cancel');
const { codeFile, environment } = deployedFunction;
const bundle = readFileSync(join(dirname(codeFile), 'bundle.cjs'));

describe('the bundle', () => {
  test('is smaller than 262 kB, because every byte is parsed at a cold start', () => {
    expect(bundle.length).toBeLessThan(262_000);
  });

  test('is what is deployed, with the module that waits for its warm-up, and nothing else', () => {
    expect(readdirSync(dirname(codeFile)).toSorted()).toEqual(['bundle.cjs', 'index.mjs']);
  });

  test('is minified', () => {
    const lines = bundle.toString().split('\n').length;
    expect(bundle.length / lines).toBeGreaterThan(500);
  });

  test('holds the code of the function and of nothing that builds or tests it', async () => {
    const sources = await sourcesOfTheBundle();
    expect(sources).toContain('lambda/cancel/main.ts');
    expect(sources.filter((source) => !/^(lambda|node_modules)\//.test(source))).toEqual([]);
    expect(
      sources.filter((source) => /^node_modules\/(aws-cdk|constructs|fast-check|@?jest|dynam|@dynoxide)/.test(source)),
    ).toEqual([]);
  });

  test('holds these packages and no others, each within its bytes', async () => {
    const bytes = bytesByPackage(await metafileOfTheBundle());
    expect(Object.keys(bytes).sort()).toEqual(Object.keys(maxPackageBytes).sort());
    const tooLarge = Object.entries(bytes).filter(([name, size]) => size > (maxPackageBytes[name] ?? 0));
    expect(tooLarge).toEqual([]);
  });

  test('holds nothing of what tries a new version', async () => {
    const sources = await sourcesOfTheBundle();
    expect(
      sources.filter((source) => /^lambda\/pre-traffic|@aws-sdk\/client-(codedeploy|lambda)\//.test(source)),
    ).toEqual([]);
  });

  test('holds nothing of what publishes refunds and takes reports: it only records them', async () => {
    const sources = await sourcesOfTheBundle();
    const ofTheChain = /^lambda\/(events|publisher|result-taker)\/|@aws-sdk\/client-(eventbridge|sqs)\/|powertools/;
    expect(sources.filter((source) => ofTheChain.test(source))).toEqual([]);
  });

  test('holds one source of credentials, the environment, and no event streams', async () => {
    const sources = await sourcesOfTheBundle();
    const packages = new Set(
      sources.flatMap((source) => /^node_modules\/(@[\w-]+\/credential-provider-[\w-]+)/.exec(source)?.[1] ?? []),
    );
    expect([...packages]).toEqual(['@aws-sdk/credential-provider-env']);
    expect(sources.filter((source) => source.includes('event-stream'))).toEqual([]);
  });

  test('holds nothing of what describes the API', async () => {
    const sources = await sourcesOfTheBundle();
    expect(sources.filter((source) => /openapi|cancel-(request|response)\.schema|^docs\//.test(source))).toEqual([]);
  });

  test('holds nothing of ajv but the helpers of its compiled validators', async () => {
    const ofAjv = (await sourcesOfTheBundle()).filter((source) =>
      /^node_modules\/(ajv|fast-uri|json-schema)/.test(source),
    );
    expect(ofAjv.filter((source) => !source.startsWith('node_modules/ajv/dist/runtime/'))).toEqual([]);
  });
});

describe('the loaded bundle', () => {
  test("exports the handler when its environment is the template's", async () => {
    const { exitCode, stdout, stderr } = await runNode(program(codeFile, printExports), lambdaEnvironment());
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: `${deployedFunction.export}: function\n`,
      stderr: '',
    });
  });

  test('responds', async () => {
    const event = { ...eventOf('{}', {}) };
    const { stdout } = await runNode(program(codeFile, invocationOf(event)), lambdaEnvironment());
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { statusCode: number; body: string };
    expect(result.statusCode).toBe(400);
    expect(JSON.parse(result.body)).toMatchObject({ resultCode: 'EBP-A-0001', requestId: 'request-1', data: null });
  });

  test('calls DynamoDB without loading fetch, HTTP/2 or web streams', async () => {
    const dynamoDb = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(dynamoDb, 'listening');
    let calls = 0;
    dynamoDb.on('request', () => (calls += 1));
    const { port } = dynamoDb.address() as AddressInfo;
    const { stdout } = await runNode(program(codeFile, 'console.log(process.moduleLoadList.join());'), {
      ...lambdaEnvironment(),
      ...localAwsEnvironment(`http://127.0.0.1:${port}`),
    });
    dynamoDb.close();
    expect(calls).toBe(1);
    expect(stdout).toMatch(/NativeModule http\b/);
    expect(stdout.match(/NativeModule [\w/]*(undici|http2|readablestream)\b/g)).toBeNull();
  });

  test.each(['ORDERS_TABLE', 'CANCELLATIONS_TABLE', 'STORE_KEYS_TABLE'])(
    'fails at once without %s, and names it',
    async (name) => {
      const { [name]: _omitted, ...others } = lambdaEnvironment();
      const { stdout } = await runNode(loadingError(codeFile), others);
      expect(stdout).toBe(`The environment lacks ${name}.\n`);
    },
  );
});

describe('the bundle of the detail function', () => {
  const detail = functionOf('/api/v2/payment/detail');

  test('is a file of its own, below 260 kB, without what decides and writes', () => {
    const code = readFileSync(join(dirname(detail.codeFile), 'bundle.cjs'), 'utf8');
    expect(detail.codeFile).not.toBe(codeFile);
    expect(code.length).toBeLessThan(260_000);
    expect(code).not.toContain('attribute_not_exists');
  });

  test("responds when its environment is the template's", async () => {
    const environmentOfDetail = { AWS_REGION: 'us-east-1', ...detail.environment };
    const { stdout } = await runNode(program(detail.codeFile, invocationOf(eventOf('{}', {}))), environmentOfDetail);
    const [line, , response] = stdout.trimEnd().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ message: 'detail', service: 'payment-detail-dev', status: 400 });
    expect(JSON.parse((JSON.parse(response ?? '') as { body: string }).body)).toMatchObject({
      resultCode: 'EBP-A-0001',
      data: null,
    });
  });
});

describe('the bundle of documentation', () => {
  const docs = functionOf('/openapi.json');

  test('is a file of its own, with what it serves and no SDK', () => {
    const code = readFileSync(join(dirname(docs.codeFile), 'bundle.cjs'), 'utf8');
    expect(docs.codeFile).not.toBe(codeFile);
    expect(code.length).toBeLessThan(150_000);
    expect(code).not.toContain('aws-sdk');
  });

  test('has the files of the page beside it', () => {
    const folder = dirname(docs.codeFile);
    expect(readdirSync(folder).toSorted()).toEqual(['browser', 'bundle.cjs', 'index.mjs']);
    expect(readdirSync(join(folder, 'browser')).filter((file) => file.endsWith('.js'))).toHaveLength(7);
  });

  test.each(documentPaths)('serves %s as the sources do', async (resource) => {
    const event = eventOf('', {}, { resource, httpMethod: 'GET' });
    const { stdout, stderr } = await runNode(program(docs.codeFile, invocationOf(event)), docs.environment);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(await createDocsHandler(documentsOf(commitOfAssemblies))(event));
  });

  test('serves the committed document with the commit, which is all of its environment', async () => {
    const event = eventOf('', {}, { resource: '/openapi.json', httpMethod: 'GET' });
    expect(docs.environment).toEqual({ COMMIT: commitOfAssemblies });
    const { stdout } = await runNode(program(docs.codeFile, invocationOf(event)), docs.environment);
    const { body } = JSON.parse(stdout) as { readonly body: string };
    const committed = readFileSync(join(projectRoot, 'docs/openapi.json'), 'utf8');
    const { info, ...others } = JSON.parse(committed) as { readonly info: object };
    expect(JSON.parse(body)).toEqual({ ...others, info: { ...info, 'x-commit': commitOfAssemblies } });
  });

  test('fails at once without its environment, and names it', async () => {
    const { stdout } = await runNode(loadingError(docs.codeFile));
    expect(stdout).toBe('The environment lacks COMMIT.\n');
  });
});

describe('the bundle of the hook before traffic', () => {
  const file = codeFileOf(folder, 'ReleasePreTrafficFunction');

  test('is smaller than 400 kB', () => {
    expect(readFileSync(join(dirname(file), 'bundle.cjs')).length).toBeLessThan(400_000);
  });

  test('exports the handler when its environment is complete', async () => {
    const { exitCode, stdout, stderr } = await runNode(program(file, printExports), preTrafficEnvironment());
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'handler: function\n', stderr: '' });
  });

  test('fails at once without TARGET_FUNCTION, and names it', async () => {
    const { TARGET_FUNCTION: _omitted, ...others } = preTrafficEnvironment();
    const { stdout } = await runNode(loadingError(file), others);
    expect(stdout).toBe('The environment lacks TARGET_FUNCTION.\n');
  });
});

function preTrafficEnvironment(): Record<string, string> {
  const variables = variablesOf(readPreTrafficVariables).map((variable) => [variable, 'a value']);
  return { AWS_REGION: 'us-east-1', ...(Object.fromEntries(variables) as Record<string, string>) };
}

function functionOf(path: string) {
  const [route, ...others] = deployed.routes.filter((candidate) => candidate.path === path);
  const isOneFunction = others.every((other) => other.function.name === route?.function.name);
  if (route === undefined || !isOneFunction) throw new Error(`There is not exactly one function for ${path}.`);
  return route.function;
}

/** The template's environment, with what the Lambda runtime adds. */
function lambdaEnvironment(): Record<string, string> {
  return { AWS_REGION: 'us-east-1', ...environment };
}

/** The files that the bundle was made of. */
async function sourcesOfTheBundle(): Promise<string[]> {
  return Object.keys((await metafileOfTheBundle()).inputs);
}

async function metafileOfTheBundle() {
  return await metafileOf('cancel', sdkBundling, bundle);
}
