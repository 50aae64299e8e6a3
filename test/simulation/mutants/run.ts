import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, runCommand, UsageError, wholeNumberOption } from '../../../lib/command-line.ts';
import { projectRoot } from '../../fixtures/run-node.ts';
import { type Mutant, mutants } from './list.ts';
import { mutatedSource } from './mutated-source.ts';

const help = `npm run mutants -- [options]: makes each of the seeded bugs in a copy, and shows what finds it.

  --histories N   the simulator's for each bug, 1 to 1000000 (20000); then come the tests that concern it
  --only TEXT     those with this in their name
  --help

Exit code 0 when every bug is found, 1 when one survives.`;

const longestRunMs = 5 * 60_000;

// npm run mutants
await runCommand(async () => {
  const { only, ...options } = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const histories = wholeNumberOption('histories', options.histories, 1, 1_000_000);
  const chosen = mutants.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) throw new UsageError(`--only must be in the name of a bug, and ${only} is in none.`);
  // All of them first: a bug that cannot be made is a mistake in the list.
  const sources = new Map(chosen.map((mutant) => [mutant, mutatedSource(mutant)]));
  const folder = copyOfProject();
  let survivors = 0;
  try {
    console.log(`${'bug'.padEnd(46)}${'seconds'.padStart(8)}  found by`);
    for (const [mutant, source] of sources) {
      const file = join(folder, 'lambda', mutant.file);
      const original = readFileSync(file, 'utf8');
      writeFileSync(file, source);
      const startedAtMs = performance.now();
      const finder = await finderOf(mutant, folder, histories);
      writeFileSync(file, original);
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      console.log(`${mutant.name.padEnd(46)}${seconds.padStart(8)}  ${finder ?? 'NOTHING'}`);
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
  for (const name of ['docs', 'lambda', 'lib', 'test', 'package.json', 'jest.config.js']) {
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function finderOf({ tests }: Mutant, folder: string, histories: number): Promise<string | undefined> {
  const simulated = await run(folder, ['test/simulation/simulate.ts', '--histories', String(histories)]);
  const [, seed, violation] = /^Seed (\d+) fails: (.*)$/m.exec(simulated.output) ?? [];
  if (seed !== undefined) return `the simulator after ${seed} histories: ${violation}`;
  if (simulated.exitCode !== 0) return `the simulator: ${simulated.output.trim().split('\n').at(-1)}`;
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const tested = await run(folder, [...jest, '--selectProjects', 'unit', 'property', '--testPathPatterns', tests]);
  const [, test] = /● (?:.* › )?(.*)/.exec(tested.output) ?? [];
  return tested.exitCode === 0 ? undefined : `the test "${test?.trim() ?? tested.output.trim().split('\n').at(-1)}"`;
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
      help: { type: 'boolean', default: false },
    },
  }).values;
}
