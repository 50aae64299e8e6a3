import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../support/run-node.ts';

/** What a folder may import besides itself. The row with the longest folder counts. */
interface Wall {
  readonly folder: string;
  /** Folders or files of this project. */
  readonly mayImport: readonly string[];
  /** Packages and Node's modules; where it is left out, any. Types are free: they are gone when the code runs. */
  readonly packages?: RegExp;
}

const shared = [
  'lambda/domain',
  'lambda/contract',
  'lambda/dynamodb',
  'lambda/environment',
  'lambda/signed-route',
] as const;
const sources = ['bin', 'client/src', 'docs', 'examples', 'lambda', 'lib', 'tools'] as const;

/** Every folder of lambda/ with a main.ts, unless it has a row of its own: the function behind a signed route. */
const signedFunctions: Wall = { folder: 'lambda/FUNCTION', mayImport: shared, packages: /^(ajv\/.*|node:crypto)$/ };

// The one table of who may import whom. CONTRIBUTING.md shows it to people, and has to show the same.
const walls: readonly Wall[] = [
  { folder: 'lambda/domain', mayImport: [], packages: /^$/ },
  { folder: 'lambda/environment', mayImport: [], packages: /^(ulid|node:(crypto|timers\/promises))$/ },
  { folder: 'lambda/contract', mayImport: ['lambda/domain'], packages: /^node:(buffer|crypto)$/ },
  {
    folder: 'lambda/dynamodb',
    mayImport: ['lambda/domain', 'lambda/environment'],
    packages: /^(@aws-sdk\/.*|@smithy\/.*|node:crypto)$/,
  },
  {
    folder: 'lambda/signed-route',
    mayImport: ['lambda/domain', 'lambda/contract', 'lambda/dynamodb', 'lambda/environment'],
    packages: /^(@middy\/.*|node:(buffer|crypto))$/,
  },
  signedFunctions,
  {
    folder: 'lambda/events',
    mayImport: ['lambda/domain', 'lambda/contract', 'lambda/environment'],
    packages: /^(@aws-sdk\/client-(eventbridge|sqs)|ajv\/.*)$/,
  },
  ...['publisher', 'result-taker'].map((name) => ({
    folder: `lambda/${name}`,
    mayImport: ['lambda/domain', 'lambda/dynamodb', 'lambda/environment', 'lambda/events'],
    packages: /^(@aws-lambda-powertools\/batch|@aws-sdk\/(client-(eventbridge|sqs)|util-dynamodb))$/,
  })),
  {
    folder: 'lambda/order-taker',
    mayImport: ['lambda/domain', 'lambda/contract', 'lambda/dynamodb', 'lambda/environment', 'lambda/events'],
    packages: /^(@aws-lambda-powertools\/batch|@aws-sdk\/client-sqs)$/,
  },
  {
    folder: 'lambda/webhook-sender',
    mayImport: ['lambda/domain', 'lambda/dynamodb', 'lambda/environment', 'lambda/events'],
    packages:
      /^(@aws-lambda-powertools\/batch|@aws-sdk\/client-sqs|ipaddr\.js|node:(crypto|dns\/promises|https?|net|util))$/,
  },
  { folder: 'lambda/docs', mayImport: [...shared, 'docs/openapi.json'], packages: /^node:(crypto|fs|path)$/ },
  { folder: 'lambda/pre-traffic', mayImport: shared, packages: /^(@aws-sdk\/.*|ulid|node:crypto)$/ },
  { folder: 'lambda/post-traffic', mayImport: shared, packages: /^@aws-sdk\/client-codedeploy$/ },
  {
    folder: 'lib',
    mayImport: [
      'lambda/contract',
      'lambda/environment',
      'lambda/docs/document-paths.ts',
      'lambda/events/event-names.ts',
      'lambda/pre-traffic/smoke-order.ts',
      'lambda/webhook-sender/schedule.ts',
    ],
    packages: /^(aws-cdk-lib(\/.*)?|cdk-nag|constructs|node:(child_process|url))$/,
  },
  { folder: 'tools', mayImport: ['client/src', 'lambda', 'lib/reserved-instances.ts', 'lib/stages.ts'] },
  { folder: 'tools/generate', mayImport: ['lambda', 'lib', 'tools'] },
  { folder: 'tools/local', mayImport: ['examples/executor', 'lambda', 'lib', 'tools'] },
  { folder: 'bin', mayImport: ['lib', 'tools'] },
  { folder: 'client/src', mayImport: [], packages: /^node:.*$/ },
  { folder: 'examples', mayImport: [] },
  // Types only, which a copy of it brings along.
  { folder: 'examples/executor', mayImport: ['lambda/events/execution-report.ts', 'tools/conformance/executor.ts'] },
  { folder: 'test', mayImport: [] },
  { folder: 'test/support', mayImport: sources },
  ...['unit', 'property', 'stack', 'integration', 'e2e', 'browser'].map((tier) => ({
    folder: `test/${tier}`,
    mayImport: [...sources, 'test/support', 'jest.config.js'],
  })),
  ...['simulation', 'fuzz', 'faults', 'mutation', 'bench', 'deploy'].map((campaign) => ({
    folder: `test/campaigns/${campaign}`,
    mayImport: [...sources, 'test/support', 'jest.config.js'],
  })),
];

