import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * How a function is bundled, with the names of esbuild's options, so that tools can build and measure the same bundle.
 */
export interface Bundling {
  readonly minify: boolean;
  readonly target: string;
  readonly format: OutputFormat;
  readonly charset: 'utf8';
  readonly mainFields: string[];
  readonly alias: Readonly<Record<string, string>>;
  readonly external: string[];
  readonly define: Readonly<Record<string, string>>;
  readonly supported: Readonly<Record<string, boolean>>;
}

export const bundling: Bundling = {
  minify: true,
  target: 'node24',
  // A CommonJS bundle starts faster on Lambda. It is made from the ESM sources of packages, which allow tree shaking.
  format: OutputFormat.CJS,
  // A Korean letter has three bytes, and six as an escape in ASCII.
  charset: 'utf8',
  mainFields: ['module', 'main'],
  alias: {
    // On Lambda, only one of the many sources of credentials is used.
    '@aws-sdk/credential-provider-node': './lambda/dynamodb/environment-credentials.ts',
    '@aws-sdk/endpoint-cache': './lambda/dynamodb/no-endpoint-cache.ts',
  },
  external: [],
  // A check whether a body is a web stream would load the code of web streams, which the HTTP client of Node never
  // returns.
  define: { ReadableStream: 'undefined' },
  // An import() of node:http would read all its properties, one of which loads the whole of fetch.
  supported: { 'dynamic-import': false },
};

/** For functions that use only DynamoDB: without event streams, which DynamoDB does not have, and their checksums. */
export const sdkBundling: Bundling = {
  ...bundling,
  alias: { ...bundling.alias, '@smithy/core/checksum': './lambda/dynamodb/native-sha256.ts' },
  external: ['@smithy/core/event-streams'],
};

/** A CommonJS bundle has __dirname in place of import.meta.dirname. */
export const docsBundling: Bundling = {
  ...bundling,
  define: { ...bundling.define, 'import.meta.dirname': '__dirname' },
};

/** The bundling as options of CDK's NodejsFunction. */
export function bundlingOptions({ alias, charset, external, supported, ...options }: Bundling): BundlingOptions {
  return {
    ...options,
    logLevel: LogLevel.WARNING,
    // The SDK is bundled: the runtime's own copy loads slower and changes without us.
    bundleAwsSDK: true,
    externalModules: external,
    // CDK has an option for the charset as well, and does not pass it on.
    esbuildArgs: { '--charset': charset, ...argumentsOf('alias', alias), ...argumentsOf('supported', supported) },
  };
}

function argumentsOf(option: string, values: Readonly<Record<string, string | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${option}:${name}`, String(value)]));
}
