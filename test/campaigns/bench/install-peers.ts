import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../../../tools/command-line.ts';

export const benchFolder = new URL('.', import.meta.url).pathname;

const timeoutMs = 300_000;

/** Installs the peers' packages, unless what is installed is what their lock says. @throws UsageError in one line */
export async function installPeers(): Promise<void> {
  if (isInstalled()) return;
  console.error("Installing the peers' packages into test/campaigns/bench/node_modules.");
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--fetch-retries=1'], {
    cwd: benchFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: timeoutMs,
  });
  const output: Buffer[] = [];
  npm.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const [exitCode] = (await once(npm, 'close')) as [number | null];
  if (exitCode === 0) return;
  const [, reason = 'npm did not end in time'] = /npm error (.+)/.exec(Buffer.concat(output).toString()) ?? [];
  throw new UsageError(
    `The peers' packages cannot be installed (${reason}): run npm ci in test/campaigns/bench where there is a registry.`,
  );
}

/** npm keeps a copy of the lock beside what it installed; without what only the lock itself says. */
function isInstalled(): boolean {
  const installed = `${benchFolder}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const { '': _root, ...wanted } = packagesOf(`${benchFolder}package-lock.json`);
  return isDeepStrictEqual(wanted, packagesOf(installed));
}

function packagesOf(lock: string): Record<string, string> {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, { version: string }> };
  return Object.fromEntries(Object.entries(packages).map(([path, { version }]) => [path, version]));
}
