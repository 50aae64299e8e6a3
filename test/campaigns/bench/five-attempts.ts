import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { sdkBundling } from '../../../lib/bundling.ts';
import { benchFolder } from './install-peers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const peer = `${benchFolder}peers/five-attempts/`;

/**
 * Bundles the service with its earlier way with lost races, and otherwise as it is: five attempts, each on an order that
 * is read again, and pauses of at most 400 ms. @returns the file to load
 */
export async function bundleFiveAttempts(): Promise<string> {
  const root = new URL('../../..', import.meta.url).pathname;
  const folder = join(temporaryFolder(), 'five-attempts');
  mkdirSync(folder);
  const codeFile = join(folder, 'index.mjs');
  cpSync(join(root, 'lambda/environment/index.mjs'), codeFile);
  await build({
    ...sdkBundling,
    entryPoints: [`${peer}main.ts`],
    outfile: join(folder, 'bundle.cjs'),
    bundle: true,
    platform: 'node',
    absWorkingDir: root,
    logLevel: 'warning',
    plugins: [withAttemptsOf(`${peer}attempts.ts`)],
  });
  return codeFile;
}

function withAttemptsOf(path: string): Plugin {
  return { name: 'attempts', setup: ({ onResolve }) => onResolve({ filter: /\/backoff\.ts$/ }, () => ({ path })) };
}
