import { cpSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { sdkBundling } from '../../../lib/bundling.ts';
import { measureStarts } from './cold.ts';
import type { Field } from './contenders.ts';
import type { ColdStart } from './function-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The service's bundle with one thing made otherwise, to see what that thing is worth. */
interface Variant {
  readonly name: string;
  readonly options?: BuildOptions;
  readonly environment?: () => Readonly<Record<string, string>>;
}

export interface VariantsResult {
  readonly starts: Readonly<Record<string, readonly ColdStart[]>>;
  readonly bundleBytes: Readonly<Record<string, number>>;
}

export const asShipped = 'as shipped';

const { '@aws-sdk/credential-provider-node': _credentials, ...otherAliases } = sdkBundling.alias;

const variants: readonly Variant[] = [
  { name: asShipped },
  { name: 'not minified', options: { minify: false } },
  { name: "CommonJS sources of packages, as by CDK's default", options: { mainFields: ['main', 'module'] } },
  { name: 'SDK from the runtime', options: { external: ['@aws-sdk/*', '@smithy/*'], alias: {} } },
  { name: "the SDK's whole chain of credentials", options: { alias: otherAliases } },
  { name: 'fetch, HTTP/2 and web streams loaded', options: { define: {}, supported: {} } },
  {
    name: 'the schema compiled by ajv when loaded',
    options: {
      plugins: [
        replaced(
          /cancel-request\.validator\.cjs$/,
          `import { Ajv } from 'ajv'; import { cancelRequestSchema, formats } from './cancel-request.schema.ts';
          export default new Ajv({ allErrors: true, allowUnionTypes: true, messages: false, formats }).compile(cancelRequestSchema);`,
        ),
      ],
    },
  },
  {
    name: 'no warm-up',
    options: { plugins: [replaced(/lambda\/dynamodb\/warm-up\.ts$/, 'export async function warmUp() {}')] },
  },
  {
    name: 'ES module',
    options: {
      format: 'esm',
      banner: { js: "import { createRequire } from 'module';const require = createRequire(import.meta.url);" },
    },
  },
  {
    name: 'source maps enabled',
    options: { sourcemap: 'linked' },
    environment: () => ({ NODE_OPTIONS: '--enable-source-maps' }),
  },
  {
    name: 'with a compile cache',
    environment: () => ({ NODE_COMPILE_CACHE: join(temporaryFolder(), 'compile-cache') }),
  },
];

/** Cold starts of the service's bundle and of its variants. */
export async function measureVariants(field: Field, rounds: number): Promise<VariantsResult> {
  const starters = await Promise.all(
    variants.map(async (variant, index) => ({
      name: variant.name,
      environment: variant.environment?.() ?? {},
      ...(await bundled(variant, `variant-${index}`)),
    })),
  );
  return {
    starts: await measureStarts(field, rounds, starters),
    bundleBytes: Object.fromEntries(starters.map(({ name, bytes }) => [name, bytes])),
  };
}

async function bundled({ options }: Variant, name: string): Promise<{ codeFile: string; bytes: number }> {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  const codeFile = join(folder, 'index.mjs');
  const isModule = options?.format === 'esm';
  const outfile = isModule ? codeFile : join(folder, 'bundle.cjs');
  if (!isModule) cpSync(join(root, 'lambda/environment/index.mjs'), codeFile);
  await build({
    ...sdkBundling,
    stdin: {
      contents: isModule
        ? "import { handler, ready } from './lambda/cancel/main.ts'; await ready; export { handler };"
        : "export { handler, ready } from './lambda/cancel/main.ts';",
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    absWorkingDir: root,
    logLevel: 'warning',
    ...options,
  });
  return { codeFile, bytes: statSync(outfile).size };
}

const root = new URL('../../..', import.meta.url).pathname;

/** Takes other code for a file. */
function replaced(filter: RegExp, contents: string): Plugin {
  return {
    name: 'replaced',
    setup: ({ onLoad }) => onLoad({ filter }, ({ path }) => ({ contents, loader: 'js', resolveDir: join(path, '..') })),
  };
}
