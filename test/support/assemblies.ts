import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '../../lib/stages.ts';
import { cdkContext } from './cdk-context.ts';
import { projectRoot, type Run, runNode } from './run-node.ts';

export const stageNames: readonly StageName[] = ['dev', 'staging', 'prod'];

const cache = join(projectRoot, 'node_modules/.cache/payment-cancel');
const keptForMs = 24 * 60 * 60_000;

/** The folder into which a stage was synthesized, as nobody has filled it in. Only dev's has bundles, because bundling takes seconds. */
export function assemblyOf(stage: StageName): string {
  return join(process.env['TEST_ASSEMBLIES'] ?? '', stage);
}

/** How the app ended when it synthesized a stage. */
export function synthesisOf(stage: StageName): Run {
  return runOf(assemblyOf(stage));
}

/**
 * Synthesizes every stage, once for all tests, as their globalSetup. That takes seconds, so assemblies are kept where tools
 * keep their caches, each under the digest of its sources.
 */
export default async function synthesizeStages(): Promise<void> {
  const folder = join(cache, digestOfSources());
  mkdirSync(folder, { recursive: true });
  await Promise.all(stageNames.map(async (stage) => await synthesize(stage, join(folder, stage))));
  removeOldAssemblies();
  process.env['TEST_ASSEMBLIES'] = folder;
}

async function synthesize(stage: StageName, folder: string): Promise<void> {
  if (existsSync(folder)) {
    if (runOf(folder).exitCode === 0) return;
    rmSync(folder, { recursive: true });
  }
  const draft = `${folder}-${randomUUID()}`;
  mkdirSync(draft);
  const run = await runNode(['test/support/unfilled-app.ts'], {
    PATH: process.env['PATH'] ?? '',
    CDK_OUTDIR: draft,
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(), ...contextOf(stage) }),
  });
  writeFileSync(runFile(draft), JSON.stringify(run));
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run of the tests was quicker.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

/** The commit that the assemblies are made from: a fixed one, because they are kept. */
export const commitOfAssemblies = 'a1b2c3d4e5f6';

/** Dev is what `cdk synth` makes where no stage is named. */
function contextOf(stage: StageName): Record<string, unknown> {
  const commit = commitOfAssemblies;
  return stage === 'dev' ? { commit, 'aws:cdk:bundling-stacks': ['**'] } : { commit, stage };
}

function runOf(folder: string): Run {
  return JSON.parse(readFileSync(runFile(folder), 'utf8')) as Run;
}

function runFile(folder: string): string {
  return join(folder, 'run.json');
}

/** SHA-256, shortened, of everything that an assembly is made of. */
function digestOfSources(): string {
  const sources = [
    'cdk.json',
    'docs/openapi.json',
    'node_modules/.package-lock.json',
    'package.json',
    'tsconfig.json',
    ...globSync(['{bin,lambda,lib}/**/*.*', 'test/support/*.ts'], { cwd: projectRoot }),
  ];
  const hash = createHash('sha256').update(process.version);
  for (const source of sources.toSorted()) hash.update(source).update(readFileSync(join(projectRoot, source)));
  return hash.digest('hex').slice(0, 16);
}

function removeOldAssemblies(): void {
  for (const name of readdirSync(cache)) {
    const isOld = Date.now() - statSync(join(cache, name)).mtimeMs > keptForMs;
    if (isOld) rmSync(join(cache, name), { recursive: true, force: true });
  }
}