const contributing = readFileSync(join(projectRoot, 'CONTRIBUTING.md'), 'utf8');

interface Import {
  readonly file: string;
  /** A path of this project, or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

const files = globSync('{bin,client/src,examples,lambda,lib,test,tools}/**/*.{ts,js,mjs,cjs}', {
  cwd: projectRoot,
  exclude: ['test/campaigns/bench/peers/**', '**/node_modules/**'],
});

const importStatement =
  /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  return [...text.matchAll(importStatement)].map(([, type, ...names]) => {
    const name = names.find((one) => one !== undefined) ?? '';
    const isPackage = !name.startsWith('.');
    const target = isPackage ? name : normalize(join(dirname(file), name));
    return { file, target, isPackage, isTypeOnly: type !== undefined };
  });
}

const isWithin = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`);

function wallOf(file: string): Wall | undefined {
  const around = walls.filter(({ folder }) => isWithin(folder, file));
  const closest = around.toSorted((one, other) => other.folder.length - one.folder.length)[0];
  const [, folder = ''] = /^(lambda\/[^/]+)\//.exec(file) ?? [];
  return closest ?? (files.includes(`${folder}/main.ts`) ? signedFunctions : undefined);
}

/** The folder that a file's row is about. */
function folderOf(file: string, { folder }: Wall): string {
  return folder === signedFunctions.folder ? dirname(file) : folder;
}

function isAllowed({ file, target, isPackage, isTypeOnly }: Import, wall: Wall): boolean {
  const { mayImport, packages } = wall;
  if (isPackage) return isTypeOnly || packages === undefined || packages.test(target);
  return [folderOf(file, wall), ...mayImport].some((allowed) => isWithin(allowed, target));
}

/** Names in code spans, as a cell of a Markdown table. */
const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ') || 'nothing';

describe('who imports whom', () => {
  test('every file of the sources and of the tests has a row in the table', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => wallOf(file) === undefined)).toEqual([]);
  });

  test('imports are found in all their forms', () => {
    const found = importsOf('test/unit/architecture.test.ts').map(({ target }) => target);
    expect(found).toEqual(expect.arrayContaining(['node:fs', '@jest/globals', 'test/support/run-node.ts']));
    expect(importsOf('tools/generate/generate.ts').map(({ target }) => target)).toContain(
      'tools/generate/openapi/generate.ts',
    );
  });

  test('is shown to people in CONTRIBUTING.md', () => {
    const alike = Map.groupBy(walls, ({ mayImport }) => code(mayImport));
    const rows = [...alike].map(([allowed, group]) => `| ${code(group.map(({ folder }) => folder))} | ${allowed} |`);
    expect(rows.filter((row) => !contributing.includes(row))).toEqual([]);
  });

  test.each(walls.map((wall) => [wall.folder, wall] as const))(
    '%s imports what it may, and nothing else',
    (_, wall) => {
      const own = files.filter((file) => wallOf(file) === wall);
      const forbidden = own.flatMap(importsOf).filter((one) => !isAllowed(one, wall));
      expect(forbidden.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
    },
  );
});
