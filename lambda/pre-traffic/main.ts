import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { readPreTrafficVariables } from '../environment/variables.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { createPreTrafficHook } from './hook.ts';
import { createDocumentClient } from '../dynamodb/client.ts';

// The entry of the function that CodeDeploy runs before a new version gets traffic. It wires things together and does
// nothing else.
export const handler = createPreTrafficHook({
  variables: readPreTrafficVariables(process.env),
  client: createDocumentClient(),
  lambda: new LambdaClient({}),
  codeDeploy: new CodeDeployClient({}),
  runtime: systemRuntime,
  log: (failure) => console.error(JSON.stringify({ message: 'pre-traffic', failure })),
});
