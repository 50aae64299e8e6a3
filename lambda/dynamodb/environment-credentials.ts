import { fromEnv, type FromEnvInit } from '@aws-sdk/credential-provider-env';
import { memoize } from '@smithy/core/config';

/**
 * What the bundle has in place of the SDK's chain of credential providers (lib/bundling.ts): Lambda gives its credentials
 * in the environment, and the chain would try that first. It asks once, as the chain does for credentials without expiry: as
 * long as an instance of the function lives, Lambda does not change them.
 */
export const defaultProvider = (init?: FromEnvInit) => memoize(fromEnv(init));
