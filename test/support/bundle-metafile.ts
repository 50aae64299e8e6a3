import { build, type Metafile } from 'esbuild';
import type { Bundling } from '../../lib/bundling.ts';
import { projectRoot } from './run-node.ts';

/**
 * What a function's bundle is made of, which esbuild lists in a build of its own.
 * @param name the folder of the function in lambda/
 * @param bundle what is deployed
 * @throws Error if that build is not the same to the byte
 */
export async function metafileOf(name: string, bundling: Bundling, bundle: Uint8Array): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [`lambda/${name}/main.ts`],
    bundle: true,
    platform: 'node',
    ...bundling,
    write: false,
    metafile: true,
  });
  const built = Buffer.from(outputFiles[0]?.contents ?? []);
  if (!built.equals(bundle)) throw new Error(`What is built of lambda/${name} is not what is deployed.`);
  return metafile;
}

/** Bytes of a bundle by package; the project's own are under `lambda`. */
export function bytesByPackage({ outputs }: Metafile): Record<string, number> {
  const bytes: Record<string, number> = {};
  for (const { inputs } of Object.values(outputs)) {
    for (const [source, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? source.split('/', 1)[0] ?? '';
      if (bytesInOutput > 0) bytes[name] = (bytes[name] ?? 0) + bytesInOutput;
    }
  }
  return bytes;
}
