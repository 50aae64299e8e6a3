import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { readPreTrafficVariables } from '../environment/variables.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { createPreTrafficHook } from './hook.ts';
import { createDocumentClient } from '../dynamodb/client.ts';

// The entry of the hook that CodeDeploy invokes before a new version gets traffic: wiring only.
export const handler = createPreTrafficHook({
  variables: readPreTrafficVariables(process.env),
  client: createDocumentClient(),
  lambda: new LambdaClient({}),
  codeDeploy: new CodeDeployClient({}),
  now: systemRuntime.now,
  log: (failure) => console.error(JSON.stringify({ message: 'pre-traffic', failure })),
});
