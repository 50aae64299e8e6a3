import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../../tools/command-line.ts';
import { projectRoot } from './run-node.ts';

const timeoutMs = 300_000;

/**
 * Installs the packages of a folder that has a package.json of its own, unless they are installed as its lock says.
 * @param folder relative to the project's, such as test/campaigns/bench
 * @throws UsageError in one line
 */
export async function installPackages(folder: string): Promise<void> {
  const path = join(projectRoot, folder);
  if (isInstalled(path)) return;
  console.error(`Installing packages into ${folder}/node_modules.`);
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--fetch-retries=1'], {
    cwd: path,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: timeoutMs,
  });
  const output: Buffer[] = [];
  npm.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const [exitCode] = (await once(npm, 'close')) as [number | null];
  if (exitCode === 0) return;
  const [, reason = 'npm did not end in time'] = /npm error (.+)/.exec(Buffer.concat(output).toString()) ?? [];
  throw new UsageError(
    `The packages of ${folder} cannot be installed (${reason}): run npm ci in it where there is a registry.`,
  );
}

/** npm keeps a copy of the lock beside what it installed; without what only the lock itself says. */
function isInstalled(path: string): boolean {
  const installed = join(path, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const { '': _root, ...wanted } = packagesOf(join(path, 'package-lock.json'));
  return isDeepStrictEqual(wanted, packagesOf(installed));
}

function packagesOf(lock: string): Record<string, string> {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, { version: string }> };
  return Object.fromEntries(Object.entries(packages).map(([path, { version }]) => [path, version]));
}
