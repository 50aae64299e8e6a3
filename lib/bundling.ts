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
  readonly supported: Readonly<Record<string, boolean>>;
}

export const bundling: Bundling = {
  minify: true,
  target: 'node24',
  // CommonJS starts faster than ESM on Lambda, and the packages' ESM sources can be shaken.
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  alias: {
    // Of all sources of credentials Lambda uses one.
    '@aws-sdk/credential-provider-node': './lambda/dynamodb/environment-credentials.ts',
    '@aws-sdk/endpoint-cache': './lambda/dynamodb/no-endpoint-cache.ts',
  },
  external: [],
  // Looking whether a body is a web stream would load all of those, and Node's HTTP client gives none.
  define: { ReadableStream: 'undefined' },
  // An import() of node:http would look at each of its properties, and so load the whole of fetch.
  supported: { 'dynamic-import': false },
};

/** For DynamoDB alone: without event streams, which the SDK loads when one is read or written, and DynamoDB has none. */
export const sdkBundling: Bundling = { ...bundling, external: ['@smithy/core/event-streams'] };

/** A CommonJS bundle knows its folder by another name than its sources do. */
export const docsBundling: Bundling = {
  ...bundling,
  define: { ...bundling.define, 'import.meta.dirname': '__dirname' },
};

/** The same in CDK's words. */
export function bundlingOptions({ alias, external, supported, ...options }: Bundling): BundlingOptions {
  return {
    ...options,
    logLevel: LogLevel.WARNING,
    // The SDK is bundled: the runtime's own copy loads slower and changes without us.
    bundleAwsSDK: true,
    externalModules: external,
    esbuildArgs: { ...argumentsOf('alias', alias), ...argumentsOf('supported', supported) },
  };
}

function argumentsOf(option: string, values: Readonly<Record<string, string | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${option}:${name}`, String(value)]));
}
