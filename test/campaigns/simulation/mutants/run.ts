import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, runCommand, UsageError, wholeNumberOption } from '../../../../tools/command-line.ts';
import { projectRoot } from '../../../support/run-node.ts';
import { mutants } from './list.ts';
import type { Mutant } from './mutant.ts';
import { mutatedSources } from './mutated-source.ts';

const help = `npm run mutants -- [options]: makes each of the seeded bugs in a copy, and shows what finds it.

  --histories N   the simulator's for each bug, 1 to 1000000 (20000); then come the tests that concern it
  --only TEXT     those with this in their name
  --chain         those of the refund chain
  --help

Exit code 0 when every bug is found, 1 when one survives.`;

const nameWidth = 50;
const longestRunMs = 5 * 60_000;

// npm run mutants
await runCommand(async () => {
  const { only, chain, ...options } = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const histories = wholeNumberOption('histories', options.histories, 1, 1_000_000);
  const chosen = mutants.filter(({ name, isOfChain = false }) => name.includes(only) && (isOfChain || !chain));
  if (chosen.length === 0) throw new UsageError(`--only must be in the name of a bug, and ${only} is in none.`);
  // All of them first: a bug that cannot be made is a mistake in the list.
  const sources = new Map(chosen.map((mutant) => [mutant, mutatedSources(mutant)]));
  const folder = copyOfProject();
  let survivors = 0;
  try {
    await expectSound(folder, chosen, histories);
    console.log(`${'bug'.padEnd(nameWidth)}${'seconds'.padStart(8)}  found by`);
    for (const [mutant, changed] of sources) {
      const originals = [...changed.keys()].map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
      for (const [path, source] of changed) writeFileSync(join(folder, path), source);
      const startedAtMs = performance.now();
      const finder = await finderOf(mutant, folder, histories);
      for (const [path, source] of originals) writeFileSync(join(folder, path), source);
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      console.log(`${mutant.name.padEnd(nameWidth)}${seconds.padStart(8)}  ${finder ?? 'NOTHING'}`);
      if (finder === undefined) survivors += 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (survivors > 0) process.exitCode = 1;
  console.log(`${chosen.length - survivors} of ${chosen.length} bugs found.`);
});

function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-mutants-'));
  for (const name of [
    'docs',
    'examples',
    'lambda',
    'lib',
    'tools',
    'test',
    'package.json',
    'jest.config.js',
    'redocly.yaml',
  ]) {
    // Without the packages of the bench's peers.
    cpSync(join(projectRoot, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Without a bug nothing is found. @throws Error when something is: it would pass for the bugs' */
async function expectSound(folder: string, chosen: readonly Mutant[], histories: number): Promise<void> {
  for (const isOfChain of new Set(chosen.map((mutant) => mutant.isOfChain ?? false))) {
    const nothing = await simulate(folder, histories, isOfChain);
    if (nothing !== undefined) throw new Error(`Without a bug there is a finding: ${nothing}.`);
  }
  for (const tests of new Set(chosen.map(testsOf))) {
    if (tests === undefined) continue;
    const failed = await runTests(folder, tests);
    if (failed !== undefined) throw new Error(`Without a bug ${tests} fails: ${failed}.`);
  }
}

async function finderOf(mutant: Mutant, folder: string, histories: number): Promise<string | undefined> {
  const tests = testsOf(mutant);
  const finding = await simulate(folder, histories, mutant.isOfChain ?? false);
  return finding ?? (tests === undefined ? undefined : await runTests(folder, tests));
}

/** A pattern of paths: the tests mirror the source. Of the chain the simulator has to find every bug by itself. */
function testsOf({ file, isOfChain, tests = `unit/lambda/${file.replace('.ts', '')}` }: Mutant): string | undefined {
  return isOfChain ? undefined : tests;
}

/** A violation, or a program that does not even run. @throws Error when it takes too long, which finds nothing */
async function simulate(folder: string, histories: number, hasChain: boolean): Promise<string | undefined> {
  const { exitCode, output } = await run(folder, [
    'test/campaigns/simulation/simulate.ts',
    '--histories',
    String(histories),
    ...(hasChain ? ['--chain'] : []),
  ]);
  const [, seed, violation] = /^Seed (\d+) fails: (.*)$/m.exec(output) ?? [];
  if (seed !== undefined) return `the simulator after ${seed} histories: ${violation}`;
  if (exitCode === null) throw new Error('The simulator took too long.');
  return exitCode === 0 ? undefined : `the simulator: ${output.trim().split('\n').at(-1)}`;
}

/** The first test that fails. @throws Error when none was run, or it takes too long */
async function runTests(folder: string, tests: string): Promise<string | undefined> {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const { exitCode, output } = await run(folder, [
    ...jest,
    '--selectProjects',
    'unit',
    'property',
    '--testPathPatterns',
    tests,
  ]);
  if (exitCode === 0) return undefined;
  const [, test] = /● (?:.* › )?(.*)/.exec(output) ?? [];
  if (exitCode === null || test === undefined) throw new Error(`The tests ${tests} could not be run.`);
  return `the test "${test.trim()}"`;
}

async function run(folder: string, args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  return await new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd: folder, timeout: longestRunMs, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    );
  });
}

function readOptions() {
  return readArguments('npm run mutants', {
    options: {
      histories: { type: 'string', default: '20000' },
      only: { type: 'string', default: '' },
      chain: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}
