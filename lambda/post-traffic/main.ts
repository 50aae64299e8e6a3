import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { systemRuntime } from '../environment/runtime.ts';
import { readPostTrafficVariables } from '../environment/variables.ts';
import { createPostTrafficHook } from './hook.ts';

// The entry of the hook that CodeDeploy invokes when a new version has got all traffic: wiring only.
export const handler = createPostTrafficHook({
  bakeMs: Number(readPostTrafficVariables(process.env).bakeSeconds) * 1000,
  codeDeploy: new CodeDeployClient({}),
  sleep: systemRuntime.sleep,
});
