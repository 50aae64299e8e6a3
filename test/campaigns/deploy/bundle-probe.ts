import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { succeed } from './processes.ts';
import type { Workshop } from './workshop.ts';

/** The function of role-probe.ts as an archive that Lambda takes. */
export async function bundleProbe({ env, folder }: Workshop): Promise<Uint8Array> {
  await build({
    entryPoints: [join(import.meta.dirname, 'role-probe.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(folder, 'index.js'),
    logLevel: 'warning',
  });
  // Python has an archiver, and Node has none.
  await succeed('python', { args: ['-m', 'zipfile', '-c', 'probe.zip', 'index.js'], env, cwd: folder }, 60_000);
  return readFileSync(join(folder, 'probe.zip'));
}
