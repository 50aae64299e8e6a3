import { fromEnv, type FromEnvInit } from '@aws-sdk/credential-provider-env';
import { memoize } from '@smithy/core/config';

/**
 * Replaces the SDK's chain of credential providers in the bundle (lib/bundling.ts). Lambda passes credentials in the
 * environment, which the chain would try first. They are read once, as the chain does with credentials without expiry:
 * Lambda does not change them as long as an instance of the function lives.
 */
export const defaultProvider = (init?: FromEnvInit) => memoize(fromEnv(init));
