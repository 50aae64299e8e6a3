/**
 * What the bundle has in place of the SDK's chain of credential providers (lib/node-function.ts): Lambda gives its
 * credentials in the environment, and the chain would try that first.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
