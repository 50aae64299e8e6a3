import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../tools/command-line.ts';
import { projectRoot } from '../../support/run-node.ts';
import { type Command, run, succeed } from './processes.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const timeoutMs = 300_000;

/**
 * Makes a virtual environment with the pinned packages, unless there is one already. It lies outside the sources, and
 * goes with node_modules.
 * @returns the folder of its programs
 * @throws UsageError in one line, where there is no Python that can make one
 */
export async function pythonPrograms(): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(projectRoot, 'node_modules/.cache', `deploy-${digest}`);
  const marker = join(folder, 'complete');
  const programs = join(folder, 'bin');
  if (existsSync(marker)) return programs;

  await requirePython();
  console.error(`Installing the emulator into ${folder}.`);
  rmSync(folder, { recursive: true, force: true });
  await succeed('python3', command('-m', 'venv', folder), timeoutMs);
  const install = command('-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements);
  const { exitCode, output } = await run(join(programs, 'python'), install, timeoutMs);
  if (exitCode !== 0) {
    const reason = /^ERROR: (.*)/m.exec(output)?.[1] ?? 'pip did not end in time';
    throw new UsageError(`The emulator cannot be installed: ${reason}`);
  }
  writeFileSync(marker, '');
  return programs;
}

async function requirePython(): Promise<void> {
  const check = 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))';
  const exitCode = await run('python3', command('-c', check), 60_000).then(
    (ended) => ended.exitCode,
    () => undefined,
  );
  if (exitCode === 0) return;
  throw new UsageError('Python 3.10 or later is needed, with venv and pip: install python3 and python3-venv.');
}

/** With the environment of this process, which may name a package index. */
function command(...args: string[]): Command {
  return { args, env: process.env as Record<string, string>, cwd: projectRoot };
}
