import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** How a function is bundled, in esbuild's names, so that a tool can build and measure the very bundle. */
export interface Bundling {
  readonly minify: boolean;
  readonly target: string;
  readonly format: OutputFormat;
  readonly mainFields: string[];
  readonly alias: Readonly<Record<string, string>>;
  readonly external: string[];
  readonly define: Readonly<Record<string, string>>;
}

export const bundling: Bundling = {
  minify: true,
  target: 'node24',
  // CommonJS starts faster than ESM on Lambda, and the packages' ESM sources can be shaken.
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  // Of all sources of credentials Lambda uses one.
  alias: { '@aws-sdk/credential-provider-node': './lambda/store/environment-credentials.ts' },
  external: [],
  define: {},
};

/** Event streams, which the SDK loads when one is read or written, and DynamoDB has none. */
export const cancelBundling: Bundling = { ...bundling, external: ['@smithy/core/event-streams'] };

/** A CommonJS bundle knows its folder by another name than its sources do. */
export const docsBundling: Bundling = { ...bundling, define: { 'import.meta.dirname': '__dirname' } };

/** The same in CDK's words. */
export function bundlingOptions({ alias, external, ...options }: Bundling): BundlingOptions {
  return {
    ...options,
    logLevel: LogLevel.WARNING,
    // The SDK is bundled: the runtime's own copy loads slower and changes without us.
    bundleAwsSDK: true,
    externalModules: external,
    esbuildArgs: Object.fromEntries(Object.entries(alias).map(([name, file]) => [`--alias:${name}`, file])),
  };
}
